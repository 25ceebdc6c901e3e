/// What a sound row comes to, by what the registers hold already. 试导入结果
package enum RowFate: String, Sendable, CaseIterable, Codable {
    /// A new record.
    case new
    /// Known, and lives here too from now on.
    case moves
    /// Lives here already; what nobody knew is filled in.
    case filled
    /// Is registered as the row says.
    case unchanged
    /// A new record, though somebody much like it is known.
    case alike
}

/// What one row did.
package struct RowOutcome: Sendable {
    package let fate: RowFate
    /// What can be taken back; empty where nothing was written.
    package let entries: [ImportEntry]

    package init(_ fate: RowFate, _ entries: [ImportEntry] = []) {
        self.fate = fate
        self.entries = entries
    }
}

/// A row that comes to something else than a new record.
package struct RowNote: Sendable, Hashable {
    package let ordinal: Int
    package let sheet: Int
    package let row: Int
    package let fate: RowFate
}

/// The fates of an import's rows, counted, and those worth looking at one by one.
struct RowFates: Sendable {
    private(set) var counts: [RowFate: Int] = [:]
    /// At most ``WorkOnImport/faultLimit``; more are only counted.
    private(set) var notes: [RowNote] = []

    mutating func add(_ fate: RowFate, _ row: PreparedRow) {
        counts[fate, default: 0] += 1
        guard fate != .new, notes.count < WorkOnImport.faultLimit else { return }
        notes.append(RowNote(ordinal: row.ordinal, sheet: row.sheet, row: row.row, fate: fate))
    }
}
