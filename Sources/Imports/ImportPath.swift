import Kernel

/// The paths of this room's pages, written once.
enum ImportPath {
    static let list = "/office/imports"
    static func show(_ id: ID<Import>) -> String { "\(list)/\(id)" }
    static func mapping(_ id: ID<Import>) -> String { "\(show(id))/mapping" }
    static func decision(_ id: ID<Import>) -> String { "\(show(id))/decision" }
    static func undoing(_ id: ID<Import>) -> String { "\(show(id))/undoing" }
    static func discarding(_ id: ID<Import>) -> String { "\(show(id))/discarding" }
    static func corrected(_ id: ID<Import>) -> String { "\(show(id))/corrected" }
    static func blank(_ kind: String) -> String { "/office/import-templates/\(kind)" }
    static func document(_ id: ID<Import>) -> String { "/api/v1/imports/\(id)" }
}
