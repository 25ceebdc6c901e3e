/// An XML element, for documents that other programs read. Names are ours and plain; what it holds may be anything.
package struct XML: Sendable {
    private enum Content: Sendable {
        case text(String)
        case elements([XML])
    }
    private let name: String
    private let attributes: [(name: String, value: String)]
    private let content: Content

    package init(_ name: String, _ attributes: [(name: String, value: String)] = [], _ text: String = "") {
        self.name = name
        self.attributes = attributes
        content = .text(text)
    }

    package init(_ name: String, _ attributes: [(name: String, value: String)], _ elements: [XML]) {
        self.name = name
        self.attributes = attributes
        content = .elements(elements)
    }

    /// The whole document in UTF-8, with its declaration.
    package var document: [UInt8] {
        var bytes = Array("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".utf8)
        write(into: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private func write(into bytes: inout [UInt8]) {
        bytes += "<\(name)".utf8
        for attribute in attributes { bytes += " \(attribute.name)=\"\(Self.escape(attribute.value))\"".utf8 }
        switch content {
        case .text(let text) where text.isEmpty: bytes += "/>".utf8
        case .elements(let elements) where elements.isEmpty: bytes += "/>".utf8
        case .text(let text): bytes += ">\(Self.escape(text))</\(name)>".utf8
        case .elements(let elements):
            bytes += ">".utf8
            for element in elements { element.write(into: &bytes) }
            bytes += "</\(name)>".utf8
        }
    }

    /// `text` without the characters that XML 1.0 §2.2 does not allow, and with entities for those that mean something.
    package static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\r": result += "&#13;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            default: if scalar.value >= 0x20, scalar.value & 0xFFFE != 0xFFFE { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }
}
