import Kernel
import Web

/// A box as a form has it: four texts in percent. Kept as they were typed until all of them are right.
struct TypedBox: Hashable, Sendable {
    static let fields = ["left", "top", "width", "height"]

    let row: Int
    let left: String
    let top: String
    let width: String
    let height: String

    var isEmpty: Bool { left.isEmpty && top.isEmpty && width.isEmpty && height.isEmpty }

    /// In thousandths, for the rules.
    var said: SaidBox {
        SaidBox(
            row: row, left: RedactionRules.thousandths(percent: left), top: RedactionRules.thousandths(percent: top),
            width: RedactionRules.thousandths(percent: width), height: RedactionRules.thousandths(percent: height))
    }

    /// The rows of a form, the empty ones among them.
    static func all(_ form: Form) -> [TypedBox] {
        let columns = fields.map { name in form.all("box-\(name)").map(\.trimmed) }
        let count = columns.map(\.count).max() ?? 0
        // A page offers no more rows than may be sent; one more is enough to tell that there are too many.
        return (0..<min(count, RedactionRules.boxLimit + 1)).map { row in
            let texts = columns.map { row < $0.count ? String($0[row].prefix(8)) : "" }
            return TypedBox(row: row, left: texts[0], top: texts[1], width: texts[2], height: texts[3])
        }
    }
}
