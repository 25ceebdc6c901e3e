import Foundation
import Kernel
import Web

/// Which grid a drawing in a file is for, by a code or a name written beside it. Pure. 按编码或名称对应网格
package enum AreaMatchRules {
    package enum Way: String, Sendable {
        case code, name
    }

    /// The property that says which grid is meant.
    package struct Key: Sendable, Hashable {
        package let property: String
        package let way: Way
    }

    /// What such properties are usually called, the likeliest first.
    private static let usual: [Way: [String]] = [
        .code: ["网格编码", "网格代码", "编码", "代码", "gridcode", "code", "wgbm", "wgdm", "xzqdm", "id"],
        .name: ["网格名称", "名称", "gridname", "name", "wgmc", "mc", "xzqmc"],
    ]
    /// A file with more properties than this names them for no human reader.
    private static let propertyLimit = 60

    /// Every property that some drawing of the file has.
    package static func properties(_ rows: [[String: String]]) -> [String] {
        Array(Set(rows.flatMap(\.keys)).sorted().prefix(propertyLimit))
    }

    /// The property with the most codes of grids in it, else with the most names, else the one called like a code.
    package static func key(of rows: [[String: String]], _ index: GridIndex) -> Key? {
        let properties = properties(rows)
        for way in [Way.code, .name] {
            let hits = properties.map { property in
                (property, rows.count { $0[property].map { !index.grids($0, by: way).isEmpty } ?? false })
            }
            let best = hits.max { ($0.1, -rank($0.0, way), $1.0) < ($1.1, -rank($1.0, way), $0.0) }
            if let best, best.1 > 0 { return Key(property: best.0, way: way) }
        }
        return properties.filter { rank($0, .code) < usual[.code, default: []].count }.min { rank($0, .code) < rank($1, .code) }
            .map { Key(property: $0, way: .code) }
    }

    /// The same for a property that somebody chose: whether codes or names are in it, the file tells.
    package static func key(_ property: String, of rows: [[String: String]], _ index: GridIndex) -> Key {
        let named = rows.count { $0[property].map { !index.grids($0, by: .name).isEmpty } ?? false }
        let coded = rows.count { $0[property].map { !index.grids($0, by: .code).isEmpty } ?? false }
        return Key(property: property, way: named > coded ? .name : .code)
    }

    private static func rank(_ property: String, _ way: Way) -> Int {
        let plain = property.lowercased().replacing("_", with: "").replacing(" ", with: "")
        let names = usual[way, default: []]
        return names.firstIndex(of: plain) ?? names.count
    }

    /// The standing grids by code and by name, as people write them.
    package struct GridIndex: Sendable {
        private let byCode: [String: [Grid]]
        private let byName: [String: [Grid]]

        package init(_ tree: GridTree) {
            byCode = Dictionary(grouping: tree.all) { Self.bare($0.code) }
            var names: [String: [Grid]] = [:]
            for grid in tree.all {
                let called = [grid.nameZh, grid.nameEn, tree.fullName(of: grid.id, in: .zh), tree.fullName(of: grid.id, in: .en)]
                for name in Set(called.compactMap(\.self).map(Self.plain)) { names[name, default: []].append(grid) }
            }
            byName = names
        }

        package func grids(_ value: String, by way: Way) -> [Grid] {
            switch way {
            case .code: byCode[Self.bare(Self.plain(value)), default: []]
            case .name: byName[Self.plain(value), default: []]
            }
        }

        /// Half width, without spaces and separating dots.
        private static func plain(_ text: String) -> String {
            let folded = text.precomposedStringWithCompatibilityMapping.lowercased()
            return String(folded.filter { !$0.isWhitespace && $0 != "·" && $0 != "," })
        }

        /// Registers write a village's twelve digits with or without the three zeros of no grid below it.
        private static func bare(_ code: String) -> String {
            code.utf8.count == 15 && code.hasSuffix("000") ? String(code.dropLast(3)) : code
        }
    }
}
