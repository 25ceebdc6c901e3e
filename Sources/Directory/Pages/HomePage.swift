import Kernel
import Web

/// The town's home: report, find one's village, what was done lately.
struct HomePage: Page {
    static let template = "directory-home"

    struct RecentPart: Sendable {
        let category: String
        let place: String
        let words: String
    }

    let town: String
    let q: String
    let figures: [FigurePart]
    let villages: [VillagesPage.Line]
    /// Why there is no village to show.
    let none: String?
    let recent: [RecentPart]
    let phone: String?

    init(_ call: Call, tree: GridTree, phone: String?, counts: MattersWindow.Counts, recent: [MattersWindow.Recent]) {
        let overview = tree.overview
        town = call.visit.town.name(in: call.language)
        q = (call.query["q"] ?? "").trimmed
        figures = [
            FigurePart(label: call.text("directory.home.villages-count"), value: call.count(overview.grids.level1)),
            FigurePart(label: call.text("directory.levels.2"), value: call.count(overview.grids.level2)),
            FigurePart(label: call.text("directory.levels.3"), value: call.count(overview.grids.level3)),
            FigurePart(label: call.text("directory.home.workers"), value: call.count(overview.workers.total)),
            FigurePart(label: call.text("directory.home.open"), value: call.count(counts.open)),
            FigurePart(label: call.text("directory.home.closed-month"), value: call.count(counts.closedThisMonth)),
        ]
        villages = VillagesPage.lines(call, tree, matching: q)
        none = VillagesPage.none(call, tree, villages)
        self.recent = recent.map { matter in
            RecentPart(
                category: matter.category, place: tree.village(of: matter.grid)?.name(in: call.language) ?? "",
                words: matter.words)
        }
        self.phone = phone
    }
}

/// The list of villages, searched by name, code or lane.
struct VillagesPage: Page {
    static let template = "directory-villages"

    struct Line: Sendable {
        let name: String
        let href: String
        /// How many grids lie right below.
        let grids: String
    }

    let q: String
    let villages: [Line]
    let none: String?

    init(_ call: Call, tree: GridTree) {
        q = (call.query["q"] ?? "").trimmed
        villages = Self.lines(call, tree, matching: q)
        none = Self.none(call, tree, villages)
    }

    /// Why there is nothing to show; nil when there is something.
    static func none(_ call: Call, _ tree: GridTree, _ lines: [Line]) -> String? {
        guard lines.isEmpty else { return nil }
        return call.text(tree.roots.isEmpty ? "directory.home.not-yet" : "directory.home.no-villages")
    }

    /// Without a search every village; with one, every grid of any level whose name, code or range in words contains it.
    static func lines(_ call: Call, _ tree: GridTree, matching text: String) -> [Line] {
        let wanted = text.lowercased()
        let found = wanted.isEmpty ? tree.roots : tree.all.filter { $0.contains(wanted) }
        return found.prefix(200).map { grid in
            let below = tree.children(of: grid.id).count
            return Line(
                name: tree.fullName(of: grid.id, in: call.language), href: DirectoryPath.place(grid.id),
                grids: below > 0 ? call.count(below) : "")
        }
    }
}

extension Grid {
    /// Whether its name, code, range or unit contains `text`, which is in lower case.
    func contains(_ text: String) -> Bool {
        [nameZh, nameEn, code, boundaryWords, responsibleUnit].contains { $0?.lowercased().contains(text) ?? false }
    }
}
