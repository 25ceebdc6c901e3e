import Kernel

/// The paths of the handovers' pages, written once.
enum HandoverPath {
    static let all = "/office/handovers"

    static func form(_ post: ID<Post>) -> String { "/office/posts/\(post)/handover" }
    static func pack(_ handover: ID<Handover>) -> String { "\(all)/\(handover)" }
    static func list(_ grid: ID<GridNode>) -> String { "\(all)?grid=\(grid)" }
    static func split(_ grid: ID<GridNode>) -> String { "/office/grids/\(grid)/split" }
    static func merger(_ grid: ID<GridNode>) -> String { "/office/grids/\(grid)/merger" }
}
