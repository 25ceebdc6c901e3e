import Foundation
import Kernel
import Spreadsheets
import Web

/// Another office's form, what fills it, and where it is remembered. 外来表
struct OfficeForm: Sendable {
    /// What fills one column.
    enum Source: Sendable, Hashable {
        case empty
        /// 1 in the first row.
        case number
        case column(String)

        init(_ text: String) {
            switch text {
            case "": self = .empty
            case FormColumn.number: self = .number
            default: self = .column(text)
            }
        }

        var text: String {
            switch self {
            case .empty: ""
            case .number: FormColumn.number
            case .column(let name): name
            }
        }
    }

    let id: ID<OfficeForm>
    /// Whose it is: a village's, or the town's.
    let place: ID<GridNode>
    let list: String
    /// The file's name.
    let name: String
    let shape: FormShape
    /// One for each column of the form.
    var sources: [Source]

    /// Rows of one form at most.
    static let rowLimit = 20_000
}

/// A column of a list as a form may call it.
struct FormColumn: NamedColumn {
    /// The form's own numbering.
    static let number = "#"
    let name: String
    let aliases: [String]

    static func all(of list: ExportList, _ words: Words) -> [FormColumn] {
        [FormColumn(name: number, aliases: ["序号", "编号", "No.", "Number"])]
            + list.columns.map { column in
                let own = [words.catalogue.text(column.key, in: .zh), words.catalogue.text(column.key, in: .en)]
                return FormColumn(name: column.name, aliases: own + column.aliases)
            }
    }

    /// What fills the columns of a form, by their names.
    static func match(_ header: Header, _ columns: [FormColumn]) -> [OfficeForm.Source] {
        let found = ColumnRules.match(header.names, columns)
        return header.names.map { OfficeForm.Source(found[$0] ?? "") }
    }
}
