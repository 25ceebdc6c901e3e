import Exports
import Kernel
import Spreadsheets
import Storage

/// The files of boundaries so far as a spreadsheet: one's own, or everybody's for whoever edits the whole town.
extension DirectoryRoom {
    var areaImportList: ExportList {
        ExportList(
            "area-imports", titleKey: "directory.areas.so-far", permission: .directoryEdit,
            columns: ["file", "when", "who", "state", "areas"].map { ExportList.Column($0, key: "directory.areas.list.\($0)") },
            rows: areaImports)
    }

    /// All of them at once: boundaries are brought some dozen times in a town's life.
    private func areaImports(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (principal, words) = (question.principal, question.words)
        let found = try await database.read {
            try AreaImportStore($0, town: principal.town).latest(100_000, for: principal)
        }
        let rows = found.map { item -> [Cell] in
            [
                .text(item.fileName), .text(item.createdAt.stamp()), .text(item.post),
                .text(words.text("directory.areas.state.\(item.state.rawValue)")), .whole(item.grids),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }
}
