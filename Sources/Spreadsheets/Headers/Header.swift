/// The names of a sheet's columns and where they stand. 表头
package struct Header: Sendable, Codable, Hashable {
    package let firstRow: Int
    package let lastRow: Int
    /// One a column, empty where there is none; a name that comes twice has a number.
    package let names: [String]

    package init(firstRow: Int, lastRow: Int, names: [String]) {
        self.firstRow = firstRow
        self.lastRow = lastRow
        self.names = names
    }
}

/// What a column of somebody's sheet may turn out to be: a field of a register on the way in, a column of a list on the way out.
package protocol NamedColumn {
    var name: String { get }
    /// What columns with it are called, in Chinese and English, the usual ones first.
    var aliases: [String] { get }
}
