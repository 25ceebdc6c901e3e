import Kernel
import Storage
import Web

/// What whoever has a number does with it when the work is done: rate it, and take back that they may be quoted; and what everybody may read.
struct RatingRoutes: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, "/m/{number}/rating", .anyone, perMinute: 60) { try await form($0, []) },
            Route(.post, "/m/{number}/ratings", .anyone, bodyLimit: 64 << 10, perMinute: 10, handle: rate),
            Route(.post, "/m/{number}/quote-withdrawals", .anyone, bodyLimit: 4096, perMinute: 10, handle: withdraw),
            Route(.get, "/places/{grid}/thanks", .anyone, handle: thanks),
        ]
    }

    static func path(_ number: PublicNumber) -> String { "/m/\(number.digits)/rating" }

    /// The form; the number's own page where there is nothing to rate.
    private func form(_ call: Call, _ faults: [Fault], status: Int = 200) async throws -> Answer {
        guard let number = PublicNumber(call.parameters["number"] ?? "") else { throw NotFound() }
        let desk = desk
        let (matter, tree, taxonomy) = try await ReadMatter(desk: desk)(number, town: call.town)
        let scene = try await desk.database.read { tx in try RatingScene(number, town: call.town, tx) }
        guard let scene else { throw NotFound() }
        guard scene.mayRate(at: call.now) else { return .seeOther("/m/\(number.digits)") }
        let wording = Wording(call: call, tree: tree, taxonomy: taxonomy)
        return call.page(RatePage(matter, wording, faults: faults), status: status)
    }

    private func rate(_ call: Call) async throws -> Answer {
        guard let number = PublicNumber(call.parameters["number"] ?? "") else { throw NotFound() }
        let form = call.form
        let answers: [String: Bool] = ["yes": true, "no": false]
        let order = RatingOrder(
            id: call.clientID(), number: number, satisfied: answers[form["satisfied"] ?? ""],
            stars: form["stars"].flatMap { Int($0.trimmed) }, words: form["words"] ?? "", code: form["code"] ?? "",
            mayQuote: form["quote"] != nil, name: form["name"] ?? "")
        do {
            let rating = try await RateMatter(desk)(order, town: call.town, by: call.principal, address: call.address)
            return call.done(
                "/m/\(number.digits)", flash: rating.satisfied ? "ratings.flash.thanks" : "ratings.flash.again")
        } catch let invalid as Invalid {
            return try await self.form(call, invalid.faults, status: 422)
        } catch let forbidden as Forbidden {
            return try await self.form(call, [Fault("", forbidden.reason)], status: 403)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            // What the page shows now says why.
            return .seeOther("/m/\(number.digits)")
        }
    }

    private func withdraw(_ call: Call) async throws -> Answer {
        guard let number = PublicNumber(call.parameters["number"] ?? "") else { throw NotFound() }
        do {
            try await DecideQuote(desk).withdraw(
                number, town: call.town, request: call.clientID(), address: call.address)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return .seeOther("/m/\(number.digits)")
        }
        return call.done("/m/\(number.digits)", flash: "ratings.flash.withdrawn")
    }

    private func thanks(_ call: Call) async throws -> Answer {
        let village: ID<GridNode> = try call.id("grid")
        let after = try call.query["after"].map { text in
            guard let id = ID<Rating>(text) else { throw NotFound() }
            return id
        }
        let found = try await ReadQuotes(desk: desk).shown(in: village, after: after, town: call.town)
        let wording = Wording(call: call, tree: found.tree, taxonomy: found.taxonomy)
        return call.page(ThanksPage(found.lines, of: village, next: found.next, wording))
    }
}
