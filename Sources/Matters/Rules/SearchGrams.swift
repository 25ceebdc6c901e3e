package import Kernel

/// How words become the keys of the full-text index, and a question a condition on them.
///
/// Chinese is written without spaces, so every pair of neighbouring letters or digits is a key, and the last of a run one by itself.
/// A key is spelt in hexadecimal: both engines then take it as one word, whatever script it was. The index only narrows the search
/// down; whether the words really hold the text, the statement checks itself.
package enum SearchGrams {
    /// The keys of a matter: those of its words and its spot, and its village.
    package static func keys(words: String, spot: String, village: ID<GridNode>) -> [String] {
        var keys: Set<String> = [key(village)]
        for run in runs(words) + runs(spot) {
            for (first, second) in zip(run, run.dropFirst()) { keys.insert(spell([first, second])) }
            if let last = run.last { keys.insert(spell([last])) }
        }
        return keys.sorted()
    }

    package static func key(_ village: ID<GridNode>) -> String { "v" + village.description.filter { $0 != "-" } }

    /// What a matter must have to hold a text.
    package enum Term: Hashable, Sendable {
        case key(String)
        case prefix(String)
    }

    /// The terms of a text, at most 24; empty when it has neither letter nor digit.
    package static func terms(_ text: String) -> [Term] {
        var terms: [Term] = []
        var known: Set<Term> = []
        for run in runs(text) {
            let found: [Term] = run.count == 1 ? [.prefix(spell(run))] : zip(run, run.dropFirst()).map { .key(spell([$0, $1])) }
            for term in found where known.insert(term).inserted { terms.append(term) }
            if terms.count >= 24 { return Array(terms.prefix(24)) }
        }
        return terms
    }

    private static func runs(_ text: String) -> [[Unicode.Scalar]] {
        text.unicodeScalars.split { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }.map { run in
            run.map { (0x41...0x5A).contains($0.value) ? Unicode.Scalar(UInt8($0.value) + 0x20) : $0 }
        }
    }

    /// A closing mark after each letter, so that the spelling of one never begins that of another.
    private static func spell(_ run: [Unicode.Scalar]) -> String {
        run.reduce(into: "") { $0 += String($1.value, radix: 16) + "x" }
    }
}
