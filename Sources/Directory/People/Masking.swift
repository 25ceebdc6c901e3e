/// Shows of personal data what is needed to recognise it, no more (design.md rule 7).
package enum Masking {
    /// The first character and a star for every other one: 张三丰 → 张**. Names with spaces keep their first word's first letter.
    package static func name(_ name: String) -> String {
        guard let first = name.first else { return "" }
        return String(first) + String(repeating: "*", count: max(1, min(name.count - 1, 3)))
    }

    /// The first three and the last four digits: 13812341234 → 138****1234. Shorter numbers keep their last two.
    package static func phone(_ phone: String) -> String {
        let digits = Phone.normalised(phone)
        guard digits.count >= 11 else { return String(repeating: "*", count: max(0, digits.count - 2)) + digits.suffix(2) }
        return digits.prefix(3) + String(repeating: "*", count: digits.count - 7) + digits.suffix(4)
    }
}
