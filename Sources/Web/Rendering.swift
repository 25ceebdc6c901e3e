import Mustache

/// A page's properties by name, each read once: the template engine would otherwise reflect on the whole struct anew for every tag.
///
/// Like the engine it shows an absent value as no property at all, so that a tag finds one of the same name further out.
struct Properties: MustacheParent {
    private let values: [String: Any]

    init(_ values: [String: Any]) { self.values = values }

    /// - Parameter value: a struct.
    init(of value: Any) {
        var values: [String: Any] = [:]
        for child in Mirror(reflecting: value).children {
            if let name = child.label { values[name] = Self.shown(child.value) }
        }
        self.values = values
    }

    func child(named name: String) -> Any? { values[name] }

    /// Structs as their properties, lists of them as lists of properties, everything else as it is; nil for an absent value.
    private static func shown(_ value: Any) -> Any? {
        if value is String || value is Bool || value is Int { return value }
        if let texts = value as? [String] { return texts }
        let mirror = Mirror(reflecting: value)
        return switch mirror.displayStyle {
        case .optional: mirror.children.first.flatMap { shown($0.value) }
        case .collection: mirror.children.compactMap { shown($0.value) }
        // One that can say itself, such as a number, is a finished text.
        case .struct where !(value is any CustomStringConvertible): Properties(of: value)
        default: value
        }
    }
}

/// Escapes for HTML by bytes; the engine's own way looks every character up in a dictionary. Templates name it in a pragma.
struct PageText: MustacheContentType {
    static let name = "PAGE"
    static let pragma = "{{% CONTENT_TYPE:\(name)}}"

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.entity($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let entity = Self.entity(byte) { bytes.append(contentsOf: entity.utf8) } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func entity(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
