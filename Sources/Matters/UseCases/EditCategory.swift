import Directory
import Foundation
import Identity
package import Kernel
import Storage

/// Changes a category, or adds one; every edition is kept. The town's are for the town office, a village may add its own 事项类别.
package struct EditCategory: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``Invalid``, ``NotFound`` out of reach, ``Conflict`` `stale`.
    /// - Returns: its code.
    @discardableResult
    package func callAsFunction(
        _ draft: CategoryDraft, by principal: Principal, request: ID<CategoryDraft>, address: String? = nil
    ) async throws -> String {
        let scope = try principal.scope(for: .editCategory)
        let (desk, town) = (desk, principal.town)
        let code = try await desk.database.write { tx in
            let store = TaxonomyStore(tx)
            if let done = try store.changed(by: request, in: town) { return done }
            // Two editors wait for one another.
            try GridStore(tx, town: town).bumpVersion(random: desk.ambient.random())
            let taxonomy = try store.taxonomy(of: town)
            let known = draft.code.flatMap { taxonomy[$0] }
            if draft.code != nil, known == nil { throw NotFound() }
            try Self.check(scope, known.map(\.village) ?? draft.village, try desk.tree(tx, town))
            let faults = draft.faults(groups: taxonomy.groups)
            guard faults.isEmpty else { throw Invalid(faults) }
            guard draft.edition == known?.edition ?? 0 else { throw Conflict("stale") }
            guard let code = known?.code ?? Self.next(in: draft.group, taxonomy) else { throw Invalid("/group", "group-full") }
            let category = draft.category(code, known)
            try store.put(category, in: town)
            try store.keep(
                category, body: Self.body(category), request, by: MatterEvent.Actor(principal), at: desk.ambient.now(), in: town)
            try AuditTrail(tx).record(
                "category.edit", by: principal, town: town, subject: code, detail: ["edition": String(category.edition)],
                address: address, ambient: desk.ambient)
            return code
        }
        desk.taxonomies.forget(town)
        return code
    }

    /// The whole town's needs the whole town; a village's own the village.
    static func check(_ scope: Scope, _ village: ID<GridNode>?, _ tree: GridTree) throws {
        guard let village else {
            guard scope == .town else { throw NotFound() }
            return
        }
        guard tree.isIn(scope, village), tree.grid(village)?.level == .one else { throw NotFound() }
    }

    /// A town's own begin at 50, so that later editions of the default have room below.
    private static func next(in group: String, _ taxonomy: Taxonomy) -> String? {
        (50...99).map { group + String($0) }.first { taxonomy[$0] == nil }
    }

    private struct Body: Encodable {
        let nameZh: String, nameEn: String, tier: String, visibility: String
        let emergencyZh: String?, emergencyEn: String?, respondWithin: String?, finishWithin: String?
        let leadUnit: String?, closingZh: String?, closingEn: String?
        let needsPhoto: Bool, isRetired: Bool
        let nearMetres: Int?
        let questions: [CategoryQuestion]
    }

    private static func body(_ category: Category) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = Body(
            nameZh: category.nameZh, nameEn: category.nameEn, tier: category.tier.rawValue,
            visibility: category.visibility.rawValue,
            emergencyZh: category.emergencyZh, emergencyEn: category.emergencyEn, respondWithin: category.respondWithin,
            finishWithin: category.finishWithin, leadUnit: category.leadUnit, closingZh: category.closingZh,
            closingEn: category.closingEn, needsPhoto: category.needsPhoto, isRetired: category.isRetired,
            nearMetres: category.nearMetres, questions: category.questions)
        return String(decoding: try encoder.encode(body), as: UTF8.self)
    }
}

/// Says which categories a village does not need. What is reported there already keeps its own.
package struct SwitchCategories: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of reach.
    package func callAsFunction(
        off codes: Set<String>, in village: ID<GridNode>, by principal: Principal, address: String? = nil
    ) async throws {
        let scope = try principal.scope(for: .editCategory)
        let (desk, town) = (desk, principal.town)
        try await desk.database.write { tx in
            try EditCategory.check(scope, village, try desk.tree(tx, town))
            let taxonomy = try TaxonomyStore(tx).taxonomy(of: town)
            let known = codes.filter { taxonomy[$0] != nil }
            if taxonomy.off[village, default: []] == known { return }
            try TaxonomyStore(tx).setOff(known, for: village, in: town)
            try AuditTrail(tx).record(
                "category.switch", by: principal, town: town, subject: village.description,
                detail: ["off": known.sorted().joined(separator: " ")], address: address, ambient: desk.ambient)
        }
        desk.taxonomies.forget(town)
    }
}
