import Directory
package import Exports
import Kernel
import Spreadsheets
import Storage
import Web

/// The office's list of matters as a spreadsheet, filtered as its page is.
extension MattersRoom {
    package var lists: [ExportList] {
        [
            ExportList(
                "matters", titleKey: "matters.list.title", permission: .readMatter,
                columns: [
                    "number", "category", "words", "village", "grid", "spot", "stage", "tier", "holder", "reported", "channel",
                    "reopened", "closed",
                ]
                .map {
                    ExportList.Column($0, key: "matters.list.\($0)", isUsual: !["spot", "channel", "reopened"].contains($0))
                },
                filters: InboxQuery.names, rows: matters), hotlineList, jointList, unitList, routingRuleList, sampleList,
            phraseList,
        ]
    }

    private func matters(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (list, tree) = try await ReadInbox(desk: desk).list(
            try InboxQuery(question.query, tab: .open), after: place.flatMap { MatterCursor($0) }, limit: 500,
            by: question.principal)
        let town = question.principal.town
        let taxonomy = try await desk.database.read { try desk.taxonomy($0, town) }
        let (words, language) = (question.words, question.words.language)
        let rows = list.matters.map { matter -> [Cell] in
            [
                .text(matter.number.digits), .text(taxonomy[matter.category]?.name(in: language) ?? matter.category),
                .text(matter.words),
                .text(tree.village(of: matter.place.grid)?.name(in: language) ?? ""),
                .text(tree.grid(matter.place.grid)?.name(in: language) ?? ""),
                .text(matter.place.spot), .text(words.text(StageTab.key(matter.stage))),
                .text(words.text("matters.tier.\(matter.tier.rawValue)")),
                .text(matter.holder.grid.map { tree.fullName(of: $0, in: language) } ?? words.text("matters.list.town")),
                .text(matter.reportedAt.stamp()), .text(words.text("matters.channel.\(matter.channel.rawValue)")),
                .whole(matter.reopened),
                matter.closedAt.map { .text($0.stamp()) } ?? .empty,
            ]
        }
        return ExportList.Stretch(rows: rows, next: list.next?.description)
    }
}
