/// A language the pages speak. Both are complete; a test fails on a missing key.
package enum Language: String, Sendable, CaseIterable, Codable {
    case zh
    case en

    /// The BCP 47 tag for `<html lang>`.
    package var tag: String { self == .zh ? "zh-Hans" : "en" }

    /// The first of an `Accept-Language` header's choices that we speak, by quality; Chinese when none is.
    package init(accepting header: String?) {
        guard let header else {
            self = .zh
            return
        }
        let choices = header.prefix(512).split(separator: ",").compactMap { part -> (Language, Double)? in
            let pieces = part.split(separator: ";")
            guard let name = pieces.first?.drop(while: \.isWhitespace).lowercased() else { return nil }
            let quality =
                pieces.dropFirst().first { $0.contains("q=") }
                .flatMap { Double($0.drop { $0 != "=" }.dropFirst()) } ?? 1
            if name.hasPrefix("zh") { return (.zh, quality) }
            if name.hasPrefix("en") { return (.en, quality) }
            return nil
        }
        // The earlier of two equal choices wins, as the header's writer meant.
        self = choices.enumerated().max { ($0.element.1, -$0.offset) < ($1.element.1, -$1.offset) }?.element.0 ?? .zh
    }
}
