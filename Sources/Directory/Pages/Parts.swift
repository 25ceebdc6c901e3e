import Kernel
import Web

extension Call {
    func label(_ kind: GridKind) -> String { text("directory.kind.\(kind.rawValue)") }
    func label(_ level: GridLevel) -> String { text("directory.level.\(level.rawValue)") }
    func label(_ kind: PostKind) -> String { text("directory.post.\(kind.rawValue)") }

    /// The colour of a kind's badge.
    func badge(_ kind: GridKind) -> String {
        switch kind {
        case .village, .community: "green"
        case .exclusive: "amber"
        default: "line"
        }
    }

    /// What the form's page had shown of the changes so far; nil when the form does not say.
    var seen: Sighting? { form["seen"].flatMap(Int.init).map(Sighting.init(changes:)) }
}

extension GridTree {
    /// Links to what lies above a grid, level 1 first.
    func crumbs(above grid: Grid, _ call: Call, _ path: (ID<GridNode>) -> String) -> [LinkPart] {
        ancestors(of: grid.id).reversed().map { LinkPart(href: path($0.id), name: $0.name(in: call.language)) }
    }

    /// The names of the workers of exactly this grid.
    func workers(of grid: ID<GridNode>, _ names: [ID<PersonNode>: String]) -> [String] {
        posts(on: grid, .gridWorker).compactMap { names[$0.person] }
    }
}
