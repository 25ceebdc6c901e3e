import Directory
import Exports
import Kernel
import Spreadsheets
import Storage

/// The town's routing rules in their order, as a spreadsheet.
extension MattersRoom {
    var routingRuleList: ExportList {
        ExportList(
            "routing-rules", titleKey: "routing.title", permission: .editRouting,
            columns: ["number", "name", "category", "place", "moment", "from", "to", "target", "unit", "asked", "on"].map {
                ExportList.Column($0, key: "routing.column.\($0)")
            }, rows: routingRules)
    }

    /// All of them at once: there are ``KeepRoutingRules/limit`` at most.
    private func routingRules(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (town, words, language, desk) = (question.principal.town, question.words, question.words.language, desk)
        let (rules, units, tree, taxonomy) = try await desk.database.read { tx in
            (
                try RoutingRuleStore(tx, town: town).all(), try UnitStore(tx, town: town).all(), try desk.tree(tx, town),
                try desk.taxonomy(tx, town)
            )
        }
        let names = Dictionary(units.map { ($0.id, $0.name(in: language)) }) { first, _ in first }
        let groups = Dictionary(taxonomy.groups.map { ($0.code, $0.name(in: language)) }) { first, _ in first }
        let rows = rules.map { rule -> [Cell] in
            let category =
                rule.category.isEmpty
                ? words.text("routing.every-category")
                : groups[rule.category] ?? taxonomy[rule.category]?.name(in: language) ?? rule.category
            return [
                .whole(rule.number), .text(rule.name), .text(category),
                .text(rule.grid.map { tree.fullName(of: $0, in: language) } ?? words.text("routing.whole-town")),
                .text(words.text("routing.moment.\(rule.moment.rawValue)")), rule.from.map(Cell.day) ?? .empty,
                rule.to.map(Cell.day) ?? .empty, .text(words.text("routing.target.\(rule.target.rawValue)")),
                .text(rule.unit.flatMap { names[$0] } ?? ""), .text(rule.asked),
                .text(words.text(rule.isOn ? "web.yes" : "web.no")),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }
}
