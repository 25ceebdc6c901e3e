/// A first and a last name as one, in the order of the people who bear such names.
package enum PersonName {
    /// `李` and `小梅` make 李小梅; `Ann` and `Lee` make Ann Lee.
    package static func joined(first: String, last: String) -> String {
        let isChinese = (first + last).unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) || $0.value >= 0x20000 }
        let parts = isChinese ? [last, first] : [first, last]
        return parts.filter { !$0.isEmpty }.joined(separator: isChinese ? "" : " ")
    }
}
