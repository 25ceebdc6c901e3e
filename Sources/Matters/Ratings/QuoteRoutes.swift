import Kernel
import Web

/// The office's page of thanks: which of them everybody may read.
struct QuoteRoutes: Sendable {
    static let path = "/office/thanks"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.keepQuotes)) { try await list($0) },
            Route(.post, Self.path + "/{rating}/decisions", .holder(.keepQuotes), bodyLimit: 16_384, handle: decide),
        ]
    }

    private func list(_ call: Call, _ attempt: QuoteAttempt? = nil, status: Int = 200) async throws -> Answer {
        let tab = QuoteTab(rawValue: call.query["tab"] ?? call.form["tab"] ?? "") ?? .waiting
        let found = try await ReadQuotes(desk: desk).office(tab.states, for: try call.signedIn())
        let wording = Wording(call: call, tree: found.tree, taxonomy: found.taxonomy)
        return call.page(QuotesPage(found.lines, found.changes, tab, wording, attempt: attempt), status: status)
    }

    private func decide(_ call: Call) async throws -> Answer {
        let (rating, form): (ID<Rating>, Form) = (try call.id("rating"), call.form)
        let tab = QuoteTab(rawValue: form["tab"] ?? "") ?? .waiting
        do {
            let act = QuoteRules.Act(rawValue: form["act"] ?? "")
            let state = try await DecideQuote(desk)(
                act, rating, reason: form["reason"] ?? "", by: try call.signedIn(), request: call.clientID(),
                address: call.address)
            return call.done("\(Self.path)?tab=\(tab.rawValue)", flash: "ratings.flash.\(state.rawValue)")
        } catch let invalid as Invalid {
            return try await list(call, QuoteAttempt(rating: rating, faults: invalid.faults), status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            let fault = Fault("/act", conflict.reason)
            return try await list(call, QuoteAttempt(rating: rating, faults: [fault]), status: 409)
        }
    }
}

/// A decision that could not be written, and why.
struct QuoteAttempt: Sendable {
    let rating: ID<Rating>
    let faults: [Fault]
}

/// The tabs of the office's page.
enum QuoteTab: String, CaseIterable, Sendable {
    case waiting
    case shown
    case hidden

    var states: [QuoteRules.State] {
        switch self {
        case .waiting: [.waiting]
        case .shown: [.shown]
        case .hidden: [.hidden, .withdrawn]
        }
    }
}
