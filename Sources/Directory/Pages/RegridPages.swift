import Kernel
import Web

/// The form that moves a part of a grid's households into another grid.
struct SplitForm: Page {
    static let template = "directory-split"

    let may: Bool
    let request: String
    let grid: String
    let gridHref: String
    let action: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let day: String
    let targets: [ChoicePart]
    let nameZh: String
    let nameEn: String
    let kinds: [ChoicePart]
    let unit: String
    let boundary: String
    let ticked: Bool
    let byAddress: Bool
    let byArea: Bool
    let filter: String
    let households: [ChoicePart]
    let more: String?
    let address: String
    let crs: [ChoicePart]
    let area: String
    let takesArea: Bool

    /// What the rules call a field, and what the form calls it.
    private static let fields = [
        "source": "target", "from": "day", "to": "day", "responsibleUnit": "unit", "boundaryWords": "boundary", "level": "kind",
        "code": "kind",
    ]

    init(
        _ call: Call, tree: GridTree, grid: Grid, households: [(id: ID<Household>, address: String)], filter: String,
        faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call, fields: Self.fields)
        may = grid.level != .one
        request = call.freshRequest
        self.grid = tree.fullName(of: grid.id, in: call.language)
        gridHref = DirectoryPath.card(grid.id)
        action = HandoverPath.split(grid.id)
        self.faults = shown.lines
        fault = shown.byField
        day = call.sent("day", else: tree.day.description)
        let chosen = call.sent("target", else: "new")
        targets =
            [ChoicePart(value: "new", label: call.text("directory.regrid.new"), chosen: chosen == "new")]
            + call.targets(tree, beside: grid, chosen: chosen)
        nameZh = call.sent("nameZh")
        nameEn = call.sent("nameEn")
        let kind = GridKind(rawValue: call.sent("kind")) ?? grid.kind
        kinds = GridRules.kinds(on: grid.level).map { ChoicePart(value: $0.rawValue, label: call.label($0), chosen: $0 == kind) }
        unit = call.sent("unit")
        boundary = call.sent("boundary")
        let by = call.sent("by", else: "ticked")
        (ticked, byAddress, byArea) = (by == "ticked", by == "address", by == "inside")
        self.filter = filter
        let ticks = Set(call.form.all("household"))
        self.households = households.prefix(HandoverRoom.listed).map {
            ChoicePart(value: $0.id.description, label: $0.address, chosen: ticks.contains($0.id.description))
        }
        more =
            households.count > HandoverRoom.listed
            ? call.text("directory.regrid.more", ["count": call.count(HandoverRoom.listed)]) : nil
        address = call.sent("address")
        let datum = CRS(rawValue: call.sent("crs")) ?? .cgcs2000
        crs = CRS.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("directory.crs.\($0.rawValue)"), chosen: $0 == datum)
        }
        area = call.sent("area")
        takesArea = call.form["request"] == nil || call.form["takesArea"] != nil
    }
}

/// The form that dissolves a grid into another.
struct MergeForm: Page {
    static let template = "directory-merger"

    let may: Bool
    let request: String
    let grid: String
    let gridHref: String
    let action: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let what: [FigurePart]
    let targets: [ChoicePart]
    let day: String

    init(_ call: Call, tree: GridTree, grid: Grid, households: Int, open: Int?, faults: [Fault]) {
        let shown = ShownFaults(faults, call, fields: ["source": "target", "to": "day", "from": "day"])
        may = grid.level != .one
        request = call.freshRequest
        self.grid = tree.fullName(of: grid.id, in: call.language)
        gridHref = DirectoryPath.card(grid.id)
        action = HandoverPath.merger(grid.id)
        self.faults = shown.lines
        fault = shown.byField
        what = [
            ("households", households), ("posts", tree.posts(on: grid.id).count), ("matters", open ?? 0),
        ].map { FigurePart(label: call.text("directory.regrid.\($0.0)"), value: call.count($0.1)) }
        targets = call.targets(tree, beside: grid, chosen: call.sent("target"))
        day = call.sent("day", else: tree.day.description)
    }
}

extension Call {
    /// The grids of the same village that a grid's households may go to.
    fileprivate func targets(_ tree: GridTree, beside grid: Grid, chosen: String) -> [ChoicePart] {
        let village = tree.village(of: grid.id)?.id
        return tree.all.filter { other in
            other.level != .one && other.id != grid.id && tree.village(of: other.id)?.id == village
        }.map {
            ChoicePart(
                value: $0.id.description, label: tree.fullName(of: $0.id, in: language), chosen: $0.id.description == chosen)
        }
    }
}
