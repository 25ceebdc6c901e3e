/// What people say when they report something of one category, and what they are told when it is done. `{p}` is the spot.
struct MatterWords: Sendable {
    let reports: [Phrase]
    let replies: [Phrase]

    init(_ reports: [String], done replies: [String]) {
        self.reports = reports.map(Phrase.init)
        self.replies = replies.map(Phrase.init)
    }

    /// By the code of the category.
    static let all: [String: MatterWords] = [
        facilities, surroundings, safety, disputes, order, livelihood, enterprises, others,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}

/// A sentence with a gap for the spot, cut where the gap is.
struct Phrase: Sendable {
    private let parts: [String]

    init(_ text: String) { parts = text.split(separator: "{p}", omittingEmptySubsequences: false).map(String.init) }

    func at(_ spot: String) -> String { parts.joined(separator: spot) }
}
