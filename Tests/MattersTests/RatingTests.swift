import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

extension Scene {
    /// A matter that the worker of its grid has called done.
    func handled(by worker: Principal, category: String = "0101", phone: String = "138 1234 5678") async throws -> Matter {
        let matter = try await send(report(category: category, phone: phone))
        return try await CheckOnSite(desk)(order(matter, by: worker), finding: .solvedOnSpot, reply: "换好了")
    }

    func rating(
        _ matter: Matter, _ satisfied: Bool?, _ stars: Int?, _ words: String = "", number: PublicNumber? = nil, code: String = "",
        quote: Bool = false, name: String = ""
    ) -> RatingOrder {
        RatingOrder(
            id: ambient.newID(), number: number ?? matter.number, satisfied: satisfied, stars: stars, words: words, code: code,
            mayQuote: quote, name: name)
    }

    /// What the text message told whoever has the number.
    func code(_ matter: Matter, _ number: PublicNumber? = nil) async throws -> String {
        let scene = try await database.read { try RatingScene(number ?? matter.number, town: town, $0) }
        guard let scene, let round = scene.round else { throw NotFound() }
        return RatingCode(vault: desk.vault).digits(matter.id, round: round, scene.rater.id)
    }

    func now(_ matter: Matter) async throws -> Matter {
        guard let found = try await database.read({ try MatterStore($0, town: town).made(by: matter.id)?.matter }) else {
            throw NotFound()
        }
        return found
    }

    func ratings(_ matter: Matter) async throws -> [Rating] {
        try await database.read { try RatingStore($0, town: town).ratings(of: matter.id) }
    }
}

