package import Kernel

/// A way out of the process. It sends one finished parcel and says what became of it; when to try again is not its matter.
package protocol Channel: Sendable {
    func send(_ parcel: Parcel) async -> Outcome
}

/// What is sent.
package struct Parcel: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// JSON for a program.
        case document(String)
        /// For a group of people, in WeCom's Markdown.
        case markdown(String)
        /// For one person's telephone.
        case text(phone: String, words: String)
    }

    /// The same at every try, so that a receiver recognises a second one.
    package let id: String
    package let topic: String
    package let content: Content
    /// Of this try.
    package let at: Instant

    package init(id: String, topic: String, content: Content, at: Instant) {
        self.id = id
        self.topic = topic
        self.content = content
        self.at = at
    }
}

/// What became of a try.
package enum Outcome: Sendable, Hashable {
    case arrived
    /// Worth another try, not before the pause that was asked for.
    case later(String, after: Span? = nil)
    /// Never: the receiver says it cannot take this.
    case never(String)
}

/// A request to the world outside, and its answer. Application makes them with its HTTP client; a test, with its own hands.
package struct WireRequest: Sendable, Hashable {
    package var method = "POST"
    package var url: String
    package var headers: [[String]] = []
    package var body: [UInt8] = []

    package init(method: String = "POST", url: String, headers: [[String]] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

package struct WireReply: Sendable {
    package let status: Int
    package let body: [UInt8]
    /// Seconds, where the receiver said when to come again.
    package let retryAfter: Int64?

    package init(status: Int, body: [UInt8] = [], retryAfter: Int64? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
    }

    /// What a status of HTTP alone says.
    package var outcome: Outcome {
        switch status {
        case 200..<300: .arrived
        case 410: .never("the receiver answered 410")
        default: .later("the receiver answered \(status)", after: retryAfter.map { .seconds(max(0, min($0, 86_400))) })
        }
    }
}

package typealias Wire = @Sendable (WireRequest) async throws -> WireReply
