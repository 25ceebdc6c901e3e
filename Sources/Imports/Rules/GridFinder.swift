import Directory
import Kernel
import Spreadsheets

/// Finds the grid that a cell means: by its code, its name within a village, or its full name. Pure.
struct GridFinder {
    private struct Place {
        let id: ID<GridNode>
        let level: GridLevel
        let village: ID<GridNode>
    }
    private var byName: [String: [Place]] = [:]
    private var byCode: [String: [Place]] = [:]
    private var villageNames: [ID<GridNode>: [String]] = [:]

    /// - Parameter scope: grids outside are not found, as if they were not there.
    init(_ tree: GridTree, in scope: Scope) {
        for grid in tree.all(in: scope) {
            guard let village = tree.village(of: grid.id) else { continue }
            if villageNames[village.id] == nil { villageNames[village.id] = Self.names(village.nameZh, village.nameEn) }
            add(grid, in: village.id)
        }
    }

    mutating func add(_ grid: Grid, in village: ID<GridNode>) {
        let place = Place(id: grid.id, level: grid.level, village: village)
        byCode[grid.code, default: []].append(place)
        var names = Set(Self.names(grid.nameZh, grid.nameEn))
        for own in names { for front in villageNames[village] ?? [] where !own.hasPrefix(front) { names.insert(front + own) } }
        // 安平社区第一网格 is also called 第一网格 by those who live there.
        for own in names {
            for front in villageNames[village] ?? [] where own.hasPrefix(front) && own != front {
                names.insert(String(own.dropFirst(front.count)))
            }
        }
        for name in names { byName[name, default: []].append(place) }
    }

    /// - Parameters:
    ///   - village: within this one only.
    ///   - field: whose fault it is.
    /// - Throws: ``Invalid`` when there is none or more than one.
    func find(_ text: String, in village: ID<GridNode>? = nil, levels: Set<GridLevel>, field: String) throws(Invalid) -> ID<
        GridNode
    > {
        let key = PlainCharacters.name(text)
        let found = (byCode[text] ?? []) + (byName[key] ?? [])
        let fitting = Set(found.filter { (village == nil || $0.village == village) && levels.contains($0.level) }.map(\.id))
        guard fitting.count <= 1 else { throw Invalid("/\(field)", "grid-several", ["name": text]) }
        guard let id = fitting.first else { throw Invalid("/\(field)", "grid-unknown", ["name": text]) }
        return id
    }

    /// A village is also found without 村, 社区 and the like behind its name.
    private static func names(_ zh: String, _ en: String?) -> [String] {
        var names = [PlainCharacters.name(zh)]
        for ending in ["社区居委会", "村委会", "居委会", "社区", "村"] where names[0].hasSuffix(ending) && names[0].count > ending.count + 1 {
            names.append(String(names[0].dropLast(ending.count)))
        }
        if let en { names.append(PlainCharacters.name(en)) }
        return names
    }
}
