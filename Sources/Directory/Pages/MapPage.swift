import Kernel
import Web

/// The schematic map: the villages of the town, or the grids of one village.
struct MapPage: Page {
    static let template = "directory-map"

    struct Area: Sendable {
        let code: String
        let label: String
        let name: String
        let path: String
        let shade: String
        let x: String
        let y: String
        let chosen: Bool
        let link: String
    }
    struct Sheet: Sendable {
        let viewBox: String
        let areas: [Area]
    }

    let heading: String
    let back: String?
    let map: Sheet?
    /// Grids without an area, which only the list can show.
    let unmapped: [LinkPart]
    let synthetic: Bool
    let nothing: String?

    init(_ call: Call, tree: GridTree, scope: Scope, isOffice: Bool, village: Grid? = nil, chosen: ID<GridNode>? = nil) {
        let own = isOffice ? DirectoryPath.officeMap : DirectoryPath.map
        let shown =
            (village.map { tree.children(of: $0.id) } ?? tree.all(in: scope).compactMap { tree.village(of: $0.id) }.uniqued())
            .filter { village == nil || tree.isIn(scope, $0.id) }
        let grids = shown.isEmpty ? village.map { [$0] } ?? [] : shown
        let sketch = MapSketch(grids.compactMap { grid in tree.areas[grid.id].map { (grid, $0) } })
        let outlines = Dictionary((sketch?.outlines ?? []).map { ($0.id, $0) }) { first, _ in first }
        func link(_ grid: Grid) -> String {
            if village == nil { return "\(own)?grid=\(grid.id)" }
            return isOffice ? DirectoryPath.card(grid.id) : DirectoryPath.place(grid.id)
        }
        heading = village?.name(in: call.language) ?? call.text("directory.map.title")
        back = village == nil ? nil : own
        let areas = grids.enumerated().compactMap { index, grid -> Area? in
            guard let outline = outlines[grid.id] else { return nil }
            let name = grid.name(in: call.language)
            return Area(
                code: grid.code, label: Self.short(name, in: village, call.language), name: name, path: outline.path,
                shade: "c\(index % 6 + 1)",
                x: String(outline.labelX), y: String(outline.labelY), chosen: grid.id == chosen, link: link(grid))
        }
        map = sketch.map { Sheet(viewBox: $0.viewBox, areas: areas) }
        unmapped = grids.filter { outlines[$0.id] == nil }.map { LinkPart(href: link($0), name: $0.name(in: call.language)) }
        synthetic = grids.contains(where: \.areaIsSynthetic)
        nothing =
            grids.isEmpty ? call.text(tree.roots.isEmpty ? "directory.home.not-yet" : "directory.tree.none") : nil
    }

    /// A name short enough for its area: without the village's own name, and without 村 or 社区 at its end.
    private static func short(_ name: String, in village: Grid?, _ language: Language) -> String {
        let own =
            village.map { name.hasPrefix($0.name(in: language)) ? String(name.dropFirst($0.name(in: language).count)) : name }
            ?? name
        let bare = own.trimmed.isEmpty ? name : own.trimmed
        guard language == .zh, village == nil else { return bare }
        for ending in ["社区", "村"] where bare.hasSuffix(ending) && bare.count > ending.count {
            return String(bare.dropLast(ending.count))
        }
        return bare
    }
}

extension [Grid] {
    /// In order, each once.
    fileprivate func uniqued() -> [Grid] {
        var seen: Set<ID<GridNode>> = []
        return filter { seen.insert($0.id).inserted }
    }
}
