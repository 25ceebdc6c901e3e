import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Points

struct LedgerTests {
    /// A random history of awards, deductions, spending, giving back, lapsing and corrections, from one seed.
    @Test(arguments: Engine.available, [1, 2, 3] as [UInt64])
    func `the sum of all accounts is zero after every step of any history`(_ engine: Engine, _ seed: UInt64) async throws {
        try await Scene.run(engine, households: 2) { scene in
            let chance = SeededNumbers(seed: seed)
            let households = scene.households.flatMap(\.self)
            var entries: [PointsEntry] = []
            var expected: [ID<Household>: Int] = [:]
            var refused = 0
            for _ in 0..<120 {
                let household = households[Int(chance.next() % UInt64(households.count))]
                let pick = Int(chance.next() % 100)
                let old = entries.isEmpty ? nil : entries[Int(chance.next() % UInt64(entries.count))]
                let points = Int(chance.next() % 60) + 1
                // The clock runs on, and sometimes back.
                scene.clock.advance(by: .hours(chance.next() % 10 == 0 ? -5 : 7))
                let rules = ["volunteer-hour", "clear-yard", "mutual-help", "rule-breach", "report-hazard"]
                let rule = rules[Int(chance.next() % UInt64(rules.count))]
                let (today, id) = (scene.today, scene.ambient.newID(PointsEntry.self))
                do {
                    let entry = try await scene.write { ledger, _ in
                        switch (pick, old) {
                        case (0..<60, _), (_, nil):
                            return try ledger.post(
                                Posting(id: id, household: household, rule: rule, day: today, cause: .award)
                            ).entry
                        case (60..<80, _):
                            return try ledger.transfer(
                                Transfer(
                                    id: id, household: household, from: .household, to: .exchange, points: points, day: today,
                                    cause: .redemption))
                        case (80..<85, _):
                            return try ledger.transfer(
                                Transfer(
                                    id: id, household: household, from: .household, to: .expired, points: points, day: today,
                                    cause: .expiry))
                        case (_, .some(let old)): return try ledger.reverse(old.id, as: id, note: "记错了")
                        }
                    }
                    entries.append(entry)
                    expected[entry.household, default: 0] += entry.effect
                } catch is Conflict {
                    refused += 1
                }
                #expect(try await scene.totals().sum == 0)
            }
            #expect(entries.count > 50 && refused > 0, "the history must try what is refused too")
            for (household, points) in expected { #expect(try await scene.balance(household) == points && points >= 0) }
            let town = scene.town
            let wrong = try await scene.database.read { try LedgerProofStore($0, town: town).wrongWallets() }
            #expect(wrong.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `an entry cannot be changed or removed by anybody`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let household = scene.households[0][0]
            let posting = scene.posting(household, "volunteer-hour")
            _ = try await scene.write { ledger, _ in try ledger.post(posting) }
            await #expect(throws: StorageError.self) {
                try await scene.database.write { try $0.execute("UPDATE points_entry SET points = 500") }
            }
            await #expect(throws: StorageError.self) {
                try await scene.database.write { try $0.execute("DELETE FROM points_entry") }
            }
            await #expect(throws: StorageError.self, "a balance below zero must not fit in") {
                try await scene.database.write { try $0.execute("UPDATE points_wallet SET balance = -1") }
            }
            #expect(try await scene.balance(household) == 5)
        }
    }

    @Test(arguments: Engine.available)
    func `a retry books once, the same id for something else is refused`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let household = scene.households[0][0]
            let posting = scene.posting(household, "volunteer-hour")
            for _ in 0..<3 { _ = try await scene.write { ledger, _ in try ledger.post(posting) } }
            #expect(try await scene.balance(household) == 5)
            let other = scene.posting(scene.households[0][1], "volunteer-hour", id: posting.id)
            await #expect(throws: Conflict("request-reused")) { try await scene.write { ledger, _ in try ledger.post(other) } }
            let spend = Transfer(
                id: scene.ambient.newID(), household: household, from: .household, to: .exchange, points: 5, day: scene.today,
                cause: .redemption)
            for _ in 0..<2 { _ = try await scene.write { ledger, _ in try ledger.transfer(spend) } }
            #expect(try await scene.balance(household) == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `fifty of seventy leaves twenty, and more than there is is refused`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let household = scene.households[1][0]
            for rule in ["model-household", "travelling-flag"] {
                let posting = scene.posting(household, rule)
                _ = try await scene.write { ledger, _ in try ledger.post(posting) }
            }
            func spend(_ points: Int) -> Transfer {
                Transfer(
                    id: scene.ambient.newID(), household: household, from: .household, to: .exchange, points: points,
                    day: scene.today, cause: .redemption)
            }
            let (fifty, more) = (spend(50), spend(50))
            let spent = try await scene.write { ledger, _ in try ledger.transfer(fifty) }
            #expect(try await scene.balance(household) == 20)
            await #expect(throws: Conflict("balance-too-low")) {
                try await scene.write { ledger, _ in try ledger.transfer(more) }
            }
            for wrong in [0, -5, 10_001, Int.max] {
                let transfer = spend(wrong)
                await #expect(throws: Invalid.self) { try await scene.write { ledger, _ in try ledger.transfer(transfer) } }
            }
            // Given back: the exchange has nothing any more, and the household all of it.
            let id = scene.ambient.newID(PointsEntry.self)
            _ = try await scene.write { ledger, _ in try ledger.reverse(spent.id, as: id, cause: .refund, note: "") }
            #expect(try await scene.totals().balances[.exchange] == 0)
            #expect(try await scene.balance(household) == 70)
            let again = scene.ambient.newID(PointsEntry.self)
            await #expect(throws: Conflict("already-reversed")) {
                try await scene.write { ledger, _ in try ledger.reverse(spent.id, as: again, note: "") }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `caps count what was given, not what was taken back, and name themselves`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let household = scene.households[0][0]
            // 5 a day, 10 a week, 20 a month; the test begins on a Monday.
            let first = scene.posting(household, "clear-yard")
            let posted = try await scene.write { ledger, _ in try ledger.post(first) }
            #expect(posted.entry.points == 5 && posted.limitedBy == nil)
            let second = scene.posting(household, "clear-yard")
            await #expect(throws: Conflict("cap-reached")) { try await scene.write { ledger, _ in try ledger.post(second) } }
            let back = scene.ambient.newID(PointsEntry.self)
            _ = try await scene.write { ledger, _ in try ledger.reverse(posted.entry.id, as: back, note: "不是他家") }
            _ = try await scene.write { ledger, _ in try ledger.post(second) }
            #expect(try await scene.balance(household) == 5)
            let early = scene.posting(household, "clear-yard", day: scene.today.adding(days: 1))
            await #expect(throws: Invalid("/day", "day-to-come")) {
                try await scene.write { ledger, _ in try ledger.post(early) }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `the clock going back never puts an entry before the one before it`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let household = scene.households[0][0]
            let first = scene.posting(household, "volunteer-hour")
            _ = try await scene.write { ledger, _ in try ledger.post(first) }
            scene.clock.advance(by: .hours(-3))
            let second = scene.posting(household, "volunteer-hour")
            _ = try await scene.write { ledger, _ in try ledger.post(second) }
            let page = try await scene.write { ledger, _ in try ledger.entries(of: household) }
            #expect(page.entries.map(\.id) == [second.id, first.id] && page.entries[0].at > page.entries[1].at)
        }
    }

    @Test(arguments: Engine.available)
    func `tenants and villagers earn by their own sets, and what was earned keeps its version`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let (villager, tenant) = (scene.households[0][0], scene.households[0][7])
            let wedding = scene.posting(tenant, "simple-wedding")
            await #expect(throws: Invalid("/rule", "rule-unknown")) {
                try await scene.write { ledger, _ in try ledger.post(wedding) }
            }
            let registration = scene.posting(tenant, "registration")
            let earned = try await scene.write { ledger, _ in try ledger.post(registration) }
            #expect(earned.entry.rule?.set == scene.tenants.id)
            let own = scene.posting(villager, "simple-wedding")
            #expect(try await scene.write { ledger, _ in try ledger.post(own) }.entry.rule?.set == scene.villagers.id)
            // The tenant buys the house: from that day on the other set applies, before it the old one.
            let (town, person, bought) = (scene.town, scene.people[0][7], scene.today)
            scene.clock.advance(by: .days(2))
            try await scene.database.write { tx in
                try HouseholdStore(tx, town: town).insert(
                    Residency(
                        id: scene.ambient.newID(), person: person, household: tenant, kind: .owner, from: bought.adding(days: 1)))
            }
            let after = scene.posting(tenant, "simple-wedding")
            #expect(try await scene.write { ledger, _ in try ledger.post(after) }.entry.rule?.set == scene.villagers.id)
            let before = scene.posting(tenant, "volunteer-hour", day: bought)
            #expect(try await scene.write { ledger, _ in try ledger.post(before) }.entry.rule?.set == scene.tenants.id)
        }
    }
}
