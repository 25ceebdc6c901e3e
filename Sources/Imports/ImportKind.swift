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

/// Judges rows by their kind's rules and by what the register holds at this moment.
package protocol RowChecker: Sendable {
    /// What each row comes to, or what is wrong with it.
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

/// One row of an import. 导入行
package struct ImportRow: Sendable {
    package let values: ImportValues
    /// The same for the same row of the same import, however often it is tried.
    package let id: UUID
}

/// Writes rows of one import inside a transaction. A row that is refused has changed nothing.
package protocol ImportSession: AnyObject {
    /// What of rows is made out without the database.
    associatedtype Prepared: Sendable = Void
    /// Runs on another thread while the rows before are written.
    var preparation: @Sendable (_ rows: [ImportRow]) -> Prepared { get }
    /// Told which rows come next, so that what they need is fetched for all of them at once.
    func prepare(_ rows: [ImportRow], _ prepared: Prepared) throws
    /// - Throws: ``Invalid`` with pointers `/field`, ``NotFound``, ``Forbidden`` and ``Conflict`` for a row that cannot be written.
    func write(_ row: ImportRow) throws -> RowOutcome
    /// Told that the rows it was told of are through, so that all of them may be written at once.
    func settle() throws
    /// Told now and then, when there is several times as much as before, so that the planner learns of it.
    func measure() throws
    /// - Throws: ``StorageError/foreignKeyViolation(_:)`` when something hangs on the record, ``ChangedSince``.
    func undo(_ entry: ImportEntry) throws
}

/// What an entry wrote has been changed by somebody since, so it stays.
package struct ChangedSince: Error {}

extension ImportSession {
    package func settle() throws {}
    package func measure() throws {}
}

extension ImportSession where Prepared == Void {
    package var preparation: @Sendable (_ rows: [ImportRow]) -> Void { { _ in } }
    package func prepare(_ rows: [ImportRow], _ prepared: Void) throws {}
}
