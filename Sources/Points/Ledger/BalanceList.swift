import Directory
import Exports
import Kernel
import Spreadsheets
import Storage
import Web

/// Households and their balances as a spreadsheet, by address as on their page and in no other order: nobody is ranked.
struct BalanceList: Sendable {
    static let name = "balances"
    private static let length = 500
    let desk: PointsDesk

    var list: ExportList {
        ExportList(
            Self.name, titleKey: "points.balances.title", permission: .readPoints,
            columns: [
                Self.column("village", ColumnNames.village), Self.column("grid", ColumnNames.grid),
                Self.column("address", ColumnNames.address), Self.column("balance", ["积分", "现有积分", "积分余额"]),
            ], filters: ["village", "text"], rows: rows)
    }

    private static func column(_ name: String, _ aliases: [String]) -> ExportList.Column {
        ExportList.Column(name, key: "points.balances.\(name)", aliases: aliases)
    }

    /// One village with points after another, unless one is asked for; its households a stretch at a time.
    private func rows(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let scope = try question.principal.scope(for: .readPoints)
        let (town, language, desk) = (question.principal.town, question.words.language, desk)
        let text = String((question.query["text"] ?? "").trimmed.prefix(60))
        let asked = try Self.village(question)
        // Where to go on: a village, and behind a blank the last household of it that was written.
        let cursor = (place ?? "").split(separator: " ").map(String.init)
        return try await desk.database.read { tx -> ExportList.Stretch in
            let villages: [Grid] =
                if let asked {
                    [try desk.villageAround(asked, of: scope, tx, town)]
                } else {
                    try desk.villages(in: scope, tx, town)
                }
            let start = cursor.first.flatMap { id in villages.firstIndex { $0.id.description == id } } ?? 0
            guard villages.indices.contains(start) else { return ExportList.Stretch(rows: [], next: nil) }
            let village = villages[start]
            let doors = try DoorStore(tx, town: town).find(
                text, under: village.id, in: scope, on: desk.today,
                after: cursor.count > 1 ? ID<Household>(cursor[1]) : nil, limit: Self.length)
            let balances = try WalletStore(tx, town: town).balances(among: doors.map(\.household))
            let tree = try desk.tree(tx, town)
            let rows = doors.map { door -> [Cell] in
                [
                    .text(village.name(in: language)), .text(tree.grid(door.grid)?.name(in: language) ?? ""),
                    .text(door.address), .whole(balances[door.household, default: 0]),
                ]
            }
            if doors.count == Self.length, let last = doors.last {
                return ExportList.Stretch(rows: rows, next: "\(village.id) \(last.household)")
            }
            return ExportList.Stretch(rows: rows, next: start + 1 < villages.count ? villages[start + 1].id.description : nil)
        }
    }

    /// - Throws: ``NotFound`` for what is no grid's id.
    private static func village(_ question: ExportList.Question) throws(NotFound) -> ID<GridNode>? {
        guard let text = question.query["village"], !text.isEmpty else { return nil }
        guard let village = ID<GridNode>(text) else { throw NotFound() }
        return village
    }
}
