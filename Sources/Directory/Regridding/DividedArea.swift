import Geometry
import Kernel
import Storage

/// Ground that goes from one grid to another together with whoever lives on it.
struct DividedArea {
    private let drawn: Area
    private let source: Grid
    private let target: Grid

    init(_ drawn: Area, from source: Grid, to target: Grid) {
        self.drawn = drawn
        self.source = source
        self.target = target
    }

    /// What was drawn becomes, or joins, the one's area and is taken from the other's.
    /// - Throws: ``Invalid`` when nothing is left of the other, or by ``AreaSetRules``.
    func write(_ change: DirectoryChange) throws {
        let tree = try GridStore(change.tx, town: change.town).tree(on: change.ambient.now().day())
        var settings = [AreaSetRules.Setting(target, tree.areas[target.id].flatMap { $0.joined(with: drawn) } ?? drawn)]
        if let before = tree.areas[source.id] {
            guard let rest = before.subtracting(drawn) else { throw Invalid("/area", "regrid-takes-all") }
            settings.append(AreaSetRules.Setting(source, rest))
        }
        let findings = AreaSetRules.findings(settings, in: tree).filter { !$0.isWarning }
        guard findings.isEmpty else { throw Invalid(findings.map(\.fault)) }
        for setting in settings { try SetArea.put(setting, in: tree, change) }
    }
}

extension SetArea {
    /// An area that was worked out from others, in a change that is more than this.
    static func put(_ setting: AreaSetRules.Setting, in tree: GridTree, _ change: DirectoryChange) throws {
        try put(
            setting.area, on: setting.grid, in: tree, detail(of: setting.area, .wgs84), try change.further(),
            isSynthetic: setting.grid.areaIsSynthetic)
    }
}
