import Geometry
import Kernel
import Media
import Web

/// Notice boards to be printed and put up, one a sheet of A4: what everybody may know of a grid, and nothing else. 公示牌
struct BoardsPage: Page {
    static let template = "directory-boards"

    struct PostLine: Sendable {
        let post: String
        let holder: String
        let vacant: Bool
        /// What whoever holds it is there for.
        let duties: String
    }
    struct Board: Sendable {
        let name: String
        let code: String
        let kind: String
        let range: String?
        let map: AreaSheet?
        let posts: [PostLine]
        let dutyPhone: String?
        let supervisionPhone: String?
        let townPhone: String?
        let qr: String?
        let report: String?
    }

    let heading: String
    let gridHref: String
    let town: String
    let organiser: String
    let boards: [Board]
    let synthetic: Bool

    init(_ call: Call, grids: [Grid], tree: GridTree, names: [ID<PersonNode>: String], townPhone: String?) {
        let language = call.language
        heading = grids.first.map { tree.fullName(of: $0.id, in: language) } ?? ""
        gridHref = grids.first.map { DirectoryPath.card($0.id) } ?? DirectoryPath.grids
        town = call.visit.town.name(in: language)
        organiser = call.visit.town.host
        synthetic = grids.contains { $0.areaIsSynthetic && tree.areas[$0.id] != nil }
        boards = grids.map { grid in
            let path = tree.path(grid.id)
            let report = call.absolute(DirectoryPath.report(grid.id))
            return Board(
                name: tree.fullName(of: grid.id, in: language), code: grid.code, kind: call.label(grid.kind),
                range: grid.boundaryWords, map: Self.map(of: grid, tree, call),
                posts: Self.posts(of: grid, path, tree, names, call),
                dutyPhone: path.reversed().lazy.compactMap(\.dutyPhone).first,
                supervisionPhone: path.reversed().lazy.compactMap(\.supervisionPhone).first, townPhone: townPhone,
                qr: report.flatMap { QRCode($0) }?.svg(label: ""), report: report)
        }
    }

    /// The grid among its neighbours; a village among what lies in it.
    private static func map(of grid: Grid, _ tree: GridTree, _ call: Call) -> AreaSheet? {
        guard let own = tree.areas[grid.id] else { return nil }
        let above = grid.parent.flatMap { tree.areas[$0] }
        let beside = (grid.parent.map { tree.children(of: $0) } ?? tree.children(of: grid.id)).filter { $0.id != grid.id }
        let around = beside.compactMap { other in tree.areas[other.id].map { (grid: other, area: $0) } }
        let frame = above.flatMap { area in grid.parent.flatMap(tree.grid).map { [(grid: $0, area: area)] } } ?? []
        return grid.parent == nil
            ? AreaSheet(
                [(grid: grid, area: own, label: "")]
                    + around.map { (grid: $0.grid, area: $0.area, label: short($0.grid, in: grid, call)) })
            : AreaSheet([(grid: grid, area: own, label: "")], around: frame + around)
    }

    /// Without the name of the village, which the board says already.
    private static func short(_ grid: Grid, in village: Grid, _ call: Call) -> String {
        let (name, own) = (grid.name(in: call.language), village.name(in: call.language))
        let rest = name.hasPrefix(own) ? String(name.dropFirst(own.count)).trimmed : name
        return rest.isEmpty ? name : rest
    }

    /// The grid chief, the instructor where there is one, the grid's own worker, or whoever stands in.
    private static func posts(
        of grid: Grid, _ path: [Grid], _ tree: GridTree, _ names: [ID<PersonNode>: String], _ call: Call
    ) -> [PostLine] {
        func holders(_ kind: PostKind, on grids: [Grid]) -> String? {
            grids.lazy.map { tree.posts(on: $0.id, kind).compactMap { names[$0.person] } }.first { !$0.isEmpty }.map {
                $0.joined(separator: call.language == .zh ? "、" : ", ")
            }
        }
        let up = Array(path.reversed())
        let kinds: [(PostKind, [Grid])] = [(.gridChief, up), (.instructor, up), (.gridWorker, up)]
        return kinds.compactMap { kind, grids in
            let holder = holders(kind, on: grids)
            guard holder != nil || kind != .instructor || grid.level != .one else { return nil }
            return PostLine(
                post: call.label(kind), holder: holder ?? call.text("directory.grid.vacant"), vacant: holder == nil,
                duties: call.text("directory.board.duties.\(kind.rawValue)"))
        }
    }
}
