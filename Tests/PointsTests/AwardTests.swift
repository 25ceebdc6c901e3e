import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Points

struct AwardTests {
    @Test(
        arguments: [
            ("volunteer-hour", true), ("mutual-help", true), ("mediation", true), ("clear-yard", false), ("rule-breach", false),
            ("weeds", false), ("model-household", false),
        ])
    func `what takes points away or wants a photo is not booked at once`(_ code: String, _ expected: Bool) throws {
        let ambient = Ambient.fixed()
        let set = RuleSet.starting(.villagers, of: ambient.newID(), id: ambient.newID(), ruleID: { ambient.newID() })
        #expect(ClaimRules.isBookedAtOnce(try #require(set.rule(code))) == expected)
    }

    @Test(arguments: Engine.available)
    func `the staff award once, up to the cap, and only what may be booked at once`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let household = scene.households[0][0]
            let worker = scene.person(.gridWorker, [scene.grids[0]])
            let award = AwardPoints(scene.desk)
            func refused(_ rule: String, note: String = "", by principal: Principal? = nil) async -> String? {
                await refusal {
                    _ = try await award(
                        Posting(
                            id: scene.ambient.newID(), household: household, rule: rule, day: scene.today, cause: .award,
                            note: note),
                        by: principal ?? worker)
                }
            }
            let hour = scene.posting(household, "volunteer-hour")
            for _ in 0..<2 { #expect(try await award(hour, by: worker).entry.points == 5) }
            #expect(try await scene.balance(household) == 5)
            for _ in 0..<3 { _ = try await award(scene.posting(household, "volunteer-hour"), by: worker) }
            #expect(await refused("volunteer-hour") == "cap-reached")
            #expect(try await scene.balance(household) == 20)

            #expect(await refused("mutual-help") == "/note reason-required")
            #expect(await refused("clear-yard") == "/rule by-claim")
            #expect(await refused("rule-breach", note: "占道堆料", by: scene.chief) == "/rule by-claim")
            #expect(await refused("weeds") == "/rule rule-unknown")
            #expect(await refused("mediation", note: "调解") == "chief-approves")
            #expect(await refused("mediation", note: "调解", by: scene.chief) == nil)
            #expect(await refused("volunteer-hour", by: scene.person(.gridWorker, [scene.grids[1]])) == "not-found")
            let neighbour = Principal(
                town: worker.town, account: worker.account, person: scene.people[0][0], name: "", grants: worker.grants,
                post: worker.post)
            #expect(await refused("report-hazard", by: neighbour) == "own-home")
            #expect(try await scene.balance(household) == 30)
            #expect(try await scene.totals().sum == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `a prize that cannot be booked does not keep the others from theirs`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let game = Game(scene)
            let round = try await game.open(scene.today)
            try await game.score(round)
            try await game.notice(round)
            scene.clock.advance(by: .days(4))
            let town = scene.town
            let winners = try await game.read { try RoundStore($0, town: town).models(of: round.id) }
            let gone = try #require(winners.first).household
            _ = try await scene.database.write { tx in
                try tx.execute("DELETE FROM residency WHERE town_id = \(town) AND household_id = \(gone)")
            }
            try await game.post(round)
            #expect(try await scene.totals().outstanding == 160)
            #expect(try await scene.balance(gone) == 0)
            let sight = try await ReadRound(desk: scene.desk)(round.id, by: scene.chief)
            #expect(sight.missed == [gone])

            let key = MonthKey(round.day(on: scene.today))
            scene.clock.set(to: key.last.adding(days: 2).start())
            try await game.close(key)
            let village = try await ReadVillage(desk: scene.desk)(scene.village, by: scene.chief)
            #expect(village.prizes.count == 3)
            let isGoneBooked = village.booked.contains { $0.household == gone }
            #expect(!isGoneBooked)
            let leads = village.prizes.contains { $0.household == gone }
            #expect(try await scene.totals().outstanding == (leads ? 260 : 310))
        }
    }
}
