import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

/// Ordered rules: which one decides, and who gets a matter by it. 2026-03-02 is a Monday, 2026-02-28 a Saturday that is worked.
@Suite struct RouteRulesTests {
    private static let ambient = Ambient.fixed(TestClock())
    private static let (village, grid, elsewhere): (ID<GridNode>, ID<GridNode>, ID<GridNode>) = (
        ambient.newID(), ambient.newID(), ambient.newID()
    )
    private static let timing = ClockTiming(calendar: .shipped)

    private static func rule(
        _ number: Int, _ category: String = "", in grid: ID<GridNode>? = nil, _ moment: RoutingRule.Moment = .always,
        from: String? = nil, to: String? = nil, _ target: RoutingRule.Target = .town, isOn: Bool = true
    ) -> RoutingRule {
        RoutingRule(
            id: ambient.newID(), number: number, name: "规则", category: category, grid: grid, moment: moment,
            from: from.flatMap { Day($0) }, to: to.flatMap { Day($0) }, target: target, isOn: isOn)
    }

    private static func occasion(_ at: String = "2026-03-02 09:00", _ category: String = "0304") -> RoutingOccasion {
        RoutingOccasion(category: category, path: [village, grid], at: moment(at))
    }

    static let moments: [(RoutingRule.Moment, String, Bool)] = [
        (.always, "2026-03-02 03:00", true),
        (.workingHours, "2026-03-02 07:59", false), (.workingHours, "2026-03-02 08:00", true),
        (.workingHours, "2026-03-02 11:59", true), (.workingHours, "2026-03-02 12:00", false),
        (.workingHours, "2026-03-02 14:30", true), (.workingHours, "2026-03-02 17:30", false),
        // A Saturday worked in place of a holiday, an ordinary one, the Spring Festival.
        (.workingHours, "2026-02-28 09:00", true), (.workingHours, "2026-03-07 09:00", false),
        (.workingHours, "2026-02-17 09:00", false), (.outsideHours, "2026-02-17 09:00", true),
        (.outsideHours, "2026-03-02 12:00", true), (.outsideHours, "2026-03-02 11:59", false),
        (.night, "2026-03-02 21:59", false), (.night, "2026-03-02 22:00", true), (.night, "2026-03-03 05:59", true),
        (.night, "2026-03-03 06:00", false),
        (.restDays, "2026-02-28 23:59", false), (.restDays, "2026-03-01 00:00", true), (.restDays, "2026-02-17 12:00", true),
        (.restDays, "2026-03-02 00:00", false),
    ]

    @Test(arguments: moments) func `a moment holds by the working hours and the statutory calendar`(
        _ when: RoutingRule.Moment, _ at: String, _ holds: Bool
    ) {
        #expect(RouteRules.holds(when, at: moment(at), Self.timing) == holds)
    }

    static let fits: [(RoutingRule, RoutingOccasion, Bool)] = [
        (rule(1), occasion(), true), (rule(1, isOn: false), occasion(), false),
        (rule(1, "0304"), occasion(), true), (rule(1, "03"), occasion(), true), (rule(1, "0303"), occasion(), false),
        (rule(1, "04"), occasion(), false),
        (rule(1, in: village), occasion(), true), (rule(1, in: grid), occasion(), true),
        (rule(1, in: elsewhere), occasion(), false),
        (rule(1, from: "2026-03-02"), occasion(), true), (rule(1, from: "2026-03-03"), occasion(), false),
        (rule(1, to: "2026-03-02"), occasion("2026-03-02 23:59"), true), (rule(1, to: "2026-03-01"), occasion(), false),
        // Every condition has to hold.
        (rule(1, "0304", in: grid, .night, from: "2026-03-01", to: "2026-03-09"), occasion("2026-03-02 23:00"), true),
        (rule(1, "0304", in: grid, .night, from: "2026-03-01", to: "2026-03-09"), occasion(), false),
    ]

