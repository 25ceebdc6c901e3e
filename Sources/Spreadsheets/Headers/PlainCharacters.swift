/// Texts as people mean them, whatever way they were typed. Pure.
package enum PlainCharacters {
    /// Full-width letters, digits and signs in their common form (U+FF01–U+FF5E), the ideographic space as a space.
    package static func narrow(_ text: String) -> String {
        guard
            text.unicodeScalars.contains(where: { (0xFF01...0xFF5E).contains($0.value) || $0.value == 0x3000 || $0.value == 0xA0 }
            )
        else {
            return text
        }
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: plain.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case 0x3000, 0xA0: plain.append(" ")
            default: plain.append(scalar)
            }
        }
        return String(plain)
    }

    /// A column's name as it is compared: narrow, small, without blanks, signs and what stands in brackets: `*姓 名（必填）` → `姓名`.
    package static func name(_ text: String) -> String {
        var (plain, depth) = (String.UnicodeScalarView(), 0)
        for scalar in narrow(text).unicodeScalars {
            switch scalar {
            case "(", "[", "【", "〔": depth += 1
            case ")", "]", "】", "〕": depth = max(0, depth - 1)
            case _ where depth > 0: continue
            // Nothing has to be looked up of what nearly every cell consists of.
            case "A"..."Z": plain.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            case "0"..."9", "a"..."z", "\u{4E00}"..."\u{9FFF}": plain.append(scalar)
            default:
                let isSign = scalar.properties.isWhitespace || "*:：_-/、,，.。'\"“”#".unicodeScalars.contains(scalar)
                guard !isSign, scalar.value > 32, scalar.properties.generalCategory != .format else { continue }
                plain.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(plain)
    }

    /// The text with the middle of every run of eleven digits or more hidden, as a telephone or an identity number has: for what is kept in
    /// clear of somebody's file.
    package static func withoutNumbers(_ text: String) -> String {
        var (plain, run) = ("", "")
        func flush() {
            plain += run.count < 11 ? run : run.prefix(3) + String(repeating: "*", count: run.count - 5) + run.suffix(2)
            run = ""
        }
        for character in text {
            if character.isNumber {
                run.append(character)
            } else {
                flush()
                plain.append(character)
            }
        }
        flush()
        return plain
    }

    package static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        (0x3400...0x9FFF).contains(scalar.value) || (0x20000...0x3FFFF).contains(scalar.value) || scalar == "·"
    }
}
