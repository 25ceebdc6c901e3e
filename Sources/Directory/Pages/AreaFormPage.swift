import Geometry
import Kernel
import Web

/// The area of one grid: as it is, where it may go, and a new drawing in its place.
struct AreaFormPage: Page {
    static let template = "directory-area"

    struct Finding: Sendable {
        let number: String
        let text: String
    }

    let grid: String
    let gridHref: String
    let action: String
    let undoAction: String
    let request: String
    let undoRequest: String
    let seen: Int
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let findings: [Finding]
    let crs: [ChoicePart]
    let area: String
    let size: String?
    let corners: String
    let mayUndo: Bool
    let map: AreaSheet?
    let credit: String?
    /// Whether the corners are few enough to be moved one by one.
    let movable: Bool

    /// More corners than this are drawn again, not moved.
    private static let movableLimit = 500

    init(_ call: Call, card: GridCard, mayUndo: Bool, isSent: Bool, faults: [Fault]) {
        let (here, tree) = (card.grid, card.tree)
        let (stored, language) = (tree.areas[here.id], call.language)
        let shown = ShownFaults(faults, call)
        grid = tree.fullName(of: here.id, in: language)
        gridHref = DirectoryPath.card(here.id)
        action = DirectoryPath.area(here.id)
        undoAction = DirectoryPath.areaUndoing(here.id)
        request = isSent ? call.freshRequest : call.newRequest
        undoRequest = call.newRequest
        seen = card.sightings["grid.area", default: .nothing].changes
        self.faults = shown.lines
        fault = shown.byField
        let datum = CRS(rawValue: call.sent("crs")) ?? .cgcs2000
        crs = CRS.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("directory.crs.\($0.rawValue)"), chosen: $0 == datum)
        }
        let text = isSent ? call.drawing : stored.flatMap { $0.corners <= Self.movableLimit ? $0.geoJSON() : nil } ?? ""
        area = text
        size = stored.map { call.size(of: $0) }
        corners = stored.map { call.count($0.corners) } ?? "0"
        self.mayUndo = mayUndo
        // What was refused is shown where it was drawn, as far as it can be read.
        let refused = isSent ? try? Area(geoJSON: text.utf8, crs: datum) : nil
        let marked = faults.map { AreaFinding(here.nameZh, here.id, $0) }
        findings = marked.enumerated().map { Finding(number: String($0 + 1), text: call.text($1.fault)) }
        let beside =
            (here.parent.map { [$0] + tree.children(of: $0).map(\.id) } ?? tree.roots.map(\.id))
            + tree.children(of: here.id).map(\.id)
        let around = beside.filter { $0 != here.id }.compactMap { id -> (grid: Grid, area: Area)? in
            guard let grid = tree.grid(id), let area = tree.areas[id] else { return nil }
            return (grid, area)
        }
        let own = (refused ?? stored).map { [(grid: here, area: $0, label: "")] } ?? []
        map = AreaSheet(own, around: around, findings: marked, under: call)
        credit = map == nil ? nil : call.mapCredit
        movable = map != nil && (refused ?? stored).map { $0.corners <= Self.movableLimit } ?? true
    }
}

extension Call {
    /// The drawing a form sent: a file, or what was typed.
    var drawing: String {
        form.files("file").first.map { String(decoding: $0.bytes, as: UTF8.self) } ?? form["area"] ?? ""
    }

    /// How much ground an area covers, in km² to a thousandth.
    func size(of area: Area) -> String {
        let thousandths = (area.squareDecimetres + 50_000) / 100_000
        let decimals = String(thousandths % 1000 + 1000).dropFirst()
        return "\(count(thousandths / 1000)).\(decimals) km²"
    }
}
