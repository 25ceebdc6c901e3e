import Kernel
import Web

/// A grid as the public API tells of it: what is posted up anyway, nothing more.
struct GridDocument: Sendable, Encodable {
    let id: ID<GridNode>
    let parent: ID<GridNode>?
    let level: Int
    let kind: String
    let codeSystem: String
    let code: String
    let name: String
    let nameEn: String?
    let responsibleUnit: String?
    /// Whether a worker is in post, or on level 1 a chief.
    let staffed: Bool

    init(_ grid: Grid, in tree: GridTree) {
        id = grid.id
        parent = grid.parent
        level = grid.level.rawValue
        kind = grid.kind.rawValue
        codeSystem = grid.codeSystem
        code = grid.code
        name = grid.nameZh
        nameEn = grid.nameEn
        responsibleUnit = grid.responsibleUnit
        staffed = tree.staffed.contains(grid.id)
    }

    static let properties: [Schema.Property] = [
        .init("id", .uuid), .init("parent", .uuid, required: false, "The grid it lies in; absent on level 1."),
        .init("level", .integer(minimum: 1, maximum: 3)), .init("kind", .choice(GridKind.allCases.map(\.rawValue))),
        .init("codeSystem", .string(), "The register the code is from; bare codes of two registers clash."),
        .init("code", .string()),
        .init("name", .string()), .init("nameEn", .string(), required: false),
        .init("responsibleUnit", .string(), required: false, "Who answers for an exclusive or enterprise grid."),
        .init("staffed", .boolean, "Whether a worker is in post, or on level 1 a chief."),
    ]
}

/// One grid with everything that is posted up about it.
struct GridFacts: Sendable, Encodable {
    let grid: GridDocument
    /// From level 1 down to the grid itself.
    let path: [GridDocument]
    let boundaryWords: String?
    let dutyPhone: String?
    let supervisionPhone: String?
    let workers: [String]
    let station: String?
    let children: [GridDocument]

    init(_ card: GridCard) {
        let tree = card.tree
        grid = GridDocument(card.grid, in: tree)
        path = tree.path(card.grid.id).map { GridDocument($0, in: tree) }
        boundaryWords = card.grid.boundaryWords
        dutyPhone = tree.path(card.grid.id).reversed().lazy.compactMap(\.dutyPhone).first
        supervisionPhone = tree.path(card.grid.id).reversed().lazy.compactMap(\.supervisionPhone).first
        workers = tree.workers(of: card.grid.id, card.names)
        station = card.station?.name
        children = tree.children(of: card.grid.id).map { GridDocument($0, in: tree) }
    }

    static let schema = Schema.object([
        .init("grid", .object(GridDocument.properties)), .init("path", .array(.object(GridDocument.properties), maxItems: 3)),
        .init("boundaryWords", .string(), required: false), .init("dutyPhone", .string(), required: false),
        .init("supervisionPhone", .string(), required: false),
        .init("workers", .array(.string()), "Names of the workers in post, as posted up at the grid."),
        .init("station", .string(), required: false), .init("children", .array(.object(GridDocument.properties))),
    ])
}

/// Where a point is.
struct LocationDocument: Sendable, Encodable {
    let grid: GridDocument?
    let path: [GridDocument]

    static let schema = Schema.object([
        .init(
            "grid", .nullable(.object(GridDocument.properties)), "The deepest grid that covers the point; null outside the town."),
        .init("path", .array(.object(GridDocument.properties), maxItems: 3)),
    ])

    private enum Member: String, CodingKey { case grid, path }

    /// Writes `null` for no grid instead of leaving the member out.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Member.self)
        try container.encode(grid, forKey: .grid)
        try container.encode(path, forKey: .path)
    }
}
