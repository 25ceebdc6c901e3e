package import Kernel
package import Spreadsheets
package import Web

/// A list that somebody may take along as a spreadsheet: its columns, and its rows page by page. 导出
///
/// A room describes each of its lists by one of these; choosing columns, writing the file and remembering the choice are the same for all.
package struct ExportList: Sendable {
    package struct Column: NamedColumn, Sendable {
        package let name: String
        /// The key of its name in the catalogue.
        package let key: String
        /// What another office's form may call it, besides its names in the catalogue.
        package let aliases: [String]
        /// Whether it is there until somebody chooses.
        package let isUsual: Bool

        package init(_ name: String, key: String, aliases: [String] = [], isUsual: Bool = true) {
            self.name = name
            self.key = key
            self.aliases = aliases
            self.isUsual = isUsual
        }
    }

    /// Who asks for which rows, in which language.
    package struct Question: Sendable {
        package let principal: Principal
        /// What the list's page was filtered by.
        package let query: Form
        package let words: Words

        package init(principal: Principal, query: Form, words: Words) {
            self.principal = principal
            self.query = query
            self.words = words
        }
    }

    /// Some rows, each with a cell for every column, and where to go on.
    package struct Stretch: Sendable {
        package let rows: [[Cell]]
        package let next: String?

        package init(rows: [[Cell]], next: String?) {
            self.rows = rows
            self.next = next
        }
    }

    package let name: String
    package let titleKey: String
    package let permission: Permission
    /// Further permissions that its rows look at: whoever lacks them sees fewer rows, or none. The console has them all.
    package let further: [Permission]
    package let columns: [Column]
    /// The names of the query that its page filters by; others are dropped.
    package let filters: [String]
    /// Gives the rows after a place; nil begins at the top. Within the asker's scope, as the list's page does.
    package let rows: @Sendable (Question, String?) async throws -> Stretch

    package init(
        _ name: String, titleKey: String, permission: Permission, further: [Permission] = [], columns: [Column],
        filters: [String] = [],
        rows: @escaping @Sendable (Question, String?) async throws -> Stretch
    ) {
        self.name = name
        self.titleKey = titleKey
        self.permission = permission
        self.further = further
        self.columns = columns
        self.filters = filters
        self.rows = rows
    }
}

/// The catalogue in one language, for what is written outside a page.
package struct Words: Sendable {
    package let catalogue: Catalogue
    package let language: Language

    package init(_ catalogue: Catalogue, _ language: Language) {
        self.catalogue = catalogue
        self.language = language
    }

    package func text(_ key: String, _ values: [String: String] = [:]) -> String { catalogue.text(key, in: language, values) }
}
