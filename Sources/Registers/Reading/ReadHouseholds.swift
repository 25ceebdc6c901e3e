package import Directory
import Identity
package import Kernel
import Storage

/// One household of a list: who lives there now, what to look after, when somebody was last there.
package struct HouseholdLine: Sendable {
    package let household: HouseholdRecord
    package let members: [Person]
    package let marks: [CareMark]
}

/// The households of one's grids, those nobody visited for longest first. 户清单
package struct ReadHouseholds: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Parameters:
    ///   - grid: only this grid and what lies below it.
    ///   - address: words or a number that the address holds.
    /// - Throws: ``NotFound`` for a grid out of scope.
    package func callAsFunction(
        in grid: ID<GridNode>?, address: String, after cursor: VisitCursor?, limit: Int = 50, by principal: Principal
    ) async throws -> (lines: [HouseholdLine], next: VisitCursor?) {
        let scope = try principal.scope(for: .readResident)
        let reach = try? CareReach(principal)
        return try await desk.database.read { [desk] tx in
            let town = principal.town
            let tree = try desk.tree(tx, town)
            if let grid, !tree.isIn(scope, grid) { throw NotFound() }
            let found = try HouseholdListStore(tx, town: town).list(
                in: grid.map { .grids([$0]) } ?? scope, address: address, on: desk.today, after: cursor, limit: limit + 1)
            let shown = Array(found.prefix(limit))
            let stays = try HouseholdRecordStore(tx, town: town).stays(in: shown.map(\.id)).map(\.residency)
                .filter { $0.term.contains(desk.today) }
            let ids = Set(stays.map(\.person)).sorted()
            let people = Dictionary(
                try PersonRecordStore(tx, town: town).find(ids).filter { $0.mergedInto == nil }.map { ($0.id, $0) }
            ) { first, _ in first }
            let marks = try reach.map {
                try CareStore(tx, town: town, vault: desk.vault).current(of: ids, $0, on: desk.today)
            }
            let marksOf = Dictionary(grouping: marks ?? [], by: \.person)
            let staysIn = Dictionary(grouping: stays, by: \.household)
            let lines = shown.map { household in
                let members = staysIn[household.id, default: []].compactMap { people[$0.person]?.person }
                return HouseholdLine(
                    household: household,
                    members: members.sorted {
                        ($0.id != household.head ? 1 : 0, $0.id) < ($1.id != household.head ? 1 : 0, $1.id)
                    },
                    marks: members.flatMap { marksOf[$0.id, default: []] })
            }
            let next = found.count > limit ? shown.last.map { VisitCursor(visitedAt: $0.visitedAt, id: $0.id) } : nil
            return (lines, next)
        }
    }
}

/// Where a list ordered by the last visit goes on.
package struct VisitCursor: Sendable, Hashable, CustomStringConvertible {
    package let visitedAt: Instant?
    package let id: ID<Household>

    package init(visitedAt: Instant?, id: ID<Household>) {
        self.visitedAt = visitedAt
        self.id = id
    }

    /// Reads what ``description`` wrote; nil for anything else.
    package init?(_ text: String) {
        let halves = text.split(separator: ".", maxSplits: 1)
        guard halves.count == 2, let id = ID<Household>(halves[1]) else { return nil }
        if halves[0] == "n" { self.init(visitedAt: nil, id: id); return }
        guard let milliseconds = Int64(halves[0]) else { return nil }
        self.init(visitedAt: Instant(milliseconds: milliseconds), id: id)
    }

    package var description: String { "\(visitedAt.map { String($0.milliseconds) } ?? "n").\(id)" }
}
