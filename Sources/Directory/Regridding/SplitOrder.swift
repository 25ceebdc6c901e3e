package import Kernel

/// What is asked of ``SplitGrid``.
package struct SplitOrder: Sendable, Hashable {
    /// Where the households go.
    package enum Target: Sendable, Hashable {
        /// A grid that is opened beside the other one, under the same parent.
        case new(kind: GridKind, nameZh: String, nameEn: String?, responsibleUnit: String?, boundaryWords: String?)
        case standing(ID<GridNode>)
    }

    /// Which households go.
    package enum Choice: Sendable, Hashable {
        case ticked([ID<Household>])
        /// Every one whose address holds this, such as a lane's name.
        case address(String)
        /// Every one whose place lies in the drawing.
        case inside(geoJSON: String, CRS)
    }

    package let source: ID<GridNode>
    package let target: Target
    package let choice: Choice
    /// The first day in the other grid.
    package let day: Day
    /// Whether what was drawn becomes the new grid's area and is taken from the other one's.
    package let takesArea: Bool

    package init(
        _ source: ID<GridNode>, to target: Target, _ choice: Choice, from day: Day, takesArea: Bool = false
    ) {
        self.source = source
        self.target = target
        self.choice = choice
        self.day = day
        self.takesArea = takesArea
    }

    var said: [String] {
        let goal =
            switch target {
            case .new(let kind, let zh, let en, let unit, let words): [kind.rawValue, zh, en ?? "", unit ?? "", words ?? ""]
            case .standing(let id): [id.description]
            }
        let chosen =
            switch choice {
            case .ticked(let ids): ids.map(\.description).sorted()
            case .address(let text): ["address", text]
            case .inside(let drawing, let crs): ["inside", crs.rawValue, drawing]
            }
        return [takesArea ? "area" : ""] + goal + chosen
    }
}
