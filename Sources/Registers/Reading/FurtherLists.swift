import Directory
import Exports
import Identity
import Kernel
import Spreadsheets
import Storage
import Web

/// Enterprises and shops, organisations and the key-care list as spreadsheets, filtered as their pages are.
extension RegistersRoom {
    // MARK: Enterprises

    var enterpriseList: ExportList {
        ExportList(
            "enterprises", titleKey: "registers.list.enterprises", permission: .readResident,
            columns: [
                Self.column("village", ColumnNames.village), Self.column("grid", ColumnNames.grid),
                Self.column("firm", ColumnNames.firm), Self.column("firm-kind", ColumnNames.firmKind),
                Self.column("trade", ColumnNames.trade), Self.column("code", ColumnNames.creditCode),
                Self.column("reason", ColumnNames.noCodeReason), Self.column("premises", ColumnNames.premises),
                Self.column("contact", ColumnNames.contact), Self.column("firm-phone", ColumnNames.firmPhone),
                Self.column("headcount", ColumnNames.headcount), Self.column("visited", ["走访时间"]),
            ], filters: ["grid", "kind", "text"], rows: enterprises)
    }

    private func enterprises(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (query, words, town) = (question.query, question.words, question.principal.town)
        let filter = EnterpriseFilter(
            kind: Enterprise.Kind(rawValue: query["kind"] ?? ""), text: String((query["text"] ?? "").trimmed.prefix(40)))
        let found = try await ReadEnterprises(desk)(
            filter, in: try Self.grid(question), after: place.flatMap { NameCursor($0) }, limit: Self.page,
            by: question.principal)
        let phones = try await desk.database.read { [desk] tx in
            try EnterpriseStore(tx, town: town, vault: desk.vault).phones(of: found.firms.map(\.id))
        }
        let rows = found.firms.map { firm in
            Self.place(firm.grid, found.tree, question) + [
                .text(firm.name), .text(words.text("registers.firm.\(firm.kind.rawValue)")),
                .text(words.text("registers.trade.\(firm.trade.rawValue)")), .text(firm.code?.description ?? ""),
                .text(firm.noCodeReason ?? ""), .text(firm.address), .text(firm.contact ?? ""),
                .text(phones[firm.id].map(Masking.phone) ?? ""), firm.headcount.map(Cell.whole) ?? .empty,
                firm.visitedAt.map { .day($0.day()) } ?? .empty,
            ]
        }
        return ExportList.Stretch(rows: rows, next: found.next?.description)
    }

    // MARK: Organisations

    var organisationList: ExportList {
        ExportList(
            "organisations", titleKey: "registers.list.organisations", permission: .readResident,
            columns: [
                Self.column("village", ColumnNames.village), Self.column("grid", ColumnNames.grid),
                Self.column("organisation", ["组织名称", "名称"]), Self.column("organisation-kind", ["组织类别", "类别"]),
                Self.column("seat", ["地址", "活动地点"]), Self.column("size", ["成员数", "党员数"]), Self.column("since", ["成立日期"]),
            ], rows: organisations)
    }

    /// All of them at once: a town has some hundred.
    private func organisations(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let scope = try question.principal.scope(for: .readResident)
        let (town, words) = (question.principal.town, question.words)
        let tree = try await tree(question)
        let found = try await desk.database.read { [desk] tx in
            try OrganisationStore(tx, town: town).list(in: scope, on: desk.today, limit: 100_000)
        }
        let rows = found.map { body, members in
            Self.place(body.grid, tree, question) + [
                .text(body.name), .text(words.text("registers.org.\(body.kind.rawValue)")), .text(body.address ?? ""),
                .whole(members), .day(body.term.from),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }

    // MARK: Key care

    var careList: ExportList {
        ExportList(
            "care", titleKey: "registers.list.care", permission: .readCare, further: [.readResident],
            columns: [
                Self.column("village", ColumnNames.village), Self.column("grid", ColumnNames.grid),
                Self.column("name", ColumnNames.person), Self.column("age", ["周岁"]), Self.column("marks", ["关爱类别", "人员类别"]),
                Self.column("address", ColumnNames.address), Self.column("visited", ["走访时间"]), Self.column("due"),
            ], filters: ["grid", "kind", "due"], rows: care)
    }

    /// All of them at once: of a hundred residents one or two are looked after.
    private func care(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let words = question.words
        let kind = CareMark.Kind(rawValue: question.query["kind"] ?? "")
        let lines = try await ReadCare(desk)(
            in: try Self.grid(question), kind: kind, onlyDue: question.query["due"] == "1", most: 100_000, by: question.principal)
        let (tree, today) = (try await tree(question), desk.today)
        let rows = lines.map { line -> [Cell] in
            let home = line.household
            return Self.place(home.grid, tree, question) + [
                .text(line.person.name), line.person.birth.map { .whole(Age.years(of: $0, on: today)) } ?? .empty,
                .text(line.kinds.map { words.text("registers.care.\($0.rawValue)") }.joined(separator: "、")),
                .text(home.address.words), home.visitedAt.map { .day($0.day()) } ?? .empty,
                .text(words.text(line.isDue ? "web.yes" : "web.no")),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }
}
