import Directory
package import Exports
import Kernel
import Spreadsheets
import Web

/// What was imported so far as a spreadsheet, as far as its reader sees it on the page.
extension ImportsRoom {
    package var lists: [ExportList] {
        [
            ExportList(
                "imports", titleKey: "imports.list.title", permission: .importData, further: desk.kinds.map(\.permission),
                columns: ["file", "kind", "place", "state", "rows", "faulty", "written", "kept", "who", "when"].map {
                    ExportList.Column($0, key: "imports.column.\($0)")
                }, rows: rows)
        ]
    }

    private func rows(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let words = question.words
        let (imports, hasMore, tree) = try await ReadImports(desk: desk).list(
            before: place.flatMap { ID<Import>($0) }, limit: 300, by: question.principal)
        let rows = imports.map { item -> [Cell] in
            let counts = item.counts
            return [
                .text(item.fileName), .text(words.text("imports.kind.\(item.kind)")),
                .text(item.place.map { tree.fullName(of: $0, in: words.language) } ?? words.text("imports.whole-town")),
                .text(words.text("imports.state.\(item.state.rawValue)")), .whole(counts.rows), .whole(counts.faulty),
                .whole(counts.written), .whole(counts.kept), .text(item.name), .text(item.createdAt.stamp()),
            ]
        }
        return ExportList.Stretch(rows: rows, next: hasMore ? imports.last?.id.description : nil)
    }
}
