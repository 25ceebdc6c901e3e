package import Directory
import Identity
package import Kernel
import Storage

/// Somebody to look after, where they live, and whether a visit is due.
package struct CareLine: Sendable {
    package let person: PersonRecord
    package let household: HouseholdRecord
    package var kinds: [CareMark.Kind]
    package let isDue: Bool
}

/// The key-care list: who to look after, those nobody visited for longest first (F15: "60天未走访"). 关爱名单
package struct ReadCare: Sendable {
    private let desk: RegisterDesk
    package static let limit = 300

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Parameters:
    ///   - onlyDue: only those not visited for ``CareRules/dueAfterDays`` days.
    ///   - count: of marks; a person may have several.
    package func callAsFunction(
        in grid: ID<GridNode>?, kind: CareMark.Kind?, onlyDue: Bool, most count: Int = limit, by principal: Principal
    ) async throws -> [CareLine] {
        let reach = try CareReach(principal)
        let scope = try principal.scope(for: .readResident)
        return try await desk.database.read { [desk] tx in
            let tree = try desk.tree(tx, principal.town)
            if let grid, !tree.isIn(scope, grid) { throw NotFound() }
            let since = onlyDue ? desk.today.adding(days: 1 - CareRules.dueAfterDays).start() : nil
            let rows = try HouseholdListStore(tx, town: principal.town).care(
                reach, in: grid.map { .grids([$0]) } ?? scope, kind: kind, unseenSince: since, on: desk.today, most: count)
            let people = Dictionary(
                try PersonRecordStore(tx, town: principal.town).find(Set(rows.map(\.person)).sorted()).map { ($0.id, $0) }
            ) { first, _ in first }
            var lines: [CareLine] = []
            for row in rows {
                guard let person = people[row.person] else { continue }
                if let last = lines.last, last.person.id == row.person, last.household.id == row.household.id {
                    lines[lines.count - 1].kinds.append(row.kind)
                } else {
                    lines.append(
                        CareLine(
                            person: person, household: row.household, kinds: [row.kind],
                            isDue: CareRules.isDue(lastVisit: row.household.visitedAt?.day(), on: desk.today)))
                }
            }
            return lines
        }
    }
}
