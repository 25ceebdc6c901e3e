import Kernel
import Spreadsheets

/// What a row of a sheet says, field by field. Pure.
enum RowRules {
    /// Reads a row's fields by the columns they are in.
    /// - Returns: the values in the fields' order, and what is wrong, each with its column.
    static func read(
        _ row: SheetRow, _ columns: [Int?], _ fields: [ImportField]
    ) -> (values: [String], faults: [(column: Int?, field: String, fault: Fault)]) {
        var faults: [(column: Int?, field: String, fault: Fault)] = []
        var values: [String] = []
        values.reserveCapacity(fields.count)
        for (index, field) in fields.enumerated() {
            var value = ""
            if let column = columns[index] {
                do throws(Invalid) {
                    value = try CellRules.read(row[column], as: field.form)
                    if value.isEmpty, field.isRequired { throw Invalid("", "required") }
                } catch {
                    faults += error.faults.map { (column, field.name, $0) }
                }
            }
            values.append(value)
        }
        return (values, faults)
    }
}