    @Test(arguments: fits) func `a rule fits when all its conditions hold`(
        _ rule: RoutingRule, _ occasion: RoutingOccasion, _ fits: Bool
    ) {
        #expect(RouteRules.fits(rule, occasion, Self.timing) == fits)
    }

    @Test func `the lowest number that fits decides, whatever order they come in`() {
        let rules = [Self.rule(3), Self.rule(1, "0101"), Self.rule(2, "03"), Self.rule(4, "0304")]
        #expect(RouteRules.first(of: rules, for: Self.occasion(), Self.timing)?.number == 2)
        #expect(RouteRules.first(of: [rules[1]], for: Self.occasion(), Self.timing) == nil)
        #expect(RouteRules.first(of: [], for: Self.occasion(), Self.timing) == nil)
    }

    static let holders: [(RoutingRule.Target?, Tier, Set<Int>, Int)] = [
        (nil, .small, [1, 2, 3], 3), (nil, .hard, [1, 2, 3], 1), (.unit, .urgent, [1, 2, 3], 2),
        (.levelOne, .small, [1, 2, 3], 1), (.levelTwo, .hard, [1, 2, 3], 2), (.levelThree, .hard, [1, 2, 3], 3),
        (.levelThree, .hard, [1, 2], 2), (.levelTwo, .small, [1, 3], 1), (.levelOne, .small, [2, 3], 0),
        (.town, .small, [1, 2, 3], 0),
    ]

