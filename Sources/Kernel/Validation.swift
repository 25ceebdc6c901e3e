/// One thing wrong with an input: which field (a JSON pointer), which rule (a code that the string catalogues explain) and its figures.
package struct Fault: Hashable, Sendable {
    package let pointer: String
    package let code: String
    package let values: [String: String]

    package init(_ pointer: String, _ code: String, _ values: [String: String] = [:]) {
        self.pointer = pointer
        self.code = code
        self.values = values
    }
}

/// An input that breaks rules; carries every fault found, never only the first.
package struct Invalid: Error, Hashable {
    package let faults: [Fault]

    package init(_ faults: [Fault]) { self.faults = faults }
    package init(_ pointer: String, _ code: String, _ values: [String: String] = [:]) {
        faults = [Fault(pointer, code, values)]
    }
}

/// Collects faults; `finish` throws them all at once.
package struct Validation: Sendable {
    package private(set) var faults: [Fault] = []

    package init() {}

    package mutating func check(_ holds: Bool, at pointer: String, _ code: String, _ values: [String: String] = [:]) {
        if !holds { faults.append(Fault(pointer, code, values)) }
    }

    /// Trims `text` and checks that something is left and that it has at most `limit` characters.
    ///
    /// A character may carry any number of accents, so the text may also have at most eight code points a character.
    package mutating func text(_ text: String?, at pointer: String, limit: Int, required: Bool = true) -> String {
        let trimmed = (text ?? "").trimmed
        check(!required || !trimmed.isEmpty, at: pointer, "required")
        let isShort = trimmed.count <= limit && trimmed.unicodeScalars.count <= limit * 8
        check(isShort, at: pointer, "too-long", ["limit": String(limit)])
        return trimmed
    }

    package func finish() throws(Invalid) {
        if !faults.isEmpty { throw Invalid(faults) }
    }
}

extension String {
    /// Without white space, control characters and invisible ones such as U+200B at either end.
    package var trimmed: String {
        // Most texts begin and end with a letter, a digit or a Chinese character: nothing is to be looked up, nothing copied.
        if let first = unicodeScalars.first, let last = unicodeScalars.last, first.isPlainlySeen, last.isPlainlySeen {
            return self
        }
        let isEdge: (Character) -> Bool = { character in
            character.isWhitespace
                || character.unicodeScalars.allSatisfy { [.control, .format].contains($0.properties.generalCategory) }
        }
        guard let start = firstIndex(where: { !isEdge($0) }), let end = lastIndex(where: { !isEdge($0) }) else { return "" }
        return String(self[start...end])
    }
}

extension Unicode.Scalar {
    /// Whether it is a letter or sign of ASCII or a common Chinese character; others may be, too.
    package var isPlainlySeen: Bool { (0x21...0x7E).contains(value) || (0x4E00...0x9FFF).contains(value) }
}
