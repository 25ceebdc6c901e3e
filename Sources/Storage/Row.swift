/// One row of an answer.
package struct Row: Sendable {
    /// The names of an answer's columns, shared by all its rows.
    package final class Columns: Sendable {
        package let index: [String: Int]
        package init(_ names: [String]) {
            index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private let columns: Columns
    package let values: [StoredValue]

    package init(columns: Columns, values: [StoredValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of `column`. Throws ``StorageError/corrupt(_:)`` when there is no such column or it holds another type.
    package func get<Value: SQLValue>(_ column: String, as type: Value.Type = Value.self) throws(StorageError) -> Value {
        guard let index = columns.index[column] else { throw .corrupt("no column \(column)") }
        guard let value = Value(stored: values[index]) else { throw .corrupt("\(column) does not hold a \(type)") }
        return value
    }
}
