import Directory
import Kernel
import Spreadsheets

/// What a cell says when its column's field is known. Pure.
enum CellRules {
    /// The cell in the form that is stored; empty for an empty cell.
    /// - Throws: ``Invalid`` with the fault's code, at the pointer "".
    static func read(_ cell: Cell, as form: ImportField.Form) throws(Invalid) -> String {
        if case .failure(let name) = cell { throw Invalid("", "cell-failure", ["value": name]) }
        guard !cell.isEmpty else { return "" }
        switch form {
        case .text(let limit): return try text(cell, limit)
        case .name(let limit): return joined(try text(cell, limit))
        case .digits(let limit): return try digits(cell, limit)
        case .code(let limit): return try code(cell, limit)
        case .day: return try DayCell.read(cell)
        case .identity: return try IdentityCell.read(cell)
        case .phone: return try phone(cell)
        case .flag: return try choice(cell, flagWords)
        case .whole(let range): return try whole(cell, range)
        case .choice(let words): return try choice(cell, words)
        }
    }

    /// Whether a text is a long number that a spreadsheet has shortened: `3.50582E+17`.
    static func isShortened(_ text: String) -> Bool {
        let plain = PlainCharacters.narrow(text).uppercased().filter { !$0.isWhitespace }
        let halves = plain.split(separator: "E", omittingEmptySubsequences: false)
        guard halves.count == 2, let front = halves.first, let back = halves.last, back.hasPrefix("+"), back.count > 1 else {
            return false
        }
        return !front.isEmpty && back.dropFirst().allSatisfy(\.isNumber) && front.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// A text without what surrounds it, and without the apostrophe that keeps it from being a formula.
    private static func plain(_ cell: Cell) -> String {
        if case .text(let text) = cell { return PlainText.original(text.trimmed).trimmed }
        return cell.shown
    }

    private static func text(_ cell: Cell, _ limit: Int) throws(Invalid) -> String {
        let text = plain(cell)
        guard text.count <= limit, text.unicodeScalars.count <= limit * 8 else {
            throw Invalid("", "too-long", ["limit": String(limit)])
        }
        return text
    }

    /// 陈　明 → 陈明; blanks between Latin words stay.
    private static func joined(_ name: String) -> String {
        guard name.unicodeScalars.contains(where: PlainCharacters.isHan) else { return name }
        return name.filter { !$0.isWhitespace }
    }

    private static func digits(_ cell: Cell, _ limit: Int) throws(Invalid) -> String {
        if case .number(let number) = cell, abs(number) >= 1e15 { throw Invalid("", "number-shortened") }
        let text = PlainCharacters.narrow(plain(cell)).filter { !$0.isWhitespace }
        if isShortened(text) { throw Invalid("", "number-shortened") }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { throw Invalid("", "not-digits") }
        guard text.utf8.count <= limit else { throw Invalid("", "too-long", ["limit": String(limit)]) }
        return text
    }

    private static func code(_ cell: Cell, _ limit: Int) throws(Invalid) -> String {
        if case .number(let number) = cell, abs(number) >= 1e15 { throw Invalid("", "number-shortened") }
        let text = PlainCharacters.narrow(plain(cell)).uppercased().filter { !$0.isWhitespace && $0 != "-" }
        if isShortened(text) { throw Invalid("", "number-shortened") }
        guard text.count <= limit else { throw Invalid("", "too-long", ["limit": String(limit)]) }
        return text
    }

    private static func whole(_ cell: Cell, _ range: ClosedRange<Int>) throws(Invalid) -> String {
        let text = PlainCharacters.narrow(plain(cell)).filter { !$0.isWhitespace && $0 != "," }
        guard let number = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }) else { throw Invalid("", "not-a-number") }
        guard range.contains(number) else {
            throw Invalid("", "out-of-bounds", ["from": String(range.lowerBound), "to": String(range.upperBound)])
        }
        return String(number)
    }

    private static func phone(_ cell: Cell) throws(Invalid) -> String {
        let text = PlainCharacters.narrow(plain(cell)).replacing("—", with: "-").replacing("－", with: "-")
        if isShortened(text) { throw Invalid("", "number-shortened") }
        // Two numbers in one cell would be kept as one that nobody can call.
        let parts = text.split { "/;,、，；\n".contains($0) }.filter { $0.contains(where: \.isNumber) }
        guard parts.count <= 1 else { throw Invalid("", "phone-several") }
        guard Phone.isDialable(text) else { throw Invalid("", "not-a-phone") }
        return text
    }

    private static let flagWords: [(value: String, words: [String])] = [
        ("1", ["是", "有", "y", "yes", "true", "1", "√", "✓", "✔", "对"]),
        ("0", ["否", "无", "没有", "不是", "n", "no", "false", "0", "×", "✗", "x"]),
    ]

    private static func choice(_ cell: Cell, _ choices: [(value: String, words: [String])]) throws(Invalid) -> String {
        let text = PlainCharacters.name(plain(cell))
        guard
            let found = choices.first(where: {
                $0.words.contains { PlainCharacters.name($0) == text } || $0.value.lowercased() == text
            })
        else {
            throw Invalid("", "not-a-word", ["words": choices.compactMap(\.words.first).joined(separator: "、")])
        }
        return found.value
    }
}
