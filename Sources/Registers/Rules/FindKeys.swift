import Directory
package import Kernel

/// The keys under which somebody is found, and how a question becomes a condition on them.
///
/// A key begins with what it is of: `e` a whole name, `n` one or two characters of it, `p` its sound, `i` its initials, `a` two
/// characters of an address, `d` a number in one, `t` a telephone's last four digits, `f` a whole telephone, `c` a document, `g` a grid.
/// Telephones and documents are keyed hashes. The index only narrows the search down; scope and rest are checked where rows are chosen.
package enum FindKeys {
    /// What of a person is searched.
    package struct Subject: Sendable {
        package var name: String
        package var phones: [String]
        package var document: String?
        package var addresses: [String]
        package var grids: [ID<GridNode>]

        package init(
            name: String, phones: [String] = [], document: String? = nil, addresses: [String] = [], grids: [ID<GridNode>] = []
        ) {
            self.name = name
            self.phones = phones
            self.document = document
            self.addresses = addresses
            self.grids = grids
        }
    }

    /// - Parameter mark: the keyed hash of a value of some kind.
    package static func keys(of subject: Subject, mark: (String, String) -> String) -> [String] {
        var keys: Set<String> = []
        add(name: subject.name, to: &keys)
        for address in subject.addresses { add(address: address, to: &keys) }
        for phone in subject.phones {
            keys.insert(full(phone, mark))
            keys.insert(tail(phone, mark))
        }
        if let document = subject.document { keys.insert(self.document(document, mark)) }
        for grid in subject.grids { keys.insert(key(grid)) }
        return keys.sorted()
    }

    package static func key(_ grid: ID<GridNode>) -> String { "g" + grid.description.filter { $0 != "-" } }
    static func exact(_ name: String) -> String { "e" + letters(name).map(String.init).joined() }
    static func full(_ phone: String, _ mark: (String, String) -> String) -> String { "f" + mark(phone, "phone").prefix(24) }
    static func tail(_ phone: String, _ mark: (String, String) -> String) -> String {
        "t" + mark(String(phone.suffix(4)), "phone-tail").prefix(16)
    }
    static func document(_ number: String, _ mark: (String, String) -> String) -> String {
        "c" + mark(number, "document").prefix(24)
    }

    // MARK: Names

    private static func add(name: String, to keys: inout Set<String>) {
        let letters = letters(name)
        guard !letters.isEmpty else { return }
        keys.insert("e" + letters.map(String.init).joined())
        for letter in letters { keys.insert("n\(letter)") }
        for (first, second) in zip(letters, letters.dropFirst()) { keys.insert("n\(first)\(second)") }
        for syllables in readings(of: letters) {
            // The whole name and the given name, so far as somebody has typed it.
            for start in 0..<min(syllables.count, 3) {
                var (sound, initials) = ("", "")
                for syllable in syllables[start...] {
                    sound += syllable
                    initials += syllable.prefix(1)
                    keys.insert("p" + sound)
                    keys.insert("i" + initials)
                }
            }
        }
        // A name in Latin letters is found by each of its words.
        for word in name.lowercased().split(whereSeparator: { !$0.isLetter }) where word.allSatisfy(\.isASCII) {
            keys.insert("p" + word)
        }
    }

    /// The syllables of a name in every reading, at most eight; empty for a name that is not Chinese.
    static func readings(of letters: [Unicode.Scalar]) -> [[String]] {
        guard letters.count <= 12 else { return [] }
        var readings: [[String]] = [[]]
        var rest = letters[...]
        if let double = Pinyin.doubleSurname(letters) {
            readings = [double]
            rest = letters.dropFirst(2)
        }
        for (index, letter) in zip(rest.indices, rest) {
            let sounds = index == 0 ? Pinyin.surnameReadings(of: letter) : Pinyin.readings(of: letter)
            var known: Set<String> = []
            let fresh = sounds.filter { known.insert($0).inserted }
            guard !fresh.isEmpty else { return [] }
            readings = Array(readings.flatMap { reading in fresh.map { reading + [$0] } }.prefix(8))
        }
        return readings
    }

    // MARK: Addresses

    private static func add(address: String, to keys: inout Set<String>) {
        for part in parts(of: address) {
            switch part {
            case .words(let letters):
                for (first, second) in zip(letters, letters.dropFirst()) { keys.insert("a\(first)\(second)") }
            case .number(let number): keys.insert("d" + number)
            }
        }
    }

    enum Part: Hashable {
        case words([Unicode.Scalar])
        case number(String)
    }

    /// Runs of Chinese letters, and of digits and Latin letters.
    static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        for scalar in text.unicodeScalars {
            let plain = fold(scalar)
            let isNumber = plain.isASCII && (plain.properties.numericType != nil || plain.properties.isAlphabetic)
            let isWord = !plain.isASCII && plain.properties.isAlphabetic
            switch (parts.last, isNumber, isWord) {
            case (.number(let before)?, true, _): parts[parts.count - 1] = .number(before + String(plain))
            case (_, true, _): parts.append(.number(String(plain)))
            case (.words(let before)?, _, true) where !before.isEmpty: parts[parts.count - 1] = .words(before + [plain])
            case (_, _, true): parts.append(.words([plain]))
            default: parts.append(.words([]))
            }
        }
        return parts.filter { $0 != .words([]) }
    }

    /// The letters of a name, small and half-width, without blanks and dots.
    static func letters(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.map(fold).filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let half = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value - 0xFEE0)) : scalar
        return (0x41...0x5A).contains(half.value) ? Unicode.Scalar(UInt8(half.value) + 0x20) : half
    }
}
