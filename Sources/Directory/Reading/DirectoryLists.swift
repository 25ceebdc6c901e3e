package import Exports
import Kernel
import Spreadsheets
import Storage

/// The directory's lists as spreadsheets.
extension DirectoryRoom {
    package var lists: [ExportList] {
        [
            ExportList(
                "grids", titleKey: "directory.list.grids", permission: .directoryRead,
                columns: [
                    "village", "parent", "name", "code", "level", "kind", "unit", "boundary", "workers", "dutyPhone",
                    "supervisionPhone", "from",
                ]
                .map { ExportList.Column($0, key: "directory.list.\($0)") } + [
                    ExportList.Column("nameEn", key: "directory.list.nameEn", isUsual: false)
                ],
                rows: grids),
            ExportList(
                "posts", titleKey: "directory.list.posts", permission: .directoryRead,
                columns: ["village", "grid", "code", "person", "post", "employment", "from", "to"].map {
                    ExportList.Column($0, key: "directory.list.\($0)")
                }, rows: posts),
            ExportList(
                "villages", titleKey: "directory.overview.villages", permission: .checksRead,
                columns: ["village", "level2", "level3", "workers", "open", "satisfied"].map {
                    ExportList.Column($0, key: "directory.overview.column.\($0)")
                }, rows: villages),
            areaImportList,
        ]
    }

    /// All of them at once: a town has some hundred.
    private func grids(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (tree, names, scope) = try await standing(question)
        let (words, language) = (question.words, question.words.language)
        let rows = tree.all(in: scope).map { grid -> [Cell] in
            [
                .text(tree.village(of: grid.id)?.name(in: language) ?? ""),
                .text(grid.parent.flatMap { tree.grid($0) }?.name(in: language) ?? ""), .text(grid.name(in: language)),
                .text(grid.code),
                .whole(grid.level.rawValue), .text(words.text("directory.kind.\(grid.kind.rawValue)")),
                .text(grid.responsibleUnit ?? ""),
                .text(grid.boundaryWords ?? ""), .text(tree.workers(of: grid.id, names).joined(separator: "、")),
                .text(grid.dutyPhone ?? ""),
                .text(grid.supervisionPhone ?? ""), .day(grid.validFrom), .text(grid.nameEn ?? ""),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }

    private func posts(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (tree, names, scope) = try await standing(question)
        let (words, language) = (question.words, question.words.language)
        let rows = tree.all(in: scope).flatMap { grid in
            tree.posts(on: grid.id).map { post -> [Cell] in
                [
                    .text(tree.village(of: grid.id)?.name(in: language) ?? ""), .text(grid.name(in: language)), .text(grid.code),
                    .text(names[post.person] ?? ""), .text(words.text("directory.post.\(post.kind.rawValue)")),
                    .text(post.employment.map { words.text("directory.employment.\($0.rawValue)") } ?? ""), .day(post.from),
                    post.to.map(Cell.day) ?? .empty,
                ]
            }
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }

    /// The villages of the office's start page, as it shows them.
    private func villages(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let scope = try question.principal.scope(for: .checksRead)
        let (town, language) = (question.principal.town, question.words.language)
        let tree = try await cache.tree(database, town: town, day: today)
        let counts = try await matters.counts(town, question.principal, language)
        let rows = VillageFigures.all(tree, in: scope, counts).map { figures -> [Cell] in
            [
                .text(figures.village.name(in: language)), .whole(figures.level2), .whole(figures.level3),
                .whole(figures.workers),
                .whole(figures.matters?.open ?? 0), .text(figures.matters?.satisfied ?? ""),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }

    private func standing(
        _ question: ExportList.Question
    ) async throws -> (tree: GridTree, names: [ID<PersonNode>: String], scope: Scope) {
        let scope = try question.principal.scope(for: .directoryRead)
        let (town, day, cache) = (question.principal.town, today, cache)
        return try await database.read { tx in
            (try cache.tree(tx, town: town, day: day), try PersonStore(tx, town: town).names(ofHoldersIn: scope, on: day), scope)
        }
    }
}
