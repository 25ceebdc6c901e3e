import Foundation

/// Tells which of Excel's number formats show a date. Pure.
enum NumberFormats {
    /// The built-in ones of ECMA-376 part 1 §18.8.30 that are dates, with those of Chinese versions (27–36, 50–58).
    static func isDate(builtIn id: Int) -> Bool {
        (14...17).contains(id) || id == 22 || (27...31).contains(id) || id == 36 || (50...54).contains(id)
            || (57...58).contains(id)
    }

    /// Whether a format's code shows a day: it has a y, a d, or an m that is not minutes, outside quotes, brackets and escapes.
    static func isDate(code: String) -> Bool {
        var (plain, characters) = ([Character](), Array(code.lowercased())[...])
        while let character = characters.popFirst() {
            switch character {
            case "\"": characters = characters.drop { $0 != "\"" }.dropFirst()
            case "[": characters = characters.drop { $0 != "]" }.dropFirst()
            case "\\", "_", "*": _ = characters.popFirst()
            case ";": characters = []
            default: plain.append(character)
            }
        }
        let text = String(plain).replacingOccurrences(of: "general", with: "").replacingOccurrences(of: "e+", with: "")
        if text.contains("y") || text.contains("d") { return true }
        return text.contains("m") && !text.contains("h") && !text.contains("s")
    }
}

/// Listens to `xl/styles.xml`: which cell styles show dates.
final class StylesListener: XMLListener {
    private var dateCodes: Set<Int> = []
    private var isInCellFormats = false
    /// One for every style number.
    private(set) var showsDate: [Bool] = []

    override func start(_ name: UnsafePointer<UInt8>, _ attributes: XMLAttributes) {
        if StaticString("numFmt").isSame(as: name) {
            if let id = attributes.text("numFmtId").flatMap({ Int($0) }),
                NumberFormats.isDate(code: attributes.text("formatCode") ?? "")
            {
                dateCodes.insert(id)
            }
        } else if StaticString("cellXfs").isSame(as: name) {
            isInCellFormats = true
        } else if isInCellFormats, StaticString("xf").isSame(as: name) {
            let id = attributes.text("numFmtId").flatMap { Int($0) } ?? 0
            showsDate.append(NumberFormats.isDate(builtIn: id) || dateCodes.contains(id))
            if showsDate.count > 100_000 { fault = SpreadsheetFault(.unsafe) }
        }
    }

    override func end(_ name: UnsafePointer<UInt8>) {
        if StaticString("cellXfs").isSame(as: name) { isInCellFormats = false }
    }
}
