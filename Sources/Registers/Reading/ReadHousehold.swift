package import Directory
import Identity
package import Kernel
import Storage

/// Somebody of a household as one page shows them: what is sealed is masked.
package struct Member: Sendable {
    package let person: PersonRecord
    package let stay: Stay
    package let maskedDocument: String?
    package let maskedPhones: [String]
    package let marks: [CareMark]
}

/// One household on one page. 一户一页
package struct HouseholdSight: Sendable {
    package let household: HouseholdRecord
    package let tree: GridTree
    package let members: [Member]
    package let former: [Member]
    package let visits: [HomeVisit]
    package let history: [RegisterEvent]
    /// The grids it lay in before, the oldest first, each with its last day there.
    package let formerGrids: [(grid: Grid, until: Day)]
    package let properties: [Property]
}

package struct ReadHousehold: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope.
    package func callAsFunction(_ id: ID<Household>, by principal: Principal) async throws -> HouseholdSight {
        let scope = try principal.scope(for: .readResident)
        let reach = try? CareReach(principal)
        return try await desk.database.read { [desk] tx in
            let town = principal.town
            let households = HouseholdRecordStore(tx, town: town)
            guard let household = try households.find(id, in: scope) else { throw NotFound() }
            let stays = try households.stays(in: [id])
            let ids = Set(stays.map(\.residency.person)).sorted()
            let records = PersonRecordStore(tx, town: town)
            let people = Dictionary(try records.find(ids).map { ($0.id, $0) }) { first, _ in first }
            let open = try records.open(ids, desk.vault)
            let care = CareStore(tx, town: town, vault: desk.vault)
            let marks = Dictionary(
                grouping: try reach.map { try care.current(of: ids, $0, on: desk.today) } ?? [], by: \.person)
            // The present page shows nothing of people who have left but their names.
            let members = stays.compactMap { stay -> Member? in
                guard let person = people[stay.residency.person], person.mergedInto == nil else { return nil }
                let isHere = stay.residency.term.contains(desk.today)
                return Member(
                    person: person, stay: stay, maskedDocument: isHere ? open[person.id]?.document.map(Document.masked) : nil,
                    maskedPhones: isHere ? open[person.id]?.phones.map(Masking.phone) ?? [] : [],
                    marks: isHere ? marks[person.id] ?? [] : [])
            }
            return HouseholdSight(
                household: household, tree: try desk.tree(tx, town),
                members: Self.ordered(members.filter { $0.stay.residency.term.contains(desk.today) }, head: household.head),
                former: members.filter { !$0.stay.residency.term.contains(desk.today) },
                visits: try VisitStore(tx, town: town, vault: desk.vault).latest(20, of: .household(id)),
                history: try RegisterEventStore(tx, town: town).latest(20, of: [ID(id.uuid)]),
                formerGrids: try HouseholdMoveStore(tx, town: town).moves(of: id).compactMap { move in
                    try GridStore(tx, town: town).find(move.from, in: .town).map { ($0, move.day.adding(days: -1)) }
                }, properties: try PropertyStore(tx, town: town, vault: desk.vault).properties(of: id, in: scope))
        }
    }

    /// The head first, then by age, whose birth is not known last.
    private static func ordered(_ members: [Member], head: ID<PersonNode>?) -> [Member] {
        func rank(_ member: Member) -> (Int, Int, ID<PersonNode>) {
            (member.person.id == head ? 0 : 1, member.person.birth?.ordinal ?? Int.max, member.person.id)
        }
        return members.sorted { rank($0) < rank($1) }
    }
}
