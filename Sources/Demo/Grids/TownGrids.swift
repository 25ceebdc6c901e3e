import Directory
import Geometry
import Kernel

/// The grids of the town with their codes, areas and whatever is posted about them; the same as ``GridStore`` will hold.
struct TownGrids: Sendable {
    /// Every village and, below it, what the other parts of the town are made from.
    struct Village: Sendable {
        let draft: VillageDraft
        let grid: Grid
        let levelTwo: [Grid]
        let leaves: [Leaf]
    }

    let villages: [Village]
    /// Each followed by what lies below it.
    let all: [Grid]
    let areas: [ID<GridNode>: Area]
    let ground: Ground

    init(_ layout: Layout, town: ID<Town>, time: DemoTime, _ chance: inout Chance) {
        var maker = GridMaker(layout: layout, time: time, chance: chance)
        villages = layout.villages.map { maker.village($0) }
        all = maker.grids
        areas = maker.areas
        ground = layout.ground
        chance = maker.chance
    }

    func village(_ serial: String) -> Village? { villages.first { $0.draft.entry.serial == serial } }
}

/// A grid without grids below it, and what is needed to put people and matters there.
struct Leaf: Sendable {
    let grid: Grid
    /// From the village down to the grid.
    let path: [ID<GridNode>]
    let cells: [Int]
    /// Names of its lanes; for estates and buildings, of itself.
    let lanes: [String]
}

/// Gives drafts ids, codes, names and outlines, one village after the other.
private struct GridMaker {
    let layout: Layout
    let time: DemoTime
    var chance: Chance
    var grids: [Grid] = []
    var areas: [ID<GridNode>: Area] = [:]
    private var telephones = 1000

    init(layout: Layout, time: DemoTime, chance: Chance) {
        self.layout = layout
        self.time = time
        self.chance = chance
    }

    mutating func village(_ village: Layout.Village) -> TownGrids.Village {
        let entry = village.draft.entry
        let root = make(
            GridDraft(nameZh: entry.nameZh, nameEn: entry.titleEn, kind: entry.isCommunity ? .community : .village), nil, .one,
            code: VillageList.townCode + entry.serial, boundary: "以行政区划为准", cells: village.cells)
        var lanes = chance.shuffled(Lanes.names(for: entry.isCommunity))
        var taken: Set<String> = []
        var levelTwo: [Grid] = []
        var leaves: [Leaf] = []
        for (index, part) in village.parts.enumerated() {
            let own = Array(lanes.suffix(3))
            lanes = own + lanes.dropLast(3)
            let number = levelTwo.count { $0.kind != .exclusive } + 1
            let name = part.draft.nameZh ?? "第\(Self.numeral(number))网格"
            let grid = make(
                part.draft, root, .two, code: code(.two, part.draft.kind, root.code, &taken), name: name,
                nameEn: part.draft.nameEn ?? "Grid \(number)", boundary: boundary(own, part.draft, index), cells: part.cells)
            levelTwo.append(grid)
            if part.parts.isEmpty { leaves.append(Leaf(grid: grid, path: [root.id, grid.id], cells: part.cells, lanes: own)) }
            for inner in part.parts {
                let child = make(
                    inner.draft, grid, .three, code: code(.three, inner.draft.kind, root.code, &taken),
                    boundary: Self.range(of: inner.draft), cells: inner.cells)
                let names = inner.draft.kind == .residential ? own : [child.nameZh]
                leaves.append(Leaf(grid: child, path: [root.id, grid.id, child.id], cells: inner.cells, lanes: names))
            }
        }
        return TownGrids.Village(draft: village.draft, grid: root, levelTwo: levelTwo, leaves: leaves)
    }

    private mutating func make(
        _ draft: GridDraft, _ parent: Grid?, _ level: GridLevel, code: String, name: String? = nil, nameEn: String? = nil,
        boundary: String,
        cells: [Int]
    ) -> Grid {
        telephones += 1
        let grid = Grid(
            id: chance.newID(at: time.installed.instant(hour: 9)), parent: parent?.id, level: level, kind: draft.kind,
            codeSystem: "nbs",
            code: code, nameZh: name ?? draft.nameZh ?? "", nameEn: nameEn ?? draft.nameEn,
            responsibleUnit: draft.responsibleUnit,
            boundaryWords: boundary, supervisionPhone: DemoPhones.supervision, dutyPhone: DemoPhones.duty(telephones),
            validFrom: time.opened, areaIsSynthetic: true)
        grids.append(grid)
        areas[grid.id] = layout.ground.area(of: cells)
        return grid
    }

    private func code(_ level: GridLevel, _ kind: GridKind, _ village: String, _ taken: inout Set<String>) -> String {
        let code = GridRules.nextCode(for: level, kind, village: village, taken: taken) ?? village
        taken.insert(code)
        return code
    }

    private func boundary(_ lanes: [String], _ draft: GridDraft, _ index: Int) -> String {
        if let unit = draft.responsibleUnit { return "\(unit)院内" }
        return "\(lanes.joined(separator: "、"))沿线，门牌 1 号至 \(60 + index * 12) 号"
    }

    private static func range(of draft: GridDraft) -> String {
        switch draft.kind {
        case .estate: "小区围墙以内的全部楼栋"
        case .building: "整栋楼和楼前空地"
        case .enterprise, .exclusive: "厂区围墙以内"
        default: "片区内的全部房屋"
        }
    }

    /// 一 to 九十九.
    private static func numeral(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        let tens = number / 10
        return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens % 10]) + "十") + digits[number % 10]
    }
}
