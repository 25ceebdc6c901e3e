import Directory
package import Exports
import Identity
import Kernel
import Spreadsheets
import Storage
import Web

/// The registers' lists as spreadsheets: documents and telephones masked as on the pages, nobody out of scope.
///
/// A masked document leaves out the day of birth, so no list gives that day: the year, as little as the age on the pages.
extension RegistersRoom {
    package var lists: [ExportList] {
        [
            householdList, peopleList, careList, enterpriseList, organisationList, propertyList, standInList, purposeList,
        ]
    }

    static let page = 300

    static func column(_ name: String, _ aliases: [String] = [], isUsual: Bool = true) -> ExportList.Column {
        ExportList.Column(name, key: "registers.list.\(name)", aliases: aliases, isUsual: isUsual)
    }

    private var householdList: ExportList {
        ExportList(
            "households", titleKey: "registers.list.households", permission: .readResident,
            columns: [
                Self.column("village", ColumnNames.village), Self.column("grid", ColumnNames.grid),
                Self.column("address", ColumnNames.address), Self.column("head", ["户主姓名"]),
                Self.column("members", ["家庭成员姓名", "成员"]), Self.column("count", ["家庭人口", "人口数", "家庭人数"]),
                Self.column("visited", ["走访时间", "最近走访日期"]),
            ], filters: ["grid", "address"], rows: households)
    }

    private var peopleList: ExportList {
        ExportList(
            "people", titleKey: "registers.list.people", permission: .readResident,
            columns: [
                Self.column("village", ColumnNames.village), Self.column("grid", ColumnNames.grid),
                Self.column("address", ColumnNames.address), Self.column("name", ColumnNames.person),
                Self.column("sex", ColumnNames.sex), Self.column("birth"), Self.column("age", ["周岁"], isUsual: false),
                Self.column("document", ColumnNames.document), Self.column("phone", ColumnNames.phone),
                Self.column("relation", ColumnNames.relation), Self.column("kind", ColumnNames.residence),
                Self.column("from", ColumnNames.since), Self.column("party", ColumnNames.party, isUsual: false),
            ], filters: ["grid", "address"], rows: people)
    }

    private func lines(
        _ question: ExportList.Question, _ place: String?
    ) async throws -> (lines: [HouseholdLine], next: VisitCursor?) {
        try await ReadHouseholds(desk)(
            in: Self.grid(question), address: String((question.query["address"] ?? "").trimmed.prefix(40)),
            after: place.flatMap { VisitCursor($0) }, limit: Self.page, by: question.principal)
    }

    private func households(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (lines, next) = try await lines(question, place)
        let tree = try await tree(question)
        let rows = lines.map { line -> [Cell] in
            let home = line.household
            return Self.place(home.grid, tree, question) + [
                .text(home.address.words), .text(line.members.first { $0.id == home.head }?.name ?? ""),
                .text(line.members.map(\.name).joined(separator: "、")), .whole(line.members.count),
                home.visitedAt.map { .day($0.day()) } ?? .empty,
            ]
        }
        return ExportList.Stretch(rows: rows, next: next?.description)
    }

    /// Door by door, so that whoever reads the sheet finds a family together.
    private func people(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (lines, next) = try await lines(question, place)
        let tree = try await tree(question)
        let (town, today) = (question.principal.town, desk.today)
        let (stays, records, open) = try await desk.database.read { [desk] tx in
            let stays = try HouseholdRecordStore(tx, town: town).stays(in: lines.map(\.household.id)).filter {
                $0.residency.term.contains(today)
            }
            let ids = Set(stays.map(\.residency.person)).sorted()
            let store = PersonRecordStore(tx, town: town)
            return (stays, try store.find(ids), try store.open(ids, desk.vault))
        }
        let known = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
        let staysIn = Dictionary(grouping: stays, by: \.residency.household)
        let words = question.words
        let rows = lines.flatMap { line in
            staysIn[line.household.id, default: []].compactMap { stay -> [Cell]? in
                guard let person = known[stay.residency.person], person.mergedInto == nil else { return nil }
                let home = line.household
                let sealed = open[person.id]
                return Self.place(home.grid, tree, question) + [
                    .text(home.address.words), .text(person.name),
                    .text(person.sex.map { words.text("registers.list.sex.\($0.rawValue)") } ?? ""),
                    person.birth.map { .whole($0.year) } ?? .empty,
                    person.birth.map { .whole(Age.years(of: $0, on: today)) } ?? .empty,
                    .text(sealed?.document.map(Document.masked) ?? ""), .text(sealed?.phones.first.map(Masking.phone) ?? ""),
                    .text(stay.relation ?? ""), .text(words.text("registers.list.kind.\(stay.residency.kind.rawValue)")),
                    .day(stay.residency.term.from), .text(words.text(person.isPartyMember ? "web.yes" : "web.no")),
                ]
            }
        }
        return ExportList.Stretch(rows: rows, next: next?.description)
    }

    // MARK: What all lists share

    /// - Throws: ``NotFound`` for what is no grid's id; the readers say so of one out of scope.
    static func grid(_ question: ExportList.Question) throws(NotFound) -> ID<GridNode>? {
        guard let text = question.query["grid"], !text.isEmpty else { return nil }
        guard let grid = ID<GridNode>(text) else { throw NotFound() }
        return grid
    }

    func tree(_ question: ExportList.Question) async throws -> GridTree {
        let town = question.principal.town
        return try await desk.database.read { [desk] in try desk.tree($0, town) }
    }

    /// The names of a grid's village and of the grid.
    static func place(_ grid: ID<GridNode>, _ tree: GridTree, _ question: ExportList.Question) -> [Cell] {
        let language = question.words.language
        return [
            .text(tree.village(of: grid)?.name(in: language) ?? ""), .text(tree.grid(grid)?.name(in: language) ?? ""),
        ]
    }
}
