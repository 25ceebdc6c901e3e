import Kernel
import Storage
import Web

/// What an open page asks now and then: whether anything has happened since it was shown.
struct LiveRoutes: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(
                .get, "/api/v1/matters/{matter}/news", .holder(.readMatter),
                kind: .api(
                    Operation(
                        id: "newsOfMatter", summary: "What happened to a matter since it was looked at.", tag: "matters",
                        query: [.init("seen", "How far it had come, as an earlier answer said.", .string(maxLength: 60))],
                        answer: NewsDocument.schema)), keepsSession: false, handle: matter),
            Route(
                .get, "/api/v1/matter-news", .holder(.readMatter),
                kind: .api(
                    Operation(
                        id: "newsOfMatters", summary: "Whether matters within reach are new or have moved on.", tag: "matters",
                        query: [.init("since", "Milliseconds since 1970, as an earlier answer said.", .integer(minimum: 0))],
                        answer: NewsDocument.schema)), keepsSession: false, handle: list),
        ]
    }

    private func matter(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let id: ID<Matter> = try call.id("matter")
        let progress = try await ReadProgress(desk: desk).matter(id, for: principal)
        let typed = call.query["seen"] ?? ""
        guard typed.count <= 60 else { throw Invalid("/seen", "too-long", ["limit": "60"]) }
        let seen = MatterProgress(typed)
        guard progress != seen else { return try .json(NewsDocument(seen: progress.description)) }
        let (sight, tree, taxonomy) = try await ReadMatter(desk: desk)(id, for: principal)
        let wording = Wording(call: call, tree: tree, taxonomy: taxonomy)
        return try .json(
            NewsDocument(
                seen: sight.tools.progress.description, words: call.text("matters.live.changed"),
                changes: MatterPage.news(sight, since: seen, wording)))
    }

    private func list(_ call: Call) async throws -> Answer {
        let typed = call.query["since"].map { Int64($0) }
        guard typed.map({ $0.map { $0 >= 0 } ?? false }) ?? true else { throw Invalid("/since", "not-a-choice") }
        let since = typed.flatMap { $0 }.map { Instant(milliseconds: min($0, ClockStanding.never.milliseconds)) }
        let news = try await ReadProgress(desk: desk).list(since: since ?? call.now, for: try call.signedIn())
        let counts = ["new": news.new, "moved": news.moved].mapValues { $0 >= LiveStore.most ? "\(LiveStore.most)+" : String($0) }
        let key = news.new > 0 ? news.moved > 0 ? "both" : "new" : "moved"
        return try .json(
            NewsDocument(
                seen: String(news.at.milliseconds),
                words: news.new + news.moved > 0 ? call.text("matters.live.\(key)", counts) : nil))
    }
}

struct NewsDocument: Encodable {
    struct Change: Encodable, Sendable {
        let when: String
        let what: String
        let who: String
        /// For the reporter, or for the staff alone.
        let words: String?
    }
    let seen: String
    var words: String?
    var changes: [Change]?

    static let schema = Schema.object([
        .init("seen", .string(), "To be sent with the next question."),
        .init("words", .string(), required: false, "What to tell; absent while nothing has happened."),
        .init(
            "changes",
            .array(
                .object([
                    .init("when", .string()), .init("what", .string()), .init("who", .string()),
                    .init("words", .string(), required: false),
                ])), required: false, "The newest first."),
    ])
}