    @Test(arguments: holders) func `a rule's level is whoever is in post there, or the next above`(
        _ target: RoutingRule.Target?, _ tier: Tier, _ staffed: Set<Int>, _ level: Int
    ) {
        let path = RoutingRulesTests.path(to: 3, staffed: staffed)
        #expect(
            RouteRules.holder(
                target.map { RoutingRule(id: Self.ambient.newID(), number: 1, name: "规则", target: $0) }, tier, path: path
            ).level == level)
    }

    // MARK: Kept in the database

    private func office(_ scene: Scene) -> Principal { scene.person("党建办", .townOffice, nil) }

    private func put(_ scene: Scene, _ change: (inout RoutingDraft) -> Void) async throws -> ID<RoutingRule> {
        var draft = RoutingDraft()
        (draft.name, draft.target) = ("规则", .town)
        change(&draft)
        return try await KeepRoutingRules(scene.desk)(draft, by: office(scene), request: scene.ambient.newID())
    }

    private func numbers(_ scene: Scene) async throws -> [String] {
        try await scene.database.read { try RoutingRuleStore($0, town: scene.town).all().map { "\($0.number) \($0.name)" } }
    }

    @Test(arguments: Engine.available)
    func `rules keep their order, whoever is put between them, and their history`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let first = try await put(scene) { $0.name = "甲" }
            _ = try await put(scene) { $0.name = "乙" }
            _ = try await put(scene) { ($0.name, $0.number) = ("丙", 1) }
            #expect(try await numbers(scene) == ["1 丙", "2 甲", "3 乙"])
            // Whoever had its form open while it was pushed down sees that first.
            await refuses(Conflict("stale")) { try await put(scene) { ($0.id, $0.version, $0.number) = (first, 1, 1) } }
            _ = try await put(scene) { ($0.name, $0.id, $0.version, $0.number) = ("甲", first, 2, 99) }
            #expect(try await numbers(scene) == ["1 丙", "2 乙", "3 甲"])
            _ = try await put(scene) { ($0.name, $0.id, $0.version, $0.number, $0.isOn) = ("甲", first, 3, 3, false) }
            await refuses(Conflict("stale")) { try await put(scene) { ($0.id, $0.version) = (first, 1) } }
            await refuses(Invalid("/target", "required")) { try await put(scene) { $0.target = nil } }
            await refuses(Invalid("/category", "not-a-choice")) { try await put(scene) { $0.category = "9" } }
            await refuses(Invalid("/unit", "not-a-choice")) { try await put(scene) { ($0.target, $0.asked) = (.unit, "来") } }
            await refuses(Invalid("/to", "dates-reversed")) {
                try await put(scene) { ($0.from, $0.to) = (Day("2026-03-02"), Day("2026-03-01")) }
            }
            let acts = try await scene.database.read { try RoutingRuleStore($0, town: scene.town).history().map(\.act) }
            #expect(Set(acts) == [.added, .moved, .switchedOff] && acts.count == 5)
            // A retry adds once; a chief orders nothing.
            var draft = RoutingDraft()
            (draft.name, draft.target) = ("丁", .levelOne)
            let request: ID<RoutingRuleEvent> = scene.ambient.newID()
            for _ in 1...2 { _ = try await KeepRoutingRules(scene.desk)(draft, by: office(scene), request: request) }
            #expect(try await numbers(scene).count == 4)
            let plain = draft
            await refuses(Forbidden()) {
                try await KeepRoutingRules(scene.desk)(
                    plain, by: scene.person("书记", .gridChief, [scene.village]), request: scene.ambient.newID())
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a report goes where the first rule says, and says so in its history`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let before = try await scene.send(scene.report())
            #expect(before.holder == Holder(grid: scene.third, level: 3))
            _ = try await put(scene) { ($0.name, $0.category, $0.target) = ("路灯归村里", "01", .levelOne) }
            _ = try await put(scene) { ($0.name, $0.number, $0.moment) = ("夜里先到镇里", 1, .night) }
            let day = try await scene.send(scene.report())
            #expect(day.holder == Holder(grid: scene.village, level: 1))
            #expect(try await scene.history(day).first?.facts.reason == "2 · 路灯归村里")
            scene.clock.set(to: moment("2026-03-02 22:00"))
            #expect(try await scene.send(scene.report()).holder == .town)
            scene.clock.set(to: moment("2026-03-03 09:00"))
            let other = try await scene.send(scene.report(category: "0201"))
            #expect(other.holder.level == 3)
            #expect(try await scene.history(other).first?.facts.reason == "")
        }
    }

    @Test(arguments: Engine.available)
    func `a rule asks a unit along, as long as the unit is asked at all`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            var draft = UnitDraft()
            (draft.nameZh, draft.contact, draft.phone) = ("安海供电所", "抢修班", "0595-85780110")
            (draft.respondWithin, draft.finishWithin) = ("4h", "3d")
            let unit = try await KeepUnits(scene.desk)(draft, by: office(scene), request: scene.ambient.newID())
            _ = try await put(scene) {
                ($0.name, $0.category, $0.target, $0.unit, $0.asked) = ("路灯请供电所", "0101", .unit, unit, "请派人看路灯")
            }
            let lamp = try await scene.send(scene.report())
            #expect(lamp.holder.level == 3, "who handles it is as without the rule")
            let tasks = try await scene.database.read { try JointStore($0, town: scene.town).tasks(of: lamp.id) }
            #expect(tasks.map(\.task.asked) == ["请派人看路灯"] && tasks.first?.task.asker == Holder(grid: scene.village, level: 1))
            #expect(tasks.first?.task.due == moment("2026-03-02 15:30"))
            let asked = try await scene.database.read { try JointStore($0, town: scene.town).events(of: tasks[0].task.id) }
            #expect(asked.map(\.words) == ["1 · 路灯请供电所"] && asked.first?.actor == nil)
            (draft.isRetired, draft.version) = (true, 1)
            try await KeepUnits(scene.desk)(draft, of: unit, by: office(scene), request: scene.ambient.newID())
            let next = try await scene.send(scene.report())
            #expect(try await scene.database.read { try JointStore($0, town: scene.town).tasks(of: next.id) }.isEmpty)
            #expect(try await scene.history(next).first?.facts.reason == "")
        }
    }
}
