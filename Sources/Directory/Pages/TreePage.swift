import Kernel
import Web

/// The tree of the grids somebody reaches, filtered by name, code, kind or worker.
struct TreePage: Page {
    static let template = "directory-tree"

    struct Node: Sendable {
        let name: String
        let href: String
        let kind: String
        let kindClass: String
        let worker: String
        let vacant: Bool
        let unfolded: Bool
        let counts: String
        /// Whether nothing lies below.
        let leaf: Bool
        let grids: [Node]
        /// The same, on the last level.
        let parts: [Node]
    }

    let totals: String
    let text: String
    let kinds: [ChoicePart]
    let filtered: Bool
    let villages: [Node]

    init(_ call: Call, tree: GridTree, scope: Scope, names: [ID<PersonNode>: String]) {
        let text = (call.query["text"] ?? "").trimmed
        let kind = GridKind(rawValue: call.query["kind"] ?? "")
        let reached = tree.all(in: scope)
        let overview = Overview(of: tree, in: scope)
        totals = call.text(
            "directory.tree.totals",
            [
                "level1": call.count(overview.grids.level1), "level2": call.count(overview.grids.level2),
                "level3": call.count(overview.grids.level3),
            ])
        self.text = text
        kinds = GridKind.allCases.map { ChoicePart(value: $0.rawValue, label: call.label($0), chosen: $0 == kind) }
        let filtered = !text.isEmpty || kind != nil
        self.filtered = filtered
        let wanted = text.lowercased()
        let hits = reached.filter { grid in
            let isNamed =
                wanted.isEmpty || grid.contains(wanted)
                || tree.workers(of: grid.id, names).contains { $0.lowercased().contains(wanted) }
            return isNamed && (kind == nil || grid.kind == kind)
        }
        // What lies above a hit is shown to lead there, also where only the lower part is within reach.
        let shown =
            filtered ? Set(hits.flatMap { tree.path($0.id) }.map(\.id)) : Set(reached.flatMap { tree.path($0.id) }.map(\.id))
        let ids = Set(reached.map(\.id))
        let unfolded = filtered || tree.roots.count { shown.contains($0.id) } <= 3
        func node(_ grid: Grid) -> Node {
            let below = tree.children(of: grid.id).filter { shown.contains($0.id) }.map(node)
            let all = Dictionary(grouping: tree.descendants(of: grid.id), by: \.level).mapValues(\.count)
            return Node(
                name: grid.name(in: call.language),
                href: ids.contains(grid.id) ? DirectoryPath.card(grid.id) : DirectoryPath.place(grid.id),
                kind: call.label(grid.kind), kindClass: call.badge(grid.kind),
                worker: tree.workers(of: grid.id, names).prefix(2).joined(separator: "、"),
                vacant: !tree.staffed.contains(grid.id),
                unfolded: unfolded,
                counts: call.text(
                    "directory.tree.counts",
                    ["level2": call.count(all[.two, default: 0]), "level3": call.count(all[.three, default: 0])]),
                leaf: below.isEmpty, grids: below, parts: below)
        }
        villages = tree.roots.filter { shown.contains($0.id) }.map(node)
    }
}
