import Foundation

/// The product's words: a text for every key in every language. A room adds its own, with its name as the first part of every key.
package struct Catalogue: Sendable {
    private var texts: [Language: [String: String]]

    package init() { texts = [:] }

    /// Adds the words of a room.
    /// - Throws: ``BadCatalogue`` when a file is not a flat JSON object, a key is already taken, or the languages differ in their keys.
    package mutating func add(room: String, zh: [UInt8], en: [UInt8]) throws {
        let fresh = try [Language.zh: zh, .en: en].mapValues { bytes -> [String: String] in
            guard let words = try? JSONDecoder().decode([String: String].self, from: Data(bytes)) else {
                throw BadCatalogue(problem: "\(room): not a flat JSON object of texts")
            }
            return words
        }
        let (chinese, english) = (Set(fresh[.zh, default: [:]].keys), Set(fresh[.en, default: [:]].keys))
        let lonely = chinese.symmetricDifference(english)
        guard lonely.isEmpty else { throw BadCatalogue(problem: "\(room): in one language only: \(lonely.sorted())") }
        for (language, words) in fresh {
            let doubled = Set(words.keys).intersection(texts[language, default: [:]].keys)
            guard doubled.isEmpty else { throw BadCatalogue(problem: "\(room): already taken: \(doubled.sorted())") }
            texts[language, default: [:]].merge(words) { first, _ in first }
        }
    }

    /// The raw text of `key`, with `{name}` places unfilled; nil when there is none.
    package func raw(_ key: String, in language: Language) -> String? { texts[language]?[key] }

    /// The text of `key` with `{name}` places filled. An unknown key shows itself, so it is seen and mended.
    package func text(_ key: String, in language: Language, _ values: [String: String] = [:]) -> String {
        guard let text = raw(key, in: language) else { return key }
        return values.isEmpty ? text : Self.filled(text, values)
    }

    /// In one pass, so that a value which itself looks like a place stays what somebody wrote.
    package static func filled(_ text: String, _ values: [String: String]) -> String {
        var (filled, rest) = ("", text[...])
        while let opening = rest.firstIndex(of: "{"), let closing = rest[opening...].firstIndex(of: "}") {
            let place = rest[opening...closing]
            filled += rest[..<opening]
            filled += values[String(place.dropFirst().dropLast())] ?? String(place)
            rest = rest[rest.index(after: closing)...]
        }
        return filled + rest
    }

    /// What the Chinese `text` of a key with `part` in it is in `language`; nil when no such key has that text.
    package func translation(of text: String, under part: String, to language: Language) -> String? {
        texts[.zh]?.first { $0.value == text && $0.key.contains(part) }.flatMap { raw($0.key, in: language) }
    }

    package var keys: Set<String> { Set(texts[.zh, default: [:]].keys) }
}

/// A catalogue or template that cannot be used; found when the server starts.
package struct BadCatalogue: Error, CustomStringConvertible {
    package let problem: String
    package var description: String { problem }
}
