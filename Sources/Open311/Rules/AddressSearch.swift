package import Directory
package import Kernel

/// Which grid an address in words is in.
package enum AddressSearch {
    /// The deepest grid whose name is in the address, within the village that is named there; the longest name counts among equals.
    /// Nil when no name of a grid is in it, or when names of two villages are and nothing decides between them.
    package static func grid(in address: String, of tree: GridTree) -> ID<GridNode>? {
        let text = plain(address)
        func named(_ grids: [Grid]) -> [Grid] { grids.filter { grid in names(of: grid).contains { text.contains($0) } } }
        let villages = named(tree.roots)
        guard villages.count <= 1 else { return nil }
        let within = villages.first.map { tree.descendants(of: $0.id) } ?? tree.all
        let found = named(within)
        let best = found.max { left, right in
            (left.level.rawValue, length(of: left), right.code) < (right.level.rawValue, length(of: right), left.code)
        }
        guard let best else { return villages.first?.id }
        // The same name in two villages says nothing without the village's own.
        let rivals = found.filter { $0.level == best.level && length(of: $0) == length(of: best) }
        guard villages.count == 1 || Set(rivals.compactMap { tree.village(of: $0.id)?.id }).count == 1 else { return nil }
        return best.id
    }

    private static func names(of grid: Grid) -> [String] {
        [grid.nameZh, grid.nameEn ?? ""].map(plain).filter { $0.count > 1 }
    }

    private static func length(of grid: Grid) -> Int { names(of: grid).map(\.count).max() ?? 0 }

    /// Without blanks and case, which people write as they like.
    private static func plain(_ text: String) -> String { text.lowercased().filter { !$0.isWhitespace } }
}
