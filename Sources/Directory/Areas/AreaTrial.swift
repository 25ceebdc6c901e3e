import Geometry
import Kernel
import Web

/// A file of boundaries held against the town as it stands: which drawing is for which grid, in which datum, and what speaks against it. 试导入
struct AreaTrial: Sendable {
    /// One drawing of the file.
    struct Line: Sendable {
        /// What the file calls it.
        let label: String
        /// The grid it is for; nil when none could be told.
        let grid: Grid?
        /// As it is read in the datum chosen; nil when it cannot be read.
        let area: Area?
        let isSound: Bool
    }

    let lines: [Line]
    /// What forbids writing first, then what is only worth a look.
    let findings: [AreaFinding]
    let key: AreaMatchRules.Key?
    /// The properties that could be the key.
    let properties: [String]
    let guess: DatumRules.Guess
    let crs: CRS

    var isWritable: Bool { !findings.contains { !$0.isWarning } && !changes.isEmpty }
    /// The areas that are not what they are already.
    let changes: [AreaSetRules.Setting]

    /// - Parameters:
    ///   - scope: how far the importer reaches.
    ///   - crs: chosen by somebody; nil takes what the ground says.
    ///   - property: the same of the property that names the grid.
    ///   - stations: where stations are, by grid.
    init(
        _ file: FeatureFile, in tree: GridTree, scope: Scope, crs: CRS?, property: String?, stations: [ID<GridNode>: Coordinate]
    ) {
        let rows = file.features.map(\.properties)
        let index = AreaMatchRules.GridIndex(tree)
        let properties = AreaMatchRules.properties(rows)
        let chosen = property.flatMap { properties.contains($0) ? $0 : nil }
        let key = chosen.map { AreaMatchRules.key($0, of: rows, index) } ?? AreaMatchRules.key(of: rows, index)
        let matches = Self.matches(rows, key, index, tree, scope)
        let known = zip(file.features, matches).compactMap { feature, match in match.grid.map { (feature: feature, grid: $0) } }
        let guess = DatumRules.guess(
            CRS.distinct.map { AreaEvidence.of($0, known, tree, stations) }, declared: file.declared)
        let datum = crs ?? guess.crs
        var (lines, findings): ([Line], [AreaFinding]) = ([], [])
        for (feature, match) in zip(file.features, matches) {
            let (area, faults) = Self.read(feature, datum)
            findings += (match.fault.map { [$0] } ?? []).map {
                AreaFinding(match.label, nil, $0, at: area?.pointInside)
            }
            let name = match.grid.map { tree.fullName(of: $0.id, in: .zh) } ?? match.label
            findings += faults.map { AreaFinding(name, match.grid?.id, $0) }
            lines.append(
                Line(label: match.label, grid: match.grid, area: area, isSound: match.fault == nil && faults.isEmpty))
        }
        let settings = lines.compactMap { line -> AreaSetRules.Setting? in
            guard line.isSound, let grid = line.grid, let area = line.area else { return nil }
            return AreaSetRules.Setting(grid, area)
        }
        findings += AreaSetRules.findings(settings, in: tree) + AreaSetRules.gaps(settings, in: tree)
        self.lines = lines
        self.findings = findings.filter { !$0.isWarning } + findings.filter(\.isWarning)
        self.key = key
        self.properties = properties
        self.guess = guess
        self.crs = datum
        changes = settings.filter { tree.areas[$0.grid.id] != $0.area }
    }

    private static func read(_ feature: FeatureFile.Feature, _ crs: CRS) -> (Area?, [Fault]) {
        do {
            let area = try feature.area(in: crs)
            return (area, area.flaw.map { [SetArea.fault($0)] } ?? [])
        } catch {
            return (nil, SetArea.faults(reading: error))
        }
    }

    // MARK: Matching

    private struct Match {
        let label: String
        let grid: Grid?
        let fault: Fault?
    }

    private static func matches(
        _ rows: [[String: String]], _ key: AreaMatchRules.Key?, _ index: AreaMatchRules.GridIndex, _ tree: GridTree,
        _ scope: Scope
    ) -> [Match] {
        var seen: Set<ID<GridNode>> = []
        return rows.enumerated().map { number, row in
            let value = key.flatMap { row[$0.property] }?.trimmed ?? ""
            let label = value.isEmpty ? "#\(number + 1)" : value
            func none(_ code: String) -> Match {
                Match(label: label, grid: nil, fault: Fault("/file", code, ["value": label]))
            }
            guard let key, !value.isEmpty else { return none("area-no-key") }
            let grids = index.grids(value, by: key.way)
            guard let grid = grids.first else { return none("area-unknown-grid") }
            guard grids.count == 1 else { return none("area-ambiguous-grid") }
            guard tree.isIn(scope, grid.id) else { return none("area-not-yours") }
            guard seen.insert(grid.id).inserted else {
                return Match(label: label, grid: grid, fault: Fault("/file", "area-twice", ["value": label]))
            }
            return Match(label: label, grid: grid, fault: nil)
        }
    }
}

extension CRS {
    /// Those that differ on the ground.
    static let distinct: [CRS] = [.cgcs2000, .gcj02, .bd09]
}
