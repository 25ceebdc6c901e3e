import Foundation
package import Kernel
package import Storage

/// A column whose values are sealed, as the rotation of keys sees it: how to read on from an id, and how to put another value in.
/// Every room lists its own.
package struct SealedColumn: Sendable {
    package struct Value: Sendable {
        /// What the row is keyed by, for reading on.
        package let key: String
        package let sealed: [UInt8]
        /// What it was sealed for.
        package let place: String

        package init(key: String, sealed: [UInt8], place: String) {
            self.key = key
            self.sealed = sealed
            self.place = place
        }
    }

    package let name: String
    /// Values after a key, in its order. A key is compared as the engine stores it.
    package let read: @Sendable (any Transaction, ID<Town>, _ after: String?, _ limit: Int) throws -> [Value]
    /// Puts a value in the place of the one that was read, if it is still that.
    package let write: @Sendable (any Transaction, ID<Town>, _ key: String, _ old: [UInt8], _ new: [UInt8]) throws -> Void

    package init(
        _ name: String, read: @escaping @Sendable (any Transaction, ID<Town>, String?, Int) throws -> [Value],
        write: @escaping @Sendable (any Transaction, ID<Town>, String, [UInt8], [UInt8]) throws -> Void
    ) {
        self.name = name
        self.read = read
        self.write = write
    }

    /// For a column of a table whose key is one id.
    /// - Parameters:
    ///   - id: the key's column.
    ///   - sealed: the column itself; rows where it is null are passed over.
    ///   - place: what the value of a row was sealed for.
    package static func byID(
        _ name: String, in table: SQL, id: SQL = "id", sealed: SQL, place: @escaping @Sendable (ID<SealedColumn>) -> String
    ) -> SealedColumn {
        SealedColumn(
            name,
            read: { tx, town, after, limit in
                let start = after.flatMap { ID<SealedColumn>($0) } ?? ID(zero)
                return try tx.query(
                    """
                    SELECT \(id) AS id, \(sealed) AS sealed FROM \(table)
                    WHERE town_id = \(town) AND \(id) > \(start) AND \(sealed) IS NOT NULL ORDER BY \(id) LIMIT \(limit)
                    """
                ).map { row in
                    let key: ID<SealedColumn> = try row.get("id")
                    return Value(key: key.description, sealed: try row.get("sealed"), place: place(key))
                }
            },
            write: { tx, town, key, old, new in
                guard let key = ID<SealedColumn>(key) else { return }
                // Only while the row holds the old value.
                try tx.execute(
                    "UPDATE \(table) SET \(sealed) = \(new) WHERE town_id = \(town) AND \(id) = \(key) AND \(sealed) = \(old)")
            })
    }

    private static let zero = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}
