package import Directory
package import Kernel
package import Storage
package import Web

/// What the room of matters passes on with a post: everything open that the post's grid has in hand, whatever its stage, so also what
/// waits for a follow-up. A matter belongs to the grid, so nobody has to be entered anew; its history says whose hands it went through.
package struct MatterHandover: HandoverPart {
    private let desk: MatterDesk
    /// The kind of its lines.
    static let kind = "matters.open"

    package init(_ desk: MatterDesk) { self.desk = desk }

    package func handOver(_ handover: Handover, by principal: Principal, _ tx: any Transaction) throws -> [HandoverLine] {
        let working = handover.changes.filter { MattersPermissions.grants[$0.kind]?.contains(.handleMatter) ?? false }
        let store = MatterHandoverStore(tx, town: principal.town)
        let matters = try store.open(heldBy: Set(working.map(\.grid)).sorted())
        var facts = MatterEvent.Facts()
        facts.note = "\(handover.from.name) → \(handover.to.name)"
        for matter in matters { try store.passOn(matter, .handedOver, to: matter.holder, facts, by: principal, desk.ambient) }
        return matters.map { matter in
            HandoverLine(
                Self.kind, subject: ID(matter.id.uuid), words: matter.stage.rawValue,
                due: matter.clock.hasDeadline ? matter.clock.due : nil)
        }
    }

    package func sections(
        of lines: [HandoverLine], of handover: Handover, for principal: Principal, in language: Language, _ tx: any Transaction
    ) throws -> [HandoverSection] {
        let own = lines.filter { $0.kind == Self.kind }
        guard principal.may(.readMatter) else { return [] }
        let found = try MatterHandoverStore(tx, town: principal.town).find(own.compactMap(\.matter), for: principal)
        let matters = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        let taxonomy = try desk.taxonomy(tx, principal.town)
        let words = MattersRoom.words
        let rows = own.compactMap { line -> HandoverSection.Row? in
            guard let matter = line.matter.flatMap({ matters[$0] }), let stage = MatterStage(rawValue: line.words) else {
                return nil
            }
            let category = taxonomy[matter.category]?.name(in: language) ?? matter.category
            return HandoverSection.Row(
                href: "/office/matters/\(matter.id)", name: "\(category) \(matter.number)",
                detail: [words.text("matters.tab.\(StageTab.of(stage).rawValue)", in: language), matter.place.spot]
                    .filter { !$0.isEmpty }.joined(separator: " · "),
                due: line.due.map { words.text("matters.handover.due", in: language, ["when": $0.stamp()]) } ?? "",
                isLate: line.due.map { $0 < handover.at } ?? false)
        }
        return [
            HandoverSection(
                title: words.text("matters.handover.title", in: language), rows: rows, hidden: own.count - rows.count)
        ]
    }
}

/// What the room of matters takes along when a grid is dissolved into another. Of a grid that is only split, whoever has a matter in
/// hand finishes it.
package struct MatterRegrid: RegridPart {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    package func follow(_ regrid: Regrid, by principal: Principal, _ tx: any Transaction) throws {
        guard regrid.kind == .merge else { return }
        let store = MatterHandoverStore(tx, town: principal.town)
        let (source, target) = (regrid.source.id, regrid.target)
        var facts = MatterEvent.Facts()
        facts.note = "\(regrid.source.nameZh) → \(target.nameZh)"
        for var matter in try store.open(in: source) {
            let holder = matter.holder.grid == source ? Holder(grid: target.id, level: target.level.rawValue) : matter.holder
            if matter.place.grid == source { matter.place = matter.place.inside(target.id) }
            try store.passOn(matter, .regridded, to: holder, facts, by: principal, desk.ambient)
        }
    }
}

extension HandoverLine {
    fileprivate var matter: ID<Matter>? { subject.map { ID($0.uuid) } }
}
