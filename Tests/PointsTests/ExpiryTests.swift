import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Points

struct ExpiryTests {
    @Test(arguments: Engine.available)
    func `what is not spent in time lapses once, the oldest being spent first`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let household = scene.households[0][0]
            for rule in ["model-household", "travelling-flag"] {
                let posting = scene.posting(household, rule)
                _ = try await scene.write { ledger, _ in try ledger.post(posting) }
            }
            let spend = Transfer(
                id: scene.ambient.newID(), household: household, from: .household, to: .exchange, points: 30, day: scene.today,
                cause: .redemption)
            _ = try await scene.write { ledger, _ in try ledger.transfer(spend) }
            let last = try #require(LedgerRules.expiry(of: scene.today, months: 24))
            scene.clock.set(to: last.start())
            try await ExpirePoints(scene.desk)(scene.town)
            #expect(try await scene.balance(household) == 40, "the last day still counts")
            scene.clock.advance(by: .days(1))
            for _ in 0..<2 { try await ExpirePoints(scene.desk)(scene.town) }
            #expect(try await scene.balance(household) == 0)
            let totals = try await scene.totals()
            #expect(totals.sum == 0 && totals.balances[.expired] == 40 && totals.balances[.exchange] == 30)
        }
    }

    @Test(arguments: Engine.available)
    func `an environment day is planned, confirmed by a person where it collides, held once and rewarded`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            // June 2026: the third Saturday is the Dragon Boat Festival.
            let month = try #require(MonthKey("2026-06"))
            let id = scene.ambient.newID(PointsEvent.self)
            let plan = PlanEnvironmentDay(scene.desk)
            let day = try await plan(month, of: scene.village, by: scene.chief, request: id)
            #expect(day.stage == .proposed && day.day.description == "2026-06-27" && day.third.description == "2026-06-20")
            #expect(try await plan(month, of: scene.village, by: scene.chief, request: id) == day)
            let resident = scene.resident(0, 0)
            let signUp = SignUpForEnvironmentDay(scene.desk)
            await #expect(throws: Conflict("not-confirmed")) {
                try await signUp.own(day.id, area: nil, by: resident, request: scene.ambient.newID())
            }
            let confirm = ConfirmEnvironmentDay(scene.desk)
            await #expect(throws: Invalid("/date", "other-month")) {
                try await confirm(day.id, on: day.day.adding(days: 30), by: scene.chief, request: scene.ambient.newID())
            }
            try await confirm(day.id, on: day.day, by: scene.chief, request: scene.ambient.newID())
            for _ in 0..<2 { try await signUp.own(day.id, area: nil, by: resident, request: scene.ambient.newID()) }
            try await signUp.onBehalf(
                day.id, household: scene.households[1][0], area: nil, by: scene.person(.gridWorker, [scene.grids[1]]),
                request: scene.ambient.newID())
            await #expect(throws: NotFound()) {
                try await signUp.onBehalf(
                    day.id, household: scene.households[2][0], area: nil, by: scene.person(.gridWorker, [scene.grids[1]]),
                    request: scene.ambient.newID())
            }
            let hold = RecordAttendance(scene.desk)
            let came: Set = [scene.households[0][0]]
            await #expect(throws: Conflict("day-to-come")) {
                try await hold(day.id, came: came, by: scene.chief, request: scene.ambient.newID())
            }
            scene.clock.set(to: day.day.adding(days: 1).start())
            let request = scene.ambient.newID(PointsEvent.self)
            for _ in 0..<2 { try await hold(day.id, came: came, by: scene.chief, request: request) }
            #expect(try await scene.balance(scene.households[0][0]) == 10)
            #expect(try await scene.balance(scene.households[1][0]) == 0)
            await #expect(throws: Conflict("already-held")) {
                try await hold(day.id, came: came, by: scene.chief, request: scene.ambient.newID())
            }
        }
    }
}
