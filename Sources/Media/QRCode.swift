import CQRCode

/// A text as a square of black and white modules (ISO/IEC 18004, error correction M: a seventh may be dirty). 二维码
package struct QRCode: Sendable, Hashable {
    /// How many modules a side has, without the quiet zone.
    package let width: Int
    private let modules: [Bool]

    /// The empty modules that must surround the code.
    private static let quietZone = 4

    /// Nil when `text` is empty or longer than a code holds (2,331 bytes).
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 2331, let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else {
            return nil
        }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        modules = (0..<width * width).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// Whether the module in `row` and `column` is black.
    package subscript(row row: Int, column column: Int) -> Bool { modules[row * width + column] }

    /// An SVG element of one path on white, which a page may contain under a policy that forbids styles. `label` is what a screen
    /// reader says; an empty one leaves that to whatever contains the picture.
    package func svg(label: String) -> String {
        let side = width + 2 * Self.quietZone
        let voice = label.isEmpty ? #"aria-hidden="true""# : #"role="img" aria-label="\#(Self.escaped(label))""#
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges" \
            \(voice)><path fill="#fff" d="M0 0h\(side)v\(side)H0z"/><path fill="#000" d="\(path)"/></svg>
            """
    }

    /// One rectangle for every run of black modules in a row.
    private var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let run = (column..<width).prefix { self[row: row, column: $0] }.count
                if run > 0 { path += "M\(column + Self.quietZone) \(row + Self.quietZone)h\(run)v1h-\(run)z" }
                column += run + 1
            }
        }
        return path
    }

    private static func escaped(_ text: String) -> String {
        // By code points: a bracket with an accent on it is still a bracket to the browser.
        let entities: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        return text.unicodeScalars.filter { $0.value >= 0x20 }.map { entities[$0] ?? String($0) }.joined()
    }
}
