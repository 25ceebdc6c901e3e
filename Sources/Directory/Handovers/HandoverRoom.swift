package import Exports
package import Identity
package import Kernel
import Spreadsheets
package import Storage
package import Web

/// Handing over posts, and splitting and merging grids: what moves work, keys and households in one action. Its words are its own. 交接
package struct HandoverRoom: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault
    let cache: DirectoryCache
    let matters: MattersWindow
    let handovers: [any HandoverPart]
    let regrids: [any RegridPart]

    package init(
        database: any Database, ambient: Ambient, vault: Vault, cache: DirectoryCache, matters: MattersWindow = .none,
        handovers: [any HandoverPart] = [], regrids: [any RegridPart] = []
    ) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
        self.cache = cache
        self.matters = matters
        self.handovers = handovers
        self.regrids = regrids
    }

    package var room: Room {
        Room(
            name: "handovers", routes: handoverRoutes + regridRoutes,
            templates: [
                "directory-handover-form": PackageResources.directory_handover_form_mustache,
                "directory-handover": PackageResources.directory_handover_mustache,
                "directory-handovers": PackageResources.directory_handovers_mustache,
                "directory-merger": PackageResources.directory_merger_mustache,
                "directory-split": PackageResources.directory_split_mustache,
            ], zh: PackageResources.handovers_zh_json, en: PackageResources.handovers_en_json)
    }

    var today: Day { ambient.now().day() }

    /// The tree of the town a request is for, as it stands today.
    func tree(_ call: Call) async throws -> GridTree {
        try await cache.tree(database, town: call.town, day: today)
    }

    // MARK: Spreadsheet

    /// One pack as a spreadsheet, of the handover that the query names.
    package var lists: [ExportList] {
        [
            ExportList(
                "handover", titleKey: "directory.handover.title", permission: .directoryRead,
                columns: ["part", "name", "detail", "due"].map { ExportList.Column($0, key: "directory.handover.column.\($0)") },
                filters: ["handover"], rows: rows)
        ]
    }

    private func rows(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        guard let id = ID<Handover>(question.query["handover"] ?? "") else { return ExportList.Stretch(rows: [], next: nil) }
        let words = question.words
        let pack = try await ReadHandover(database: database, parts: handovers)(id, for: question.principal, in: words.language)
        let written = pack.written.map { line -> [Cell] in
            [.text(words.text("directory.handover.written.\(line.kind)")), .text(line.words), .empty, .empty]
        }
        let records = pack.sections.flatMap { section in
            section.rows.map { row -> [Cell] in [.text(section.title), .text(row.name), .text(row.detail), .text(row.due)] }
        }
        return ExportList.Stretch(rows: records + written, next: nil)
    }
}
