package import Directory
import Identity
package import Kernel
import Storage

/// Somebody who was found, and where they live or lived last.
package struct FoundPerson: Sendable {
    package let person: PersonRecord
    package let homes: [HouseholdRecord]
    package let kinds: [Residency.Kind]
    /// Nobody lives there any more: moved or died.
    package let hasLeft: Bool
}

/// Finds people by name (in characters, by sound, by initials), telephone or its tail, door number, or document, within one's grids. 找人
package struct FindPeople: Sendable {
    private let desk: RegisterDesk
    package static let limit = 50

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Returns: at most ``limit`` people, who are called exactly so first; and whether there are more.
    package func callAsFunction(_ text: String, by principal: Principal) async throws -> (people: [FoundPerson], hasMore: Bool) {
        let scope = try principal.scope(for: .readResident)
        let question = FindQuestion(text) { [vault = desk.vault] in vault.mark($0, kind: $1) }
        guard !question.terms.isEmpty else { return ([], false) }
        return try await desk.database.read { [desk] tx in
            let grids: [ID<GridNode>]? =
                scope == .town ? nil : try desk.tree(tx, principal.town).all(in: scope).map(\.id)
            let store = FindStore(tx, town: principal.town)
            func find(_ terms: [FindQuestion.Term]) throws -> [ID<PersonNode>] {
                try store.find(terms, in: grids, scope, on: desk.today, limit: Self.limit + 1)
            }
            var found: [ID<PersonNode>] = []
            var known: Set<ID<PersonNode>> = []
            // Each way is asked only while there is room, the narrowest first.
            for terms in [question.exact.map { [$0] }, question.terms, question.loose].compactMap(\.self)
            where found.count <= Self.limit {
                for id in try find(terms) where known.insert(id).inserted { found.append(id) }
                if terms == question.terms, !found.isEmpty { break }
            }
            let shown = Array(found.prefix(Self.limit))
            return (try Self.people(shown, desk, tx, principal.town), found.count > Self.limit)
        }
    }

    private static func people(
        _ ids: [ID<PersonNode>], _ desk: RegisterDesk, _ tx: any Transaction, _ town: ID<Town>
    ) throws -> [FoundPerson] {
        let households = HouseholdRecordStore(tx, town: town)
        let stays = Dictionary(grouping: try households.stays(of: ids).map(\.residency), by: \.person)
        let homes = Dictionary(
            try households.find(Set(stays.values.joined().map(\.household)).sorted()).map { ($0.id, $0) }
        ) { first, _ in first }
        let records = Dictionary(
            try PersonRecordStore(tx, town: town).find(ids).map { ($0.id, $0) }
        ) { first, _ in first }
        return ids.compactMap { id in
            guard let person = records[id] else { return nil }
            let all = stays[id, default: []]
            let present = all.filter { $0.term.contains(desk.today) }
            let shown = present.isEmpty ? Array(all.suffix(1)) : present
            return FoundPerson(
                person: person, homes: shown.compactMap { homes[$0.household] }, kinds: shown.map(\.kind),
                hasLeft: present.isEmpty)
        }
    }
}
