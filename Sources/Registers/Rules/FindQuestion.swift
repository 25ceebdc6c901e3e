import Kernel

/// What somebody typed to find a person: words of names, sounds, numbers of doors, telephones or documents, each of which must fit.
package struct FindQuestion: Sendable, Hashable {
    /// A condition on the index.
    package indirect enum Term: Sendable, Hashable {
        case key(String)
        case prefix(String)
        case all([Term])
        case any([Term])
    }

    /// All of these must hold; empty when nothing can be searched.
    package let terms: [Term]
    /// Tried first: people called exactly so.
    package let exact: Term?
    /// Tried last: sounds that only begin so.
    package let loose: [Term]?

    /// - Parameter mark: the keyed hash of a value of some kind.
    package init(_ text: String, mark: (String, String) -> String) {
        let words = text.split { $0.isWhitespace || "，,、;；".contains($0) }.prefix(6).map { String($0.prefix(40)) }
        terms = words.compactMap { Self.term($0, isLoose: false, mark) }
        let letters = FindKeys.letters(words.joined())
        let isName = !letters.isEmpty && letters.count <= 20 && letters.allSatisfy { !$0.isASCII || $0.properties.isAlphabetic }
        exact = isName ? .key("e" + letters.map(String.init).joined()) : nil
        let hasSounds = words.contains { Self.isSound($0) && $0.count > 1 }
        loose = hasSounds ? words.compactMap { Self.term($0, isLoose: true, mark) } : nil
    }

    private static func isSound(_ word: String) -> Bool { word.allSatisfy { $0.isASCII && $0.isLetter } }

    private static func term(_ word: String, isLoose: Bool, _ mark: (String, String) -> String) -> Term? {
        if let number = try? IdentityNumber(reading: word) { return .key(FindKeys.document(number.digits, mark)) }
        if isSound(word) {
            let typed = word.lowercased()
            return isLoose && typed.count > 1 ? .prefix("p" + typed) : .any([.key("p" + typed), .key("i" + typed)])
        }
        let parts = FindKeys.parts(of: word)
        guard !parts.isEmpty else { return nil }
        if parts.count == 1, case .number(let digits) = parts[0] { return number(digits, mark) }
        let place = parts.flatMap { part -> [Term] in
            switch part {
            case .words(let letters): zip(letters, letters.dropFirst()).map { .key("a\($0)\($1)") }
            case .number(let number): [.key("d" + number)]
            }
        }
        var ways: [Term] = place.isEmpty ? [] : [.all(place)]
        if parts.count == 1, case .words(let letters) = parts[0], letters.count <= 8 {
            let name: [Term] =
                letters.count == 1 ? [.key("n\(letters[0])")] : zip(letters, letters.dropFirst()).map { .key("n\($0)\($1)") }
            ways.insert(.all(name), at: 0)
        }
        return ways.isEmpty ? nil : ways.count == 1 ? ways[0] : .any(ways)
    }

    /// Four digits may end a telephone or be a door's; a whole telephone is one; letters with digits may be a passport.
    private static func number(_ digits: String, _ mark: (String, String) -> String) -> Term {
        var ways: [Term] = [.key("d" + digits)]
        if let phone = Telephone(digits) { ways.append(.key(FindKeys.full(phone.digits, mark))) }
        if digits.count == 4, digits.allSatisfy(\.isNumber) { ways.append(.key(FindKeys.tail(digits, mark))) }
        if digits.count >= 6, digits.contains(where: \.isLetter) {
            ways.append(.key(FindKeys.document(digits.uppercased(), mark)))
        }
        return ways.count == 1 ? ways[0] : .any(ways)
    }
}
