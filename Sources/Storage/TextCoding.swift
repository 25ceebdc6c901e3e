/// Text with NUL characters, which neither PostgreSQL's `text` nor C strings can hold, made storable and back.
///
/// U+0000 becomes U+E000 `0`, and U+E000 itself (a private-use character) becomes U+E000 `1`. Any other text is untouched.
package enum TextCoding {
    package static func encode(_ text: String) -> String {
        // U+E000 begins with the byte EE in UTF-8; looking at bytes first spares nearly every text the decoding.
        guard text.utf8.contains(where: { $0 == 0 || $0 == 0xEE }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{0}": result.append(contentsOf: "\u{E000}0".unicodeScalars)
            case "\u{E000}": result.append(contentsOf: "\u{E000}1".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    package static func decode(_ text: String) -> String {
        guard text.utf8.contains(0xEE) else { return text }
        var result = String.UnicodeScalarView()
        var escaped = false
        for scalar in text.unicodeScalars {
            if escaped {
                result.append(scalar == "0" ? "\u{0}" : "\u{E000}")
                escaped = false
            } else if scalar == "\u{E000}" {
                escaped = true
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
