import Foundation
import Kernel

/// What a browser's form sent: fields in order and files.
package struct Form: Sendable {
    package struct File: Sendable {
        package let field: String
        /// What the sender calls it; only ever shown.
        package let name: String
        package let bytes: [UInt8]
    }

    package private(set) var fields: [(name: String, value: String)] = []
    package private(set) var files: [File] = []

    package init() {}

    package init(fields: [(name: String, value: String)]) { self.fields = fields }

    /// The last value under `name`, as a browser's own rules for a repeated control have it.
    package subscript(_ name: String) -> String? { fields.last { $0.name == name }?.value }

    package func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// Files sent under `name`, without the empty one that a browser sends for an untouched control.
    package func files(_ name: String) -> [File] { files.filter { $0.field == name && !$0.bytes.isEmpty } }

    /// Reads `application/x-www-form-urlencoded`, also a query string.
    /// - Throws: ``Malformed`` when an escape is broken, the text is not UTF-8, or there are more than 1,000 fields.
    package init(urlEncoded text: some StringProtocol) throws(Malformed) {
        for (count, pair) in text.split(separator: "&").enumerated() {
            guard count < 1000 else { throw Malformed("too-many-fields") }
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = halves.map { String($0).replacing("+", with: " ").removingPercentEncoding }
            guard let name = decoded[0], let value = decoded.count > 1 ? decoded[1] : "" else { throw Malformed("bad-escape") }
            fields.append((name, value))
        }
    }

    /// Fields as a query string, without those that are empty.
    package static func query(_ fields: [(String, String)]) -> String {
        fields.filter { !$0.1.isEmpty }.map { name, value in
            "\(name)=" + (value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        }.joined(separator: "&")
    }

    /// Reads `multipart/form-data` (RFC 7578).
    /// - Throws: ``Malformed`` when the boundaries or part headers are broken or a field is not UTF-8.
    package init(multipart body: [UInt8], boundary: String) throws(Malformed) {
        guard !boundary.isEmpty, boundary.utf8.count <= 70 else { throw Malformed("bad-multipart") }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first boundary has no line break before it; giving it one makes all boundaries alike.
        let text = Data([13, 10] + body)
        guard var cursor = text.range(of: Data(delimiter))?.upperBound else { throw Malformed("bad-multipart") }
        while true {
            if text[cursor...].starts(with: Data("--".utf8)) { return }
            guard text[cursor...].starts(with: Data([13, 10])), fields.count + files.count < 1000,
                let next = text.range(of: Data(delimiter), in: cursor..<text.endIndex),
                let head = text.range(of: Data([13, 10, 13, 10]), in: cursor..<next.lowerBound + 2)
            else { throw Malformed("bad-multipart") }
            let content = head.upperBound <= next.lowerBound ? text[head.upperBound..<next.lowerBound] : Data()
            try add(head: text[cursor..<head.lowerBound], content: content)
            cursor = next.upperBound
        }
    }

    private mutating func add(head: Data, content: Data) throws(Malformed) {
        guard let lines = String(bytes: head, encoding: .utf8)?.split(separator: "\r\n"),
            let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let name = Self.parameter("name", of: disposition)
        else { throw Malformed("bad-multipart") }
        if let fileName = Self.parameter("filename", of: disposition) {
            files.append(File(field: name, name: fileName, bytes: Array(content)))
        } else {
            guard let value = String(bytes: content, encoding: .utf8) else { throw Malformed("not-utf8") }
            fields.append((name, value))
        }
    }

    /// The value of `name="…"` (or unquoted) in a header line.
    static func parameter(_ name: String, of header: some StringProtocol) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, String(halves[0]).trimmed.lowercased() == name else { continue }
            let value = String(halves[1]).trimmed
            return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : value
        }
        return nil
    }
}

/// A request that cannot be read at all: 400.
package struct Malformed: Error, Hashable {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
}
