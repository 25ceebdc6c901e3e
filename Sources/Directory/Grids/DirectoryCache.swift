package import Kernel
package import Storage

/// The tree of every town asked about, kept in this process until the directory changes.
///
/// Several processes may serve one database: every change of grids or posts puts a number into `town.directory_version` that was
/// never there before, also when a transaction is rolled back, and every question compares it with the tree that is kept.
package final class DirectoryCache: Sendable {
    private struct Entry {
        let version: Int64
        let tree: GridTree
    }
    private let entries = Guarded<[ID<Town>: Entry]>([:])
    private let calendars = Guarded<[ID<Town>: (version: Int64, calendar: WorkingCalendar)]>([:])

    package init() {}

    /// The grids and posts of `town` as they stand on `day`.
    /// - Throws: ``NotFound`` when there is no such town.
    package func tree(_ tx: any Transaction, town: ID<Town>, day: Day) throws -> GridTree {
        try tree(tx, town, day, version: GridStore(tx, town: town).version())
    }

    /// The same outside a transaction.
    func tree(_ database: any Database, town: ID<Town>, day: Day) async throws -> GridTree {
        try await database.read { [self] tx in try tree(tx, town: town, day: day) }
    }

    /// What a grid whose full name in Chinese is this is called in English; nil when no grid of the tree kept here is. Asks no database.
    package func englishName(of name: String, town: ID<Town>) -> String? {
        entries.withLock { $0[town]?.tree.englishNames[name] }
    }

    /// The working calendar of `town`.
    /// - Throws: ``NotFound`` when there is no such town.
    package func calendar(_ tx: any Transaction, town: ID<Town>) throws -> WorkingCalendar {
        try calendar(tx, town, version: GridStore(tx, town: town).version())
    }

    /// Both, with the version they are of, for one question instead of two.
    /// - Throws: ``NotFound`` when there is no such town.
    package func treeAndCalendar(_ tx: any Transaction, town: ID<Town>, day: Day) throws -> (GridTree, WorkingCalendar, Int64) {
        let version = try GridStore(tx, town: town).version()
        return (try tree(tx, town, day, version: version), try calendar(tx, town, version: version), version)
    }

    private func tree(_ tx: any Transaction, _ town: ID<Town>, _ day: Day, version: Int64) throws -> GridTree {
        let kept = entries.withLock { $0[town] }
        if let kept, kept.version == version, kept.tree.day == day { return kept.tree }
        let tree = try GridStore(tx, town: town).tree(on: day)
        entries.withLock { $0[town] = Entry(version: version, tree: tree) }
        return tree
    }

    private func calendar(_ tx: any Transaction, _ town: ID<Town>, version: Int64) throws -> WorkingCalendar {
        if let kept = calendars.withLock({ $0[town] }), kept.version == version { return kept.calendar }
        let calendar = try CalendarStore(tx, town: town).calendar()
        calendars.withLock { $0[town] = (version, calendar) }
        return calendar
    }
}