@Suite struct RatingTests {
    @Test(arguments: Engine.available) func `whoever has the number rates once, and a retry counts once`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let rate = RateMatter(scene.desk)
            let fresh = try await scene.send(scene.report())
            await refuses(Conflict("not-handled-yet")) { try await rate(scene.rating(fresh, true, 5), town: scene.town) }
            let lamp = try await scene.handled(by: worker)
            for (satisfied, stars, fault) in [
                (nil, 5, Fault("/satisfied", "rating-answer")), (true, nil, Fault("/stars", "rating-score")),
                (true, 6, Fault("/stars", "not-a-choice")), (true, 2, Fault("/stars", "rating-disagrees")),
            ] as [(Bool?, Int?, Fault)] {
                await refuses(Invalid([fault])) { try await rate(scene.rating(lamp, satisfied, stars), town: scene.town) }
            }
            let order = scene.rating(lamp, true, 5, "灯亮了")
            let rating = try await rate(order, town: scene.town)
            scene.clock.advance(by: .minutes(5))
            #expect(try await rate(order, town: scene.town) == rating)
            await refuses(Conflict("request-reused")) {
                var other = order
                other.words = "别的"
                return try await rate(other, town: scene.town)
            }
            await refuses(Conflict("rated-already")) { try await rate(scene.rating(lamp, true, 4), town: scene.town) }
            // The number alone ends nothing: the staff know it, too.
            #expect(try await scene.now(lamp).version == lamp.version)
            #expect(try await scene.ratings(lamp) == [rating] && rating.round == 2)
            // Closed by telephone later, it is the same work, which was rated.
            _ = try await FollowUpMatter(scene.desk)(scene.order(lamp, by: chief), way: .phone, satisfied: true)
            await refuses(Conflict("rated-already")) { try await rate(scene.rating(lamp, true, 4), town: scene.town) }
            await refuses(Invalid("/way", "not-a-choice")) {
                try await FollowUpMatter(scene.desk)(scene.order(lamp, by: chief), way: .ownLink, satisfied: true)
            }
        }
    }

    @Test(arguments: Engine.available) func `with the code of the text message a yes is the follow-up`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let rate = RateMatter(scene.desk)
            let lamp = try await scene.handled(by: worker)
            let code = try await scene.code(lamp)
            let wrong = code == "000000" ? "000001" : "000000"
            await refuses(Invalid("/code", "rating-code")) {
                try await rate(scene.rating(lamp, true, 5, code: wrong), town: scene.town)
            }
            // Nobody who took part, whatever they know.
            await refuses(Forbidden("own-handling")) {
                try await rate(scene.rating(lamp, true, 5, code: code), town: scene.town, by: worker)
            }
            let order = scene.rating(lamp, true, 5, "灯亮了", code: " " + code)
            for _ in 1...2 { try await rate(order, town: scene.town, address: "203.0.113.9") }
            let closed = try await scene.now(lamp)
            #expect(closed.stage == .closed && closed.closedAt == scene.clock.now && closed.version == lamp.version + 1)
            let last = try #require(try await scene.history(lamp).last)
            #expect(last.kind == .followedUp && last.actor == nil && last.facts.way == .ownLink)
            #expect(last.facts.satisfied == true && last.facts.rating == 5 && last.facts.note == "灯亮了")
            let town = scene.town
            let audited = try await scene.database.read {
                try $0.value("SELECT count(*) FROM audit_entry WHERE town_id = \(town) AND act = 'matter.rate'", as: Int.self)
            }
            #expect(audited == 1)
            // An account that reported is beyond doubt, too.
            let resident = scene.person("居民", .gridWorker, [scene.otherVillage])
            var own = try await scene.send(scene.report(), from: resident)
            own = try await CheckOnSite(scene.desk)(scene.order(own, by: worker), finding: .solvedOnSpot, reply: "换好了")
            try await rate(scene.rating(own, true, 4), town: scene.town, by: resident)
            #expect(try await scene.now(own).stage == .closed)
        }
    }

    @Test(arguments: Engine.available) func `a no opens again what waits and what was closed, for thirty days`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let rate = RateMatter(scene.desk)
            var lamp = try await scene.handled(by: worker)
            let order = scene.rating(lamp, false, 1, "又灭了")
            for _ in 1...2 { try await rate(order, town: scene.town) }
            lamp = try await scene.now(lamp)
            #expect(lamp.stage == .accepted && lamp.reopened == 1 && lamp.outcome == nil && lamp.clock.hasDeadline)
            lamp = try await HandleMatter(scene.desk)(scene.order(lamp, by: worker), reply: "换了镇流器")
            try await rate(scene.rating(lamp, true, 5, code: try await scene.code(lamp)), town: scene.town)
            // A second reporter, of the same work.
            let late = try await scene.send(scene.report())
            let joining = try await JoinMatter(scene.desk)(
                late.id, scene.report(phone: "139 8765 4321", name: "老陈"), from: ReportSender(town: scene.town, principal: nil))
            var both = try await CheckOnSite(scene.desk)(scene.order(late, by: worker), finding: .solvedOnSpot, reply: "好了")
            try await rate(scene.rating(both, true, 5, code: try await scene.code(both)), town: scene.town)
            scene.clock.advance(by: RatingRules.window)
            try await rate(scene.rating(both, false, 2, number: joining.number), town: scene.town)
            both = try await scene.now(both)
            #expect(both.stage == .accepted && both.reopened == 1 && both.closedAt == nil)
            #expect(try await scene.ratings(both).map(\.stars) == [5, 2])
            scene.clock.advance(by: .minutes(1))
            await refuses(Conflict("rating-over")) { try await rate(scene.rating(lamp, true, 4), town: scene.town) }
            let counts = try await scene.database.read {
                try RatingStore($0, town: scene.town).counts(since: moment("2026-01-01 00:00"), in: .grids([scene.village]))
            }
            #expect(counts == [scene.village: RatingCount(rated: 4, good: 2)] && counts[scene.village]?.goodPercent == 50)
            let elsewhere = try await scene.database.read {
                try RatingStore($0, town: scene.town).counts(since: moment("2026-01-01 00:00"), in: .grids([scene.otherVillage]))
            }
            #expect(elsewhere.isEmpty)
        }
    }
}
