package import Kernel
import Spreadsheets

/// A field of a register, as a column of a spreadsheet may hold it. 字段
package struct ImportField: NamedColumn, Sendable {
    /// How its cells are read.
    package enum Form: Sendable {
        case text(limit: Int)
        /// A person's name: without blanks between Chinese characters.
        case name(limit: Int)
        /// Digits that identify something, such as a grid's code.
        case digits(limit: Int)
        /// Letters and digits that identify something, such as a credit code: eighteen digits of it may have been shortened as well.
        case code(limit: Int)
        case day
        case identity
        case phone
        case flag
        case whole(ClosedRange<Int>)
        /// A stored value and the words people write for it.
        case choice([(value: String, words: [String])])
    }

    package let name: String
    package let form: Form
    package let isRequired: Bool
    /// Whether no two rows of a file may have the same value.
    package let isUnique: Bool
    /// What columns with it are called, in Chinese and English.
    package let aliases: [String]

    package init(_ name: String, _ form: Form, isRequired: Bool = false, isUnique: Bool = false, _ aliases: String...) {
        self.init(name, form, isRequired: isRequired, isUnique: isUnique, names: aliases)
    }

    /// - Parameter aliases: of ``ColumnNames``, where the forms that go out have the same column.
    package init(_ name: String, _ form: Form, isRequired: Bool = false, isUnique: Bool = false, names aliases: [String]) {
        self.name = name
        self.form = form
        self.isRequired = isRequired
        self.isUnique = isUnique
        self.aliases = aliases
    }
}

/// The fields of one row, read and in their stored form; an empty text where the cell was empty.
package struct ImportValues: Sendable {
    let fields: [String: Int]
    let values: [String]

    /// Nil for an empty cell and for a column the file does not have.
    package subscript(name: String) -> String? {
        guard let index = fields[name], !values[index].isEmpty else { return nil }
        return values[index]
    }

    package func day(_ name: String) -> Day? { self[name].flatMap { Day($0) } }
}
