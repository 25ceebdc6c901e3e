import Kernel

/// The paths of the notice board's pages, written once.
enum ExposurePath {
    static let board = "/points/board"
    static let office = "/office/exposures"
    static let policy = "\(office)/policy"

    static func show(_ id: ID<Exposure>) -> String { "\(office)/\(id)" }
    static func picture(_ id: ID<Exposure>) -> String { "\(show(id))/picture" }
    static func shownPicture(_ id: ID<Exposure>) -> String { "\(board)/\(id)/picture" }
    static func appeal(_ id: ID<Exposure>) -> String { "/points/exposures/\(id)/appeal" }
}
