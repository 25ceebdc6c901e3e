import Directory
package import Exports
import Kernel
import Spreadsheets
import Storage
import Web

/// Orders with their replies as a spreadsheet, to be given back to the hotline.
extension MattersRoom {
    package var hotlineList: ExportList {
        ExportList(
            "hotline", titleKey: "hotline.title", permission: .keepHotline,
            columns: ["number", "received", "due", "category", "place", "stage", "standing", "reply", "replied"].map {
                ExportList.Column($0, key: "hotline.column.\($0)")
            }, filters: ["tab"], rows: hotlineRows)
    }

    private func hotlineRows(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (principal, words) = (question.principal, question.words)
        let isOpen = question.query["tab"] != "answered"
        let cursor = place.flatMap { MatterCursor($0) }
        let desk = desk
        let (lines, tree, taxonomy, timing) = try await desk.database.read { tx in
            let (tree, timing) = try desk.treeAndTiming(tx, principal.town)
            let lines = try HotlineStore(tx, town: principal.town).list(
                for: principal, isOpen: isOpen, after: cursor, limit: 500)
            return (lines, tree, try desk.taxonomy(tx, principal.town), timing)
        }
        let now = desk.ambient.now()
        let rows = lines.map { line -> [Cell] in
            let order = line.order
            let standing = HotlineRules.standing(order, timing.timing, at: now)
            return [
                .text(order.number), .text(order.receivedAt.stamp()), .text(order.replyDue.stamp()),
                .text(taxonomy[line.category]?.name(in: words.language) ?? line.category),
                .text(tree.fullName(of: line.grid, in: words.language)),
                .text(words.text("matters.tab.\(StageTab.of(line.stage).rawValue)")),
                .text(words.text("hotline.standing.\(standing.rawValue)")), .text(order.reply),
                order.repliedAt.map { .text($0.stamp()) } ?? .empty,
            ]
        }
        let next =
            lines.count < 500
            ? nil
            : lines.last.map { MatterCursor(at: isOpen ? $0.order.replyDue : $0.order.repliedAt ?? now, id: $0.order.matter) }
        return ExportList.Stretch(rows: rows, next: next?.description)
    }
}
