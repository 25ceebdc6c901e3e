import Directory
import Kernel
import Web

/// One of the four steps at the top of a matter.
struct StepPart: Sendable {
    let position: String
    let label: String
    let done: Bool
    let now: Bool

    static func all(at stage: MatterStage, _ call: Call) -> [StepPart] {
        let order: [(MatterStage, String)] = [
            (.collected, "collect"), (.accepted, "handle"), (.handled, "follow-up"), (.closed, "closed"),
        ]
        let current = order.firstIndex { $0.0 == stage } ?? 0
        return order.enumerated().map { index, step in
            StepPart(
                position: String(index + 1), label: call.text("matters.stage.\(step.1)"),
                done: index < current || stage == .closed,
                now: index == current && stage.isOpen)
        }
    }
}

/// A fault as the list at the head of a form shows it, with the field it leads to.
struct FaultPart: Sendable {
    let field: String
    let text: String
}

/// The villages as a schematic map, and where the matter is.
struct MapPart: Sendable {
    struct Area: Sendable {
        let code: String
        let label: String
        let path: String
        let shade: String
        let x: String
        let y: String
        let chosen: Bool
    }
    struct Spot: Sendable {
        let x: String
        let y: String
    }
    let viewBox: String
    let west: String
    let south: String
    let east: String
    let north: String
    let areas: [Area]
    let here: [Spot]

    /// Nil when no grid has an area.
    init?(_ tree: GridTree, chosen: ID<GridNode>?, here point: Coordinate?, _ language: Language) {
        guard let sketch = tree.sketch else { return nil }
        viewBox = sketch.viewBox
        west = String(sketch.west)
        south = String(sketch.south)
        east = String(sketch.east)
        north = String(sketch.north)
        areas = sketch.outlines.filter { $0.level == .one }.enumerated().compactMap { index, outline in
            guard let grid = tree.grid(outline.id) else { return nil }
            return Area(
                code: grid.code, label: grid.name(in: language), path: outline.path, shade: "c\(index % 6 + 1)",
                x: String(outline.labelX),
                y: String(outline.labelY), chosen: outline.id == chosen)
        }
        here = point.map { [sketch.place($0)].map { Spot(x: String($0.x), y: String($0.y)) } } ?? []
    }
}

/// A photo of a matter, for the staff.
struct PhotoPart: Sendable {
    let small: String
    let full: String
    let description: String
    /// Where it is painted over, for those who may.
    let redact: String?
    let isShown: Bool

    init(_ photo: MatterPhoto, _ call: Call, mayRedact: Bool = false) {
        small = "/photos/\(photo.id)?size=thumb"
        full = "/photos/\(photo.id)?size=full"
        description = call.text("matters.words.photo", ["position": String(photo.position + 1)])
        redact = mayRedact ? RedactionRoutes.page(of: photo) : nil
        isShown = photo.shownAt != nil
    }

    /// One that everybody may see.
    init(shown id: ID<MatterPhoto>, _ position: Int, _ call: Call) {
        small = MatterPhoto.publicPath(id, isSmall: true)
        full = MatterPhoto.publicPath(id)
        description = call.text("matters.words.photo", ["position": String(position + 1)])
        (redact, isShown) = (nil, false)
    }
}
