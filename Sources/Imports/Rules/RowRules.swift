import Kernel
import Spreadsheets

/// Which rows of a sheet are records. Pure.
enum RowRules {
    /// Whether a row below the header is none: a total, a signature line, or the header printed again on the next page.
    static func isAside(_ row: SheetRow, _ header: Header) -> Bool {
        let texts = row.cells.map { PlainCharacters.name($0.shown) }
        let filled = texts.filter { !$0.isEmpty }
        guard let first = filled.first else { return true }
        let names = header.names.map(PlainCharacters.name)
        if filled.count > 1, texts.enumerated().allSatisfy({ $1.isEmpty || ($0 < names.count && names[$0].hasSuffix($1)) }) {
            return true
        }
        let marks = ["合计", "总计", "小计", "共计", "填表", "制表", "审核", "负责人", "备注", "说明", "注", "total", "note"]
        guard marks.contains(where: { first == $0 || first.hasPrefix($0) && filled.count <= 4 && $0.count > 1 }) else {
            return false
        }
        // 合计 in a register's first column, followed by figures alone.
        return filled.dropFirst().allSatisfy { $0.allSatisfy(\.isNumber) }
            || filled.count <= 2 && row.cells.count { !$0.isEmpty } <= 2
    }

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
