import Kernel

/// Where a sheet's columns are named: below titles and the filling-in unit, in one row or in two with joined cells. Pure.
package enum HeaderRules {
    /// How far down a header is looked for.
    package static let depth = 25

    /// The rows that name the most fields; among equals the fewest rows, then the topmost. Nil when there is nothing to go by.
    /// - Parameter merged: the joined cells; nil when they are not known, as in CSV: an empty cell then belongs to its left neighbour.
    package static func find(_ rows: [SheetRow], merged: [CellRange]?, _ fields: [some NamedColumn]) -> Header? {
        let top = rows.prefix { $0.number <= (rows.first?.number ?? 1) + depth }
        var best: (header: Header, score: Int)?
        for (index, row) in top.enumerated() where isNaming(row) {
            for height in 1...2 where index + height <= top.count {
                let stretch = Array(top[index..<index + height])
                // Two rows are one header only when some cell of the upper one spans several columns or both rows.
                if height == 2, !isDouble(stretch[0], stretch[1], merged) { continue }
                let header = header(stretch, merged)
                let score = ColumnRules.match(header.names, fields).count * 10 - (height - 1)
                if score > best?.score ?? 0 { best = (header, score) }
            }
        }
        if let best, best.score >= 10 { return best.header }
        // Nothing is known by name: the first row with several texts and no numbers.
        let fallback = top.first { row in isNaming(row) && row.cells.filter { !$0.isEmpty }.count >= 2 }
        return fallback.map { header([$0], merged) }
    }

    /// Whether a row may name columns: it has texts only, and none with a telephone or an identity number in it. Names of columns are
    /// stored in clear; a sheet without a header must not have its first person taken for one.
    private static func isNaming(_ row: SheetRow) -> Bool {
        row.cells.allSatisfy { cell in
            switch cell {
            case .empty: true
            case .text(let text): text.count(where: \.isNumber) < 7
            default: false
            }
        }
    }

    private static func isDouble(_ upper: SheetRow, _ lower: SheetRow, _ merged: [CellRange]?) -> Bool {
        guard lower.number == upper.number + 1, isNaming(lower) else { return false }
        guard let merged else {
            // Without knowledge of joined cells: every text of the lower row stands below a gap or below a text beside a gap.
            let lowers = lower.cells.indices.filter { !lower[$0].isEmpty }
            return !lowers.isEmpty && lowers.count < upper.cells.count && lowers.contains { upper[$0].isEmpty }
        }
        return merged.contains { range in
            range.first.row == upper.number
                && ((range.last.row == upper.number && range.last.column > range.first.column) || range.last.row == lower.number)
        } && !lower.cells.isEmpty
            && !merged.contains { $0.first.row == upper.number && $0.last.row == upper.number && spansAll($0, upper) }
    }

    /// Whether a joined cell is a title across the whole sheet.
    private static func spansAll(_ range: CellRange, _ row: SheetRow) -> Bool {
        row.cells.indices.allSatisfy { row[$0].isEmpty || (range.first.column...range.last.column).contains($0) }
    }

    private static func header(_ rows: [SheetRow], _ merged: [CellRange]?) -> Header {
        let width = rows.map(\.cells.count).max() ?? 0
        var names = (0..<width).map { column -> String in
            let own = rows.last.map { $0[column].shown.oneLine } ?? ""
            guard rows.count == 2 else { return own }
            let above = upper(rows[0], column, merged)
            if own.isEmpty || own == above { return above }
            return above.isEmpty ? own : "\(above) \(own)"
        }
        while names.last?.isEmpty ?? false { names.removeLast() }
        return Header(firstRow: rows[0].number, lastRow: rows[rows.count - 1].number, names: numbered(names))
    }

    /// The text of the joined cell that covers the column in the upper row.
    private static func upper(_ row: SheetRow, _ column: Int, _ merged: [CellRange]?) -> String {
        if !row[column].isEmpty { return row[column].shown.oneLine }
        if let merged {
            let range = merged.first { $0.contains(column: column, row: row.number) }
            return range.map { row[$0.first.column].shown.oneLine } ?? ""
        }
        let left = (0..<column).last { !row[$0].isEmpty }
        return left.map { row[$0].shown.oneLine } ?? ""
    }

    /// Whether a row below the header is no record: a total, a signature line, or the header printed again on the next page.
    package static func isAside(_ row: SheetRow, _ header: Header) -> Bool {
        let cells = row.cells.lazy.enumerated().map { (column: $0, text: PlainCharacters.name($1.shown)) }.filter {
            !$0.text.isEmpty
        }
        guard let (column, first) = cells.first else { return true }
        func isName(_ text: String, of column: Int) -> Bool {
            column < header.names.count && PlainCharacters.name(header.names[column]).hasSuffix(text)
        }
        // The first cell of nearly every row speaks against all of it, so the others are not even looked at.
        if isName(first, of: column), cells.dropFirst().first != nil, cells.allSatisfy({ isName($0.text, of: $0.column) }) {
            return true
        }
        let marks = ["合计", "总计", "小计", "共计", "填表", "制表", "审核", "负责人", "备注", "说明", "注", "total", "note"]
        guard marks.contains(where: { first == $0 || first.hasPrefix($0) && $0.count > 1 }) else { return false }
        let filled = cells.map(\.text)
        guard marks.contains(first) || filled.count <= 4 else { return false }
        // 合计 in a register's first column, followed by figures alone.
        return filled.dropFirst().allSatisfy { $0.allSatisfy(\.isNumber) }
            || filled.count <= 2 && row.cells.count { !$0.isEmpty } <= 2
    }

    /// 备注, 备注 → 备注, 备注 2: every column has a name of its own.
    private static func numbered(_ names: [String]) -> [String] {
        var seen: [String: Int] = [:]
        return names.map { name in
            guard !name.isEmpty else { return "" }
            seen[name, default: 0] += 1
            return seen[name] == 1 ? name : "\(name) \(seen[name] ?? 0)"
        }
    }
}

extension String {
    /// Without line breaks, as a name on a page.
    package var oneLine: String { split { $0.isNewline || $0.isWhitespace }.joined(separator: " ") }
}
