package import Directory
import Identity
package import Kernel
import Storage

/// Records that look as if they were of one person, within one's grids. 疑似重复
package struct ReadDuplicates: Sendable {
    package struct Side: Sendable {
        package let person: PersonRecord
        package let document: String?
        package let addresses: [String]
    }
    package struct Pair: Sendable {
        /// The record that would stay.
        package let kept: Side
        package let gone: Side
        package let reason: DuplicateRules.Reason
    }

    private let desk: RegisterDesk
    package static let limit = 30

    package init(_ desk: RegisterDesk) { self.desk = desk }

    package func callAsFunction(by principal: Principal) async throws -> [Pair] {
        let scope = try principal.scope(for: .manageResident)
        return try await desk.database.read { [desk] tx in
            let town = principal.town
            let merges = MergeStore(tx, town: town)
            let found = try merges.pairs(in: scope, on: desk.today, limit: Self.limit)
            let ids = Set(found.flatMap { [$0.0, $0.1] }).sorted()
            let traits = try merges.traits(of: ids)
            let records = PersonRecordStore(tx, town: town)
            let people = Dictionary(try records.find(ids).map { ($0.id, $0) }) { first, _ in first }
            let open = try records.open(ids, desk.vault)
            let households = HouseholdRecordStore(tx, town: town)
            let stays = Dictionary(grouping: try households.stays(of: ids).map(\.residency), by: \.person)
            let homes = Dictionary(
                try households.find(Set(stays.values.joined().map(\.household)).sorted()).map { ($0.id, $0.address.words) }
            ) { first, _ in first }
            func side(_ id: ID<PersonNode>) -> Side? {
                people[id].map { person in
                    Side(
                        person: person, document: open[id]?.document.map(Document.masked),
                        addresses: stays[id, default: []].filter { $0.term.contains(desk.today) }.compactMap {
                            homes[$0.household]
                        })
                }
            }
            return found.compactMap { first, second in
                guard let one = traits[first], let other = traits[second], let reason = DuplicateRules.reason(one, other) else {
                    return nil
                }
                let kept = DuplicateRules.kept(one, other)
                guard let stays = side(kept), let goes = side(kept == first ? second : first) else { return nil }
                return Pair(kept: stays, gone: goes, reason: reason)
            }
        }
    }
}
