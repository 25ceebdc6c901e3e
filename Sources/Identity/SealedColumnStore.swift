import Foundation
package import Kernel
package import Storage

extension SealedColumn {
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
