/// Keeps what people typed from becoming a formula where the file is opened (OWASP, CSV injection). Pure.
package enum PlainText {
    /// First characters by which Excel, LibreOffice and WPS take a CSV field for a formula, in full width too.
    private static let live: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    /// The text with an apostrophe before it when its first character would make it a formula. For CSV only: in XLSX a text cell
    /// is a text whatever it begins with.
    package static func inert(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, live.contains(first) else { return text }
        return "'" + text
    }

    /// Undoes ``inert(_:)`` on the way in.
    package static func original(_ text: String) -> String {
        guard text.unicodeScalars.first == "'", let second = text.unicodeScalars.dropFirst().first, live.contains(second) else {
            return text
        }
        return String(text.unicodeScalars.dropFirst())
    }
}
