import Kernel
import Web

/// Ratings and thanks for programs.
struct RatingAPI: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(
                .post, "/api/v1/public/matters/{number}/ratings", .anyone,
                kind: .api(
                    Operation(
                        id: "rateMatter",
                        summary:
                            "Whoever has the number rates how it was handled, once for each time it was called done; `satisfied: false` opens it again.",
                        tag: "matters", body: RatingBody.schema, answer: RatingDocument.schema, created: true, idempotent: true)),
                bodyLimit: 64 << 10, perMinute: 10, handle: rate),
            Route(
                .post, "/api/v1/public/matters/{number}/quote-withdrawals", .anyone,
                kind: .api(
                    Operation(
                        id: "withdrawQuote", summary: "Whoever has the number does not want to be quoted any more.",
                        tag: "matters", body: WithdrawalBody.schema, answer: QuoteStateDocument.schema, created: true,
                        idempotent: true)), bodyLimit: 64 << 10, perMinute: 10
            ) { call in
                _ = try call.decode(WithdrawalBody.self)
                let state = try await DecideQuote(desk).withdraw(
                    try number(call), town: call.town, request: call.clientID(), address: call.address)
                return try .json(QuoteStateDocument(state: state.rawValue), status: 201)
            },
            Route(
                .get, "/api/v1/public/villages/{grid}/thanks", .anyone,
                kind: .api(
                    Operation(
                        id: "listThanks", summary: "What reporters of a village agreed to have quoted, the newest first.",
                        tag: "matters", query: [.init("after", "Go on after this one.", .uuid)],
                        answer: ThanksDocument.schema)), perMinute: 120, handle: thanks),
            Route(
                .get, "/api/v1/thanks", .holder(.keepQuotes),
                kind: .api(
                    Operation(
                        id: "listQuotes", summary: "Thanks within reach in one state, the newest first.", tag: "matters",
                        query: [.init("state", "`waiting` when absent.", .choice(QuoteRules.State.allCases.map(\.rawValue)))],
                        answer: QuotesDocument.schema)), handle: quotes),
            Route(
                .post, "/api/v1/thanks/{rating}/decisions", .holder(.keepQuotes),
                kind: .api(
                    Operation(
                        id: "decideQuote", summary: "Show thanks to everybody, hide them or take them back, with a reason.",
                        tag: "matters", body: DecisionBody.schema, answer: QuoteStateDocument.schema, created: true,
                        idempotent: true)), bodyLimit: 64 << 10
            ) { call in
                let body: DecisionBody = try call.decode()
                let state = try await DecideQuote(desk)(
                    body.act, try call.id("rating"), reason: body.reason ?? "", by: try call.signedIn(),
                    request: call.clientID(), address: call.address)
                return try .json(QuoteStateDocument(state: state.rawValue), status: 201)
            },
        ]
    }

    private func number(_ call: Call) throws -> PublicNumber {
        guard let number = PublicNumber(call.parameters["number"] ?? "") else { throw Invalid("/number", "number-wrong") }
        return number
    }

    private func rate(_ call: Call) async throws -> Answer {
        let body: RatingBody = try call.decode()
        let order = RatingOrder(
            id: call.clientID(), number: try number(call), satisfied: body.satisfied, stars: body.stars, words: body.words ?? "",
            code: body.code ?? "", mayQuote: body.quote ?? false, name: body.name ?? "")
        do {
            let rating = try await RateMatter(desk)(order, town: call.town, by: call.principal, address: call.address)
            return try .json(RatingDocument(rating), status: 201)
        } catch let forbidden as Forbidden {
            // Anyone may call this; that they took part is a matter of its state.
            throw Conflict(forbidden.reason)
        }
    }

    private func thanks(_ call: Call) async throws -> Answer {
        let after = try call.query["after"].map { text in
            guard let id = ID<Rating>(text) else { throw Invalid("/after", "not-a-choice") }
            return id
        }
        let found = try await ReadQuotes(desk: desk).shown(in: try call.id("grid"), after: after, town: call.town)
        return try .json(
            ThanksDocument(thanks: found.lines.map(ThanksDocument.Line.init), next: found.next?.description))
    }

    private func quotes(_ call: Call) async throws -> Answer {
        let state = try call.query["state"].map { text in
            guard let state = QuoteRules.State(rawValue: text) else { throw Invalid("/state", "not-a-choice") }
            return state
        }
        let found = try await ReadQuotes(desk: desk).office([state ?? .waiting], for: try call.signedIn())
        return try .json(QuotesDocument(thanks: found.lines.map(QuotesDocument.Line.init)))
    }
}
