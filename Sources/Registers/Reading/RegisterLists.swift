import Directory
package import Exports
import Identity
import Kernel
import Spreadsheets
import Storage
import Web

/// The registers' lists as spreadsheets: documents and telephones masked as on the pages, nobody out of scope.
extension RegistersRoom {
    package var lists: [ExportList] {
        [
            ExportList(
                "households", titleKey: "registers.list.households", permission: .readResident,
                columns: ["village", "grid", "address", "head", "members", "count", "visited"].map {
                    ExportList.Column($0, key: "registers.list.\($0)")
                }, rows: households),
            ExportList(
                "people", titleKey: "registers.list.people", permission: .readResident,
                columns: [
                    "village", "grid", "address", "name", "sex", "birth", "document", "phone", "relation", "kind", "from",
                    "party",
                ].map {
                    ExportList.Column($0, key: "registers.list.\($0)", isUsual: $0 != "party")
                }, rows: people),
            propertyList,
        ]
    }

    private static let page = 300

    private func households(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (lines, next) = try await ReadHouseholds(desk)(
            in: nil, address: "", after: place.flatMap { VisitCursor($0) }, limit: Self.page, by: question.principal)
        let tree = try await tree(question)
        let language = question.words.language
        let rows = lines.map { line -> [Cell] in
            let home = line.household
            return [
                .text(tree.village(of: home.grid)?.name(in: language) ?? ""),
                .text(tree.grid(home.grid)?.name(in: language) ?? ""),
                .text(home.address.words), .text(line.members.first { $0.id == home.head }?.name ?? ""),
                .text(line.members.map(\.name).joined(separator: "、")), .whole(line.members.count),
                home.visitedAt.map { .day($0.day()) } ?? .empty,
            ]
        }
        return ExportList.Stretch(rows: rows, next: next?.description)
    }

    /// Door by door, so that whoever reads the sheet finds a family together.
    private func people(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (lines, next) = try await ReadHouseholds(desk)(
            in: nil, address: "", after: place.flatMap { VisitCursor($0) }, limit: Self.page, by: question.principal)
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
                return [
                    .text(tree.village(of: home.grid)?.name(in: words.language) ?? ""),
                    .text(tree.grid(home.grid)?.name(in: words.language) ?? ""), .text(home.address.words), .text(person.name),
                    .text(person.sex.map { words.text("registers.list.sex.\($0.rawValue)") } ?? ""),
                    person.birth.map(Cell.day) ?? .empty,
                    .text(sealed?.document.map(Document.masked) ?? ""), .text(sealed?.phones.first.map(Masking.phone) ?? ""),
                    .text(stay.relation ?? ""), .text(words.text("registers.list.kind.\(stay.residency.kind.rawValue)")),
                    .day(stay.residency.term.from), .flag(person.isPartyMember),
                ]
            }
        }
        return ExportList.Stretch(rows: rows, next: next?.description)
    }

    private func tree(_ question: ExportList.Question) async throws -> GridTree {
        let town = question.principal.town
        return try await desk.database.read { [desk] in try desk.tree($0, town) }
    }
}
