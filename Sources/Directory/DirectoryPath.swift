import Kernel

/// The paths of this room's pages, written once.
enum DirectoryPath {
    static let home = "/"
    static let villages = "/villages"
    static let map = "/map"
    static let today = "/office"
    static let grids = "/office/grids"
    static let officeMap = "/office/map"
    static let areaImports = "/office/area-imports"
    static let town = "/office/town"
    static let townPosts = "/office/town/posts"
    static let newVillage = "/office/villages/new"
    static let documents = "/office/documents"
    static let newDocument = "/office/documents/new"
    static let checks = "/office/checks"
    static let calendar = "/office/calendar"
    static let calendarCompletion = "/office/calendar/completion"

    static func calendar(_ year: Int) -> String { "\(calendar)?year=\(year)" }

    static func place(_ grid: ID<GridNode>) -> String { "/places/\(grid)" }
    static func report(_ grid: ID<GridNode>) -> String { "/report?grid=\(grid)" }
    static func thanks(_ village: ID<GridNode>) -> String { "/places/\(village)/thanks" }
    static func card(_ grid: ID<GridNode>) -> String { "\(grids)/\(grid)" }
    static func posts(_ grid: ID<GridNode>) -> String { "\(card(grid))/posts" }
    static func station(_ grid: ID<GridNode>) -> String { "\(card(grid))/station" }
    static func profile(_ grid: ID<GridNode>) -> String { "\(card(grid))/profile" }
    static func figures(_ grid: ID<GridNode>) -> String { "\(card(grid))/figures" }
    static func naturalVillages(_ grid: ID<GridNode>) -> String { "\(card(grid))/natural-villages" }
    static func document(_ document: ID<MechanismDocument>) -> String { "/documents/\(document)" }
    static func edition(_ document: ID<MechanismDocument>) -> String { "\(documents)/\(document)/editions" }
    static func withdrawal(_ document: ID<MechanismDocument>) -> String { "\(documents)/\(document)/ending" }
    static func edit(_ grid: ID<GridNode>) -> String { "\(card(grid))/edit" }
    static func area(_ grid: ID<GridNode>) -> String { "\(card(grid))/area" }
    static func areaUndoing(_ grid: ID<GridNode>) -> String { "\(area(grid))/undoing" }
    static func areaImport(_ item: ID<AreaImport>) -> String { "\(areaImports)/\(item)" }
    static func board(_ grid: ID<GridNode>) -> String { "\(card(grid))/notice-board" }
    static func codes(_ grid: ID<GridNode>) -> String { "\(card(grid))/codes" }
    /// What the QR codes of a station and of a natural village lead to.
    static func report(atStation grid: ID<GridNode>) -> String { "/report?station=\(grid)" }
    static func report(in natural: ID<NaturalVillage>) -> String { "/report?natural=\(natural)" }
    static func boards(_ grid: ID<GridNode>) -> String { "\(card(grid))/notice-boards" }
    static func ending(of grid: ID<GridNode>) -> String { "\(card(grid))/ending" }
    static func children(_ grid: ID<GridNode>) -> String { "\(card(grid))/children" }
    static func ending(_ post: ID<Post>) -> String { "/office/posts/\(post)/ending" }
}
