import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

/// Orders of the hotline: the number once, the hotline's own clock, the reply. The scene begins on Monday 2026-03-02 at nine.
@Suite struct HotlineTests {
    private func made(_ received: String, taken: String = "2026-03-02 09:00", _ limit: String = "5d", replied: String? = nil)
        -> HotlineOrder
    {
        let (from, timing) = (moment(received), ClockTiming(calendar: .shipped))
        let within = TimeLimit(limit) ?? .fiveDays
        return HotlineOrder(
            matter: Ambient.fixed(TestClock()).newID(), number: "A1", receivedAt: from, takenAt: moment(taken),
            replyWithin: within,
            replyDue: HotlineRules.due(within, from: from, timing), repliedAt: replied.map { moment($0) })
    }

    static let standings: [(String, String?, String, HotlineRules.Standing, String)] = [
        // Five working days after Monday end on the next one; the first days of the Spring Festival do not count.
        ("5d", nil, "2026-03-02 10:00", .open, "2026-03-09 17:30"),
        ("5d", nil, "2026-03-09 17:30", .soon, "2026-03-09 17:30"), ("5d", nil, "2026-03-09 17:31", .late, "2026-03-09 17:30"),
        ("5d", "2026-03-09 17:30", "2026-04-01 09:00", .answered, "2026-03-09 17:30"),
        ("5d", "2026-03-09 17:31", "2026-04-01 09:00", .answeredLate, "2026-03-09 17:30"),
        ("24U", nil, "2026-03-03 08:59", .soon, "2026-03-03 08:30"), ("24U", nil, "2026-03-03 08:30", .soon, "2026-03-03 08:30"),
    ]

    @Test func `an order stands by the hotline's own time`() {
        let timing = ClockTiming(calendar: .shipped)
        for (limit, replied, now, standing, due) in Self.standings.dropLast(2) {
            let order = made("2026-03-02 08:30", limit, replied: replied)
            #expect(order.replyDue == moment(due))
            #expect(HotlineRules.standing(order, timing, at: moment(now)) == standing, "\(limit) at \(now)")
        }
        let urgent = made("2026-03-02 08:30", "24U")
        #expect(urgent.replyDue == moment("2026-03-03 08:30"))
        #expect(HotlineRules.standing(urgent, timing, at: moment("2026-03-03 08:30")) == .soon)
        #expect(HotlineRules.standing(urgent, timing, at: moment("2026-03-03 08:31")) == .late)
        // Taken in a day and a minute after it came.
        let slow = made("2026-03-01 08:59")
        #expect(
            HotlineRules.clocks(slow, timing, at: moment("2026-03-02 09:00")).first { $0.kind == .respond }?.isBreached == true)
        let quick = made("2026-03-01 09:00")
        #expect(
            HotlineRules.clocks(quick, timing, at: moment("2026-03-02 09:00")).first { $0.kind == .respond }?.isBreached == false)
    }

    @Test func `a number is letters, digits and hyphens in capitals`() {
        #expect(HotlineRules.number(" qz2026-0302 ") == "QZ2026-0302")
        for text in ["", "  ", "泉州1", "a b", "1_2", String(repeating: "9", count: 41)] {
            #expect(HotlineRules.number(text) == nil)
        }
    }

    private func office(_ scene: Scene) -> Principal { scene.person("党建办", .townOffice, nil) }

    private func take(
        _ scene: Scene, _ number: String, received: String? = "2026-03-02 08:30", by principal: Principal? = nil,
        id: ID<Matter>? = nil
    )
        async throws -> Matter
    {
        try await TakeHotlineOrder(scene.desk)(
            HotlineDraft(number: number, receivedAt: received.map { moment($0) }), scene.report(id: id),
            from: ReportSender(town: scene.town, principal: principal ?? office(scene), address: nil))
    }

    @Test(arguments: Engine.available)
    func `an order is a matter with the hotline's clock beside its own, each number once`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let id: ID<Matter> = scene.ambient.newID()
            let lamp = try await take(scene, "qz-1", id: id)
            #expect(lamp.channel == .hotline && lamp.clock.due == moment("2026-03-02 15:30"), "its own clock is as ever")
            #expect(try await take(scene, "qz-1", id: id).id == lamp.id, "the same form sent twice")
            await refuses(Invalid("/number", "order-taken")) { try await take(scene, "QZ-1") }
            let (town, clerk) = (scene.town, office(scene))
            let lines = try await scene.database.read { try HotlineStore($0, town: town).list(for: clerk, isOpen: true) }
            #expect(lines.map(\.order.number) == ["QZ-1"] && lines.first?.order.replyDue == moment("2026-03-09 17:30"))
            // What was refused has left no matter behind.
            let matters = try await scene.database.read { try $0.query("SELECT id FROM matter WHERE town_id = \(town)").count }
            #expect(matters == 1)
            await refuses(Invalid([Fault("/number", "order-number"), Fault("/day", "hotline-moment")])) {
                try await take(scene, "壹号", received: nil)
            }
            await refuses(Invalid("/day", "hotline-future")) { try await take(scene, "QZ-2", received: "2026-03-02 09:01") }
            await refuses(Forbidden()) { try await take(scene, "QZ-2", by: scene.person("书记", .gridChief, [scene.village])) }
        }
    }

    @Test(arguments: Engine.available)
    func `the first reply stops the hotline's clock, a later one corrects the words`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let lamp = try await take(scene, "QZ-1")
            let (town, clerk) = (scene.town, office(scene))
            func found() async throws -> HotlineOrder? {
                try await scene.database.read { try HotlineStore($0, town: town).find(lamp.id) }
            }
            scene.clock.set(to: moment("2026-03-04 10:00"))
            await refuses(Invalid("/words", "required")) {
                try await AnswerHotline(scene.desk)(" ", to: lamp.id, seen: "", by: clerk, request: scene.ambient.newID())
            }
            let request: ID<HotlineOrder> = scene.ambient.newID()
            let empty = try #require(try await found()).replyMark
            for _ in 1...2 {
                try await AnswerHotline(scene.desk)("灯已修好", to: lamp.id, seen: empty, by: clerk, request: request)
            }
            await refuses(Conflict("request-reused")) {
                try await AnswerHotline(scene.desk)("别的话", to: lamp.id, seen: empty, by: clerk, request: request)
            }
            // Somebody else had the page open before.
            await refuses(Invalid("/words", "reply-changed")) {
                try await AnswerHotline(scene.desk)("没看见", to: lamp.id, seen: empty, by: clerk, request: scene.ambient.newID())
            }
            let answered = try #require(try await found()).replyMark
            scene.clock.set(to: moment("2026-03-20 10:00"))
            try await AnswerHotline(scene.desk)(
                "灯已修好，灯杆也换了", to: lamp.id, seen: answered, by: clerk, request: scene.ambient.newID())
            let order = try await found()
            #expect(order?.reply == "灯已修好，灯杆也换了" && order?.repliedAt == moment("2026-03-04 10:00"))
            let plain = try await scene.send(scene.report())
            await refuses(NotFound()) {
                try await AnswerHotline(scene.desk)(
                    "不是热线的", to: plain.id, seen: answered, by: clerk, request: scene.ambient.newID())
            }
        }
    }
}
