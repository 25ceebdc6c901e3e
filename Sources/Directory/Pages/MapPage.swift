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
        let tally: Tally?
    }
    /// How many there are of what the map counts, in a circle below the name.
    struct Tally: Sendable {
        let href: String
        let count: String
        /// Such as 12 件在办事项.
        let words: String
        let x: String
        let y: String
        let radius: String
    }
    struct Layer: Sendable {
        let href: String
        let name: String
        let current: Bool
    }
    struct Plain: Sendable {
        let href: String
        let name: String
        let tally: Tally?
    }
    struct Sheet: Sendable {
        let viewBox: String
        let tiles: [TileSheet.Tile]
        let areas: [Area]
    }

    let heading: String
    let back: String?
    let map: Sheet?
    /// Grids without an area, which only the list can show.
    let unmapped: [Plain]
    let layers: [Layer]
    let importHref: String?
    /// Whose map lies under the borders, with its number of approval.
    let credit: String?
    let synthetic: Bool
    let nothing: String?

    /// - Parameters:
    ///   - layers: what may be counted for whoever looks; none on the public's map.
    ///   - counts: of the layer that is shown.
    init(
        _ call: Call, tree: GridTree, scope: Scope, isOffice: Bool, village: Grid? = nil, chosen: ID<GridNode>? = nil,
        layers: [MapLayer] = [], counts: MapCounts? = nil
    ) {
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
        func tally(_ grid: Grid, _ x: Int, _ y: Int) -> Tally? {
            guard let counts, counts[grid.id] > 0 else { return nil }
            let count = counts[grid.id]
            return Tally(
                href: counts.layer.href(grid.id), count: call.count(count),
                words: call.text("directory.map.tally.\(counts.layer.kind.rawValue)", ["count": call.count(count)]), x: String(x),
                y: String(y + 34), radius: String(14 + 4 * String(count).count))
        }
        let shownKind = counts?.layer.kind
        func layerHref(_ kind: MapLayer.Kind?) -> String {
            own + "?" + Form.query([("grid", (chosen ?? village?.id)?.description ?? ""), ("show", kind?.rawValue ?? "none")])
        }
        self.layers =
            layers.isEmpty
            ? []
            : (layers.map { Optional($0.kind) } + [nil]).map { kind in
                Layer(
                    href: layerHref(kind), name: call.text("directory.map.layer.\(kind?.rawValue ?? "none")"),
                    current: kind == shownKind)
            }
        importHref = isOffice && call.principal?.may(.directoryEdit) == true ? DirectoryPath.areaImports : nil
        let areas = grids.enumerated().compactMap { index, grid -> Area? in
            guard let outline = outlines[grid.id] else { return nil }
            let name = grid.name(in: call.language)
            return Area(
                code: grid.code, label: Self.short(name, in: village, call.language), name: name, path: outline.path,
                shade: "c\(index % 6 + 1)",
                x: String(outline.labelX), y: String(outline.labelY), chosen: grid.id == chosen, link: link(grid),
                tally: tally(grid, outline.labelX, outline.labelY))
        }
        map = sketch.map { Sheet(viewBox: $0.viewBox, tiles: call.tiles(under: $0), areas: areas) }
        credit = map == nil ? nil : call.mapCredit
        unmapped = grids.filter { outlines[$0.id] == nil }.map {
            Plain(href: link($0), name: $0.name(in: call.language), tally: tally($0, 0, 0))
        }
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

extension Call {
    /// The pictures under a sheet; none without a source.
    func tiles(under sketch: MapSketch) -> [TileSheet.Tile] {
        site.tiles.map { TileSheet.tiles(under: sketch, from: $0) } ?? []
    }

    /// What must stand beside a map with pictures under it.
    var mapCredit: String? {
        site.tiles.map { text("directory.map.credit", ["number": $0.approval, "maker": $0.attribution]) }
    }
}

extension [Grid] {
    /// In order, each once.
    fileprivate func uniqued() -> [Grid] {
        var seen: Set<ID<GridNode>> = []
        return filter { seen.insert($0.id).inserted }
    }
}
