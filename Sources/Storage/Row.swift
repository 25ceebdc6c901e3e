/// One row of an answer.
package struct Row: Sendable {
    /// The names of an answer's columns, shared by all its rows.
    ///
    /// A list and not a dictionary: answers have few columns, and comparing short names is cheaper than hashing them.
    package final class Columns: Sendable {
        package let names: [String]
        package init(_ names: [String]) { self.names = names }
    }

    private let columns: Columns
    package let values: [StoredValue]

    package init(columns: Columns, values: [StoredValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of `column`. Throws ``StorageError/corrupt(_:)`` when there is no such column or it holds another type.
    package func get<Value: SQLValue>(_ column: String, as type: Value.Type = Value.self) throws(StorageError) -> Value {
        guard let index = columns.names.firstIndex(of: column) else { throw .corrupt("no column \(column)") }
        guard let value = Value(stored: values[index]) else { throw .corrupt("\(column) does not hold a \(type)") }
        return value
    }
}
