import Foundation
import Kernel
import Spreadsheets
import Storage

/// Every statement about what an import holds: the file's pieces, its rows, what is wrong with them and what they became.
struct ImportContentStore {
    let tx: any Transaction
    let town: ID<Town>
    let id: ID<Import>

    init(_ tx: any Transaction, town: ID<Town>, of id: ID<Import>) {
        self.tx = tx
        self.town = town
        self.id = id
    }

    // MARK: The file

    func add(piece bytes: [UInt8], _ number: Int) throws {
        try tx.execute(
            """
            INSERT INTO import_piece (town_id, import_id, number, bytes) VALUES (\(town), \(id), \(number), \(bytes))
            ON CONFLICT (town_id, import_id, number) DO NOTHING
            """)
    }

    func piece(_ number: Int) throws -> [UInt8]? {
        try tx.value(
            "SELECT bytes FROM import_piece WHERE town_id = \(town) AND import_id = \(id) AND number = \(number)",
            as: [UInt8].self)
    }

    // MARK: Rows

    func add(batch bytes: [UInt8], _ number: Int) throws {
        try tx.enqueue(
            "INSERT INTO import_batch (town_id, import_id, number, bytes) VALUES (\(town), \(id), \(number), \(bytes))")
    }

    func batch(_ number: Int) throws -> [UInt8]? {
        try tx.value(
            "SELECT bytes FROM import_batch WHERE town_id = \(town) AND import_id = \(id) AND number = \(number)",
            as: [UInt8].self)
    }

    /// Removes the file and the rows read from it, which are people's data and no longer needed.
    func destroy() throws {
        try tx.execute("DELETE FROM import_piece WHERE town_id = \(town) AND import_id = \(id)")
        try tx.execute("DELETE FROM import_batch WHERE town_id = \(town) AND import_id = \(id)")
    }

    /// Removes what a former reading left.
    func forgetReading() throws {
        try tx.execute("DELETE FROM import_batch WHERE town_id = \(town) AND import_id = \(id)")
        try tx.execute("DELETE FROM import_fault WHERE town_id = \(town) AND import_id = \(id)")
        try forgetNotes()
    }

    // MARK: Faults

    func add(_ fault: RowFault, _ number: Int) throws {
        // Whatever stood in the cell: a number in the wrong column is not kept in clear.
        let detail = try Self.json(fault.values.mapValues(PlainCharacters.withoutNumbers))
        try tx.enqueue(
            """
            INSERT INTO import_fault (town_id, import_id, number, ordinal, sheet, row_number, column_number, field, code, detail)
            VALUES (\(town), \(id), \(number), \(fault.ordinal), \(fault.sheet), \(fault.row), \(fault.column), \(fault.field), \(fault.code),
                \(detail))
            """)
    }

    /// In the file's order.
    func faults(after ordinal: Int = -1, limit: Int) throws -> [RowFault] {
        try tx.query(
            """
            SELECT ordinal, sheet, row_number, column_number, field, code, detail FROM import_fault
            WHERE town_id = \(town) AND import_id = \(id) AND ordinal > \(ordinal) ORDER BY ordinal, column_number, number LIMIT \(limit)
            """
        ).map { row in
            let detail: String = try row.get("detail")
            return RowFault(
                ordinal: try row.get("ordinal"), sheet: try row.get("sheet"), row: try row.get("row_number"),
                column: try row.get("column_number"), field: try row.get("field"), code: try row.get("code"),
                values: try JSONDecoder().decode([String: String].self, from: Data(detail.utf8)))
        }
    }

    func nextFault() throws -> Int {
        (try tx.value("SELECT count(*) FROM import_fault WHERE town_id = \(town) AND import_id = \(id)", as: Int.self)) ?? 0
    }

    /// The rows that must not be written.
    func faultyRows() throws -> Set<Int> {
        Set(
            try tx.query(
                "SELECT DISTINCT ordinal FROM import_fault WHERE town_id = \(town) AND import_id = \(id) ORDER BY ordinal"
            ).map {
                try $0.get("ordinal", as: Int.self)
            })
    }

    // MARK: Notes

    func add(_ note: RowNote, _ number: Int) throws {
        try tx.enqueue(
            """
            INSERT INTO import_note (town_id, import_id, number, ordinal, sheet, row_number, fate)
            VALUES (\(town), \(id), \(number), \(note.ordinal), \(note.sheet), \(note.row), \(note.fate.rawValue))
            """)
    }

    func forgetNotes() throws {
        try tx.execute("DELETE FROM import_note WHERE town_id = \(town) AND import_id = \(id)")
    }

    /// In the file's order.
    func notes(limit: Int) throws -> [RowNote] {
        try tx.query(
            """
            SELECT ordinal, sheet, row_number, fate FROM import_note
            WHERE town_id = \(town) AND import_id = \(id) ORDER BY number LIMIT \(limit)
            """
        ).compactMap { row in
            let ordinal: Int = try row.get("ordinal")
            guard let fate = RowFate(rawValue: try row.get("fate")) else { return nil }
            return RowNote(ordinal: ordinal, sheet: try row.get("sheet"), row: try row.get("row_number"), fate: fate)
        }
    }

    // MARK: What was written

    func add(_ entries: [ImportEntry], _ number: Int) throws {
        let text = entries.map { "\($0.act) \($0.subject)" }.joined(separator: "\n")
        try tx.enqueue(
            "INSERT INTO import_entry (town_id, import_id, number, entries) VALUES (\(town), \(id), \(number), \(text))")
    }

    /// The last stretch of entries that is left.
    func lastEntries() throws -> (number: Int, entries: [ImportEntry])? {
        guard
            let row = try tx.first(
                "SELECT number, entries FROM import_entry WHERE town_id = \(town) AND import_id = \(id) ORDER BY number DESC LIMIT 1"
            )
        else { return nil }
        let lines = try row.get("entries", as: String.self).split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
        return (try row.get("number"), lines.filter { $0.count == 2 }.map { ImportEntry(String($0[0]), String($0[1])) })
    }

    func removeEntries(_ number: Int) throws {
        try tx.execute("DELETE FROM import_entry WHERE town_id = \(town) AND import_id = \(id) AND number = \(number)")
    }

    private static func json(_ values: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(values), as: UTF8.self)
    }
}
