package import Kernel

/// What is asked of ``HandOverPosts``.
package struct HandoverOrder: Sendable, Hashable {
    /// All held by the person who leaves.
    package let posts: [ID<Post>]
    package let successor: ID<PersonNode>
    /// How much of their time a grid worker's post has from now on; nil leaves it as it was.
    package let employment: Employment?
    /// The first day of the successor.
    package let day: Day
    package let note: String
    package let items: [HandoverItem]

    package init(
        _ posts: [ID<Post>], to successor: ID<PersonNode>, employment: Employment? = nil, from day: Day, note: String = "",
        items: [HandoverItem] = []
    ) {
        self.posts = posts
        self.successor = successor
        self.employment = employment
        self.day = day
        self.note = note
        self.items = items
    }

    var said: [String] {
        [successor.description, employment?.rawValue ?? "", day.description, note] + posts.map(\.description).sorted()
            + items.flatMap { [$0.kind.rawValue, $0.words] }
    }
}

/// A key, a book or something to be said, in the words of whoever hands it over.
package struct HandoverItem: Sendable, Hashable {
    package let kind: HandoverLine.Written
    package let words: String

    package init(_ kind: HandoverLine.Written, _ words: String) {
        self.kind = kind
        self.words = words
    }

    /// One item a line; blank lines do not count.
    package static func reading(_ text: String, as kind: HandoverLine.Written) -> [HandoverItem] {
        text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty }.map { HandoverItem(kind, $0) }
    }
}
