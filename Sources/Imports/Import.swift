package import Kernel
import Spreadsheets
import Storage

/// One spreadsheet on its way into the registers, from upload to undo. 导入
package struct Import: Sendable {
    package enum State: String, Sendable, CaseIterable, SQLValue {
        /// The file is here; its columns have not been matched yet.
        case uploaded
        /// Being read and judged, without any change.
        case checking
        /// Judged; waits for a decision.
        case checked
        case running
        case finished
        case undoing
        case undone
        /// Could not be read to its end, or the rows changed their worth meanwhile.
        case failed
        case discarded

        /// Whether a worker has to do something.
        package var isWork: Bool { [.checking, .running, .undoing].contains(self) }
    }

    /// What happens to the sound rows when others are faulty.
    package enum Policy: String, Sendable, SQLValue {
        /// Nothing is written unless every row is sound.
        case all
        /// The sound rows are written, the others left out.
        case valid
    }

    package let id: ID<Import>
    package let kind: String
    /// The grid it is for with everything below; nil for the whole town.
    package let place: ID<GridNode>?
    package let account: ID<AccountNode>
    /// Name and post of whoever brought it, as they were then.
    package let name: String
    package let post: String
    package let fileName: String
    package let fileBytes: Int
    package var state: State
    package var policy: Policy?
    /// Why it failed: a fault's code and its place.
    package var problem: String?
    /// Rows read, sound and faulty; how many were written, and how many of them an undo had to keep.
    package var counts: Counts
    package let createdAt: Instant
    package var changedAt: Instant

    package struct Counts: Sendable, Hashable {
        package var rows = 0
        package var sound = 0
        package var faulty = 0
        package var written = 0
        package var kept = 0
        /// What the sound rows come to, as far as their kind can tell.
        package var fates: [RowFate: Int] = [:]
        package init() {}
    }

    /// How far it reaches.
    package var scope: Scope { place.map { .grids([$0]) } ?? .town }

    /// Whoever brought it, reaching no further than the import itself.
    func principal(in town: ID<Town>, _ permission: Permission) -> Principal {
        Principal(town: town, account: account, person: nil, name: name, grants: [permission: scope], post: post)
    }
}

/// What was found in a file when it came: its sheets, their headers and a few rows.
package struct Survey: Sendable, Codable, Hashable {
    package struct Sheet: Sendable, Codable, Hashable {
        let index: Int
        let name: String
        let header: Header?
        /// The first rows below the header, as people read them.
        let samples: [[String]]
        /// Rows below the header; nil when there were too many to count on the spot.
        let rows: Int?
    }
    package let sheets: [Sheet]
}

/// Which sheets are taken and which column is which field.
package struct ColumnMapping: Sendable, Codable, Hashable {
    package var sheets: [Int]
    /// Column name → field name.
    package var fields: [String: String]

    package init(sheets: [Int], fields: [String: String]) {
        self.sheets = sheets
        self.fields = fields
    }
}

/// What one row did, so that it can be taken back: an act of the kind's own and the record's id.
package struct ImportEntry: Sendable, Hashable {
    package let act: String
    package let subject: String

    package init(_ act: String, _ subject: String) {
        self.act = act
        self.subject = subject
    }
}

/// One thing wrong in a file, with its cell.
package struct RowFault: Sendable, Hashable {
    /// The row's place among all rows taken from the file, from 0.
    package let ordinal: Int
    package let sheet: Int
    package let row: Int
    /// Nil when the whole row is meant.
    package let column: Int?
    package let field: String?
    package let code: String
    package let values: [String: String]
}
