import Kernel
import Spreadsheets

/// Identity numbers as they stand in spreadsheets. Pure.
///
/// A spreadsheet keeps fifteen digits of a number. An eighteen-digit one that was typed into a cell that is no text has lost its last
/// three, for good, and shows itself as 3.50582E+17: it cannot be guessed and is refused with the way to mend it.
enum IdentityCell {
    static func read(_ cell: Cell) throws(Invalid) -> String {
        if case .number(let number) = cell {
            guard number.rounded() == number, abs(number) < 1e15 else { throw Invalid("", "identity-shortened") }
        }
        let shown = PlainText.original(cell.shown.trimmed)
        if CellRules.isShortened(shown) { throw Invalid("", "identity-shortened") }
        let text = String(PlainCharacters.narrow(shown).uppercased().filter { !$0.isWhitespace && !"-'‘’`".contains($0) })
        guard text.utf8.dropLast().allSatisfy({ (48...57).contains($0) }),
            text.utf8.last.map({ (48...57).contains($0) || $0 == 0x58 }) ?? false
        else { throw Invalid("", "identity-characters") }
        guard text.utf8.count == 18 || (text.utf8.count == 15 && !text.hasSuffix("X")) else {
            throw Invalid("", "identity-length", ["count": String(text.utf8.count)])
        }
        // Rounded, then turned into a text: the last three digits of such a number are all nought, which of a thousand people one has.
        return text
    }
}
