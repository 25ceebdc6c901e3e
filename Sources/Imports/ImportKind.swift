package import Foundation
package import Kernel
package import Storage

/// A register that spreadsheets may be imported into. 导入种类
package protocol ImportKind: Sendable {
    /// In addresses, on the command line and in words: `grids`.
    var name: String { get }
    /// What somebody needs who brings such a file.
    var permission: Permission { get }
    var fields: [ImportField] { get }
    /// Begins a stretch of rows inside one transaction.
    func session(_ tx: any Transaction, _ context: ImportContext) throws -> any ImportSession
    /// Judges rows without writing them, for registers too large to be written on trial; nil for the others.
    func checker(_ tx: any Transaction, _ context: ImportContext) throws -> (any RowChecker)?
}

extension ImportKind {
    package func checker(_ tx: any Transaction, _ context: ImportContext) throws -> (any RowChecker)? { nil }
}

/// Judges one row by everything that does not change from row to row.
package protocol RowChecker: Sendable {
    /// - Throws: as ``ImportSession/write(_:as:)``.
    func check(_ row: ImportValues) throws
    /// What rows that were found sound come to, by what the register holds at this moment.
    func fates(of rows: [ImportValues], _ tx: any Transaction) throws -> [Result<RowFate, Invalid>]
}

/// Who imports, how far that reaches, and what the rows come from.
package struct ImportContext: Sendable {
    package let principal: Principal
    package let scope: Scope
    /// The import's id, as the history names it.
    package let source: String
    package let ambient: Ambient

    package var today: Day { ambient.now().day() }
}

/// Writes rows of one import inside a transaction. A row that is refused has changed nothing.
package protocol ImportSession: AnyObject {
    /// Told which rows come next, so that what they need is fetched for all of them at once.
    func prepare(_ rows: [(values: ImportValues, id: UUID)]) throws
    /// - Parameter id: the same for the same row of the same import, however often it is tried.
    /// - Throws: ``Invalid`` with pointers `/field`, ``NotFound``, ``Forbidden`` and ``Conflict`` for a row that cannot be written.
    func write(_ row: ImportValues, as id: UUID) throws -> RowOutcome
    /// - Throws: ``StorageError/foreignKeyViolation(_:)`` when something hangs on the record, ``ChangedSince``.
    func undo(_ entry: ImportEntry) throws
}

/// What an entry wrote has been changed by somebody since, so it stays.
package struct ChangedSince: Error {}

extension ImportSession {
    package func prepare(_ rows: [(values: ImportValues, id: UUID)]) throws {}
}
