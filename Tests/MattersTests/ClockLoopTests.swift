import Delivery
import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

/// Clocks through the use cases and the sweep. The scene begins on Monday 2026-03-02 at nine.
@Suite struct ClockLoopTests {
    private func sweep(_ scene: Scene) async throws -> SettleClocks.Count { try await SettleClocks(scene.desk)(scene.town) }

    private func read(_ scene: Scene, _ matter: Matter) async throws -> Matter {
        let office = scene.person("党建办", .townOffice, nil)
        return try #require(
            try await scene.database.read { try MatterStore($0, town: scene.town).find(matter.id, for: office) })
    }

    private func events(_ scene: Scene, _ matter: Matter) async throws -> [ClockEvent] {
        try await scene.database.read { try ClockEventStore($0, town: scene.town).history(of: matter.id) }
    }

    private func topics(_ scene: Scene) async throws -> [String] {
        try await scene.database.read { tx in
            try tx.query("SELECT topic FROM outbox_message ORDER BY created_at, id").map { try $0.get("topic") }
        }
    }

    private func order(_ scene: Scene, _ matter: Matter, _ principal: Principal) -> ClockOrder {
        ClockOrder(id: scene.ambient.newID(), matter: matter.id, by: principal)
    }

    @Test(arguments: Engine.available) func `a report carries its deadlines from the first moment`(_ engine: Engine) async throws
    {
        try await Scene.run(engine) { scene in
            let lamp = try await scene.send(scene.report())
            #expect(lamp.clock.due == moment("2026-03-02 15:30") && lamp.clock.state == .running)
            #expect(lamp.clock.respond == TimeLimit("4h") && lamp.clock.finish == TimeLimit("3d"))
            #expect(try await read(scene, lamp).clock == lamp.clock)
            // A project decides about the end: only the first response has a limit.
            let project = try await scene.send(scene.report(category: "0102"))
            #expect(project.clock.due == moment("2026-03-03 17:30") && project.clock.finish == nil)
            #expect(try await sweep(scene) == SettleClocks.Count(matters: 0, marks: 0))
        }
    }

    @Test(arguments: Engine.available) func `what is late is written down once, told, and goes up one level`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let lamp = try await scene.send(scene.report())
            scene.clock.set(to: moment("2026-03-02 15:30"))
            #expect(try await sweep(scene).marks == 1, "the warning; the last moment is still in time")
            #expect(try await read(scene, lamp).holder.level == 3)
            scene.clock.set(to: moment("2026-03-02 15:31"))
            #expect(try await sweep(scene).marks == 1)
            #expect(try await sweep(scene) == SettleClocks.Count(matters: 0, marks: 0))
            let late = try await read(scene, lamp)
            #expect(late.holder == Holder(grid: scene.second, level: 2) && late.version == 2 && late.clock.breaches == 1)
            #expect(late.clock.isLate(at: scene.clock.now))
            let history = try await scene.history(lamp)
            #expect(
                history.last?.kind == .upgraded && history.last?.at == moment("2026-03-02 15:30") && history.last?.actor == nil)
            #expect(try await topics(scene) == ["matter.reported", "matter.clock.warning", "matter.clock.breach"])
            let marks = try await events(scene, lamp)
            #expect(
                marks.map(\.mark) == ["respond.1.0.warning", "respond.1.0.breach"] && marks.allSatisfy { $0.basis == "hours 0" })
        }
    }

    @Test(arguments: Engine.available) func `an act after the end meets what the clocks did before it`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let second = scene.person("陈志强", .gridWorker, [scene.second])
            let lamp = try await scene.send(scene.report())
            scene.clock.set(to: moment("2026-03-02 16:00"))
            // No sweep has run, and yet the matter has gone up.
            await refuses(Conflict("stale")) {
                try await CheckOnSite(scene.desk)(scene.order(lamp, by: worker), finding: .confirmed)
            }
            let late = try await read(scene, lamp)
            #expect(late.holder.level == 2)
            let seen = try await CheckOnSite(scene.desk)(scene.order(late, by: second), finding: .confirmed)
            #expect(seen.clock.due == moment("2026-03-05 17:30") && !seen.clock.isLate(at: scene.clock.now))
            #expect(try await sweep(scene).marks == 0)
            let done = try await HandleMatter(scene.desk)(scene.order(seen, by: second), reply: "修好了")
            #expect(done.clock.due == moment("2026-03-04 17:30"), "the follow-up, two working days after the work")
        }
    }

    @Test(arguments: Engine.available) func `time is asked for by the handler and given from above`(_ engine: Engine) async throws
    {
        try await Scene.run(engine) { scene in
            let desk = scene.desk
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let second = scene.person("陈志强", .gridWorker, [scene.second])
            let lamp = try await scene.send(scene.report())
            let seen = try await CheckOnSite(desk)(scene.order(lamp, by: worker), finding: .confirmed)
            let pause = ClockAsk(.pause, reason: .weather, day: Day("2026-03-06"))
            let asking = order(scene, lamp, worker)
            for _ in 1...2 { try await AskForTime(desk)(asking, pause, words: "下大雨") }
            #expect(try await read(scene, lamp).clock == seen.clock, "asking changes nothing")
            await refuses(Conflict("ask-pending")) {
                try await AskForTime(desk)(order(scene, lamp, worker), pause, words: "再问一次")
            }
            await refuses(Forbidden("not-above")) {
                try await DecideOnTime(desk)(order(scene, lamp, worker), grant: true, words: "")
            }
            scene.clock.set(to: moment("2026-03-02 11:00"))
            try await DecideOnTime(desk)(order(scene, lamp, second), grant: true, words: "雨停再修")
            let paused = try await read(scene, lamp)
            // Two hours of twenty-seven are used; the rest comes after the pause.
            #expect(paused.clock.state == .paused && paused.clock.due == moment("2026-03-11 12:00"))
            await refuses(Conflict("clock-paused")) {
                try await AskForTime(
                    desk)(order(scene, lamp, worker), ClockAsk(.extend, reason: .other, limit: TimeLimit("1d")), words: "还要一天")
            }
            scene.clock.set(to: moment("2026-03-06 08:30"))
            #expect(try await sweep(scene).marks == 1)
            #expect(try await read(scene, lamp).clock.state == .running)
            #expect(try await events(scene, lamp).map(\.kind) == [.asked, .granted, .resumed])
            // Whoever stands above gives without being asked; whoever worked on it may not.
            try await AskForTime(desk)(
                order(scene, lamp, second), ClockAsk(.extend, reason: .material, limit: TimeLimit("2d")), words: "等配件")
            let longer = try await read(scene, lamp)
            #expect(longer.clock.extensions == 1 && longer.clock.due == moment("2026-03-13 12:00"))
            await refuses(Conflict("nothing-asked")) {
                try await DecideOnTime(desk)(order(scene, lamp, second), grant: true, words: "")
            }
        }
    }

    @Test(arguments: Engine.available) func `a refusal needs words, and faults are told beside the fields`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let lamp = try await scene.send(scene.report())
            func faults(_ ask: ClockAsk, _ words: String = "理由") async throws -> [String] {
                do {
                    try await AskForTime(scene.desk)(order(scene, lamp, worker), ask, words: words)
                    return []
                } catch let invalid as Invalid { return invalid.faults.map { "\($0.pointer) \($0.code)" } }
            }
            #expect(try await faults(ClockAsk(.pause, reason: .other), "") == ["/day required", "/words required"])
            #expect(try await faults(ClockAsk(.pause, reason: .other, day: Day("2026-03-02"))) == ["/day not-in-future"])
            #expect(try await faults(ClockAsk(.pause, reason: .other, day: Day("2026-06-01"))) == ["/day too-far"])
            #expect(try await faults(ClockAsk(.extend, reason: .other)) == ["/limit extension-amount"])
            #expect(try await faults(ClockAsk(.extend, reason: .other, limit: TimeLimit("24U"))) == ["/limit extension-unit"])
            #expect(try await faults(ClockAsk(.extend, reason: .other, limit: TimeLimit("31d"))) == ["/limit extension-amount"])
            #expect(try await faults(ClockAsk(.extend, reason: .other, limit: TimeLimit("30d"))) == [])
            let second = scene.person("陈志强", .gridWorker, [scene.second])
            await refuses(Invalid("/words", "required")) {
                try await DecideOnTime(scene.desk)(order(scene, lamp, second), grant: false, words: " ")
            }
            try await DecideOnTime(scene.desk)(order(scene, lamp, second), grant: false, words: "今天就能修")
            #expect(try await read(scene, lamp).clock.extensions == 0)
            let stranger = scene.person("外村", .gridChief, [scene.otherVillage])
            await refuses(NotFound()) {
                try await AskForTime(
                    scene.desk)(
                        order(scene, lamp, stranger), ClockAsk(.extend, reason: .other, limit: TimeLimit("1d")), words: "x")
            }
        }
    }

    @Test(arguments: Engine.available) func `the ledger has no deadline but a review, and is taken up again`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let lamp = try await scene.send(scene.report())
            _ = try await CheckOnSite(scene.desk)(scene.order(lamp, by: worker), finding: .confirmed)
            try await AskForTime(
                scene.desk)(order(scene, lamp, chief), ClockAsk(.shelve, reason: .money, day: Day("2026-06-01")), words: "没有经费")
            let shelved = try await read(scene, lamp)
            #expect(shelved.clock.state == .shelved && shelved.clock.due == moment("2026-06-01 00:00"))
            scene.clock.set(to: moment("2026-06-02 09:00"))
            #expect(try await sweep(scene).marks == 1)
            #expect(try await topics(scene).last == "matter.clock.review")
            #expect(try await read(scene, lamp).holder.level == 3, "nothing goes up for it")
            #expect(try await read(scene, lamp).clock.breaches == 0)
            try await TakeUp(scene.desk)(order(scene, lamp, worker), words: "钱有了")
            let running = try await read(scene, lamp)
            #expect(running.clock.state == .running && running.clock.due == moment("2026-06-05 17:30"))
            await refuses(Conflict("not-paused")) { try await TakeUp(scene.desk)(order(scene, lamp, worker), words: "") }
        }
    }

    @Test(arguments: Engine.available) func `found not done twice, it goes up; sent back twice, it is flagged`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let desk = scene.desk
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            var matter = try await scene.send(scene.report())
            matter = try await CheckOnSite(desk)(scene.order(matter, by: worker), finding: .confirmed)
            for round in 1...2 {
                matter = try await HandleMatter(desk)(scene.order(matter, by: worker), reply: "修好了")
                matter = try await FollowUpMatter(desk)(scene.order(matter, by: chief), way: .phone, satisfied: false)
                #expect(matter.holder.level == (round == 1 ? 3 : 2))
            }
            for returned in 1...2 {
                #expect(matter.isPassedAround == (returned > 2))
                matter = try await ReturnMatter(desk)(scene.order(matter, by: chief), reason: "还是你们办")
                matter = try await EscalateMatter(desk)(scene.order(matter, by: worker), reason: "办不了")
            }
            #expect(matter.isPassedAround)
        }
    }

    @Test(arguments: Engine.available) func `a holiday that is announced late moves every open deadline, and takes nothing back`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let lamp = try await scene.send(scene.report(category: "0203"))
            #expect(lamp.clock.due == moment("2026-03-03 17:30"))
            _ = try await sweep(scene)
            try await calendarOff(scene, "2026-03-03", "2026-03-04")
            _ = try await sweep(scene)
            #expect(try await read(scene, lamp).clock.due == moment("2026-03-05 17:30"))
            let office = scene.person("党建办", .townOffice, nil)
            let clerk = Principal(
                town: scene.town, account: office.account, person: nil, name: "党建办", grants: [.calendarEdit: .town], post: "")
            try await EditClockSetting(scene.desk)(
                hours: "08:00-12:00 14:30-18:00", followUp: "2d", warnPercent: 75, edition: 0, by: clerk)
            _ = try await sweep(scene)
            #expect(try await read(scene, lamp).clock.due == moment("2026-03-05 18:00"))
            await refuses(Conflict("stale")) {
                try await EditClockSetting(scene.desk)(
                    hours: "09:00-12:00", followUp: "2d", warnPercent: 75, edition: 0, by: clerk)
            }
        }
    }

    private func calendarOff(_ scene: Scene, _ first: String, _ last: String) async throws {
        let (first, last) = (try #require(Day(first)), try #require(Day(last)))
        let clerk = Principal(
            town: scene.town, account: scene.ambient.newID(), person: nil, name: "党建办", grants: [.calendarEdit: .town], post: "")
        try await EditCalendar(database: scene.database, ambient: scene.ambient)(
            CalendarEdit(first: first, last: last, kind: .off, name: "镇里放假"), by: clerk, request: scene.ambient.newID())
    }

    @Test(arguments: Engine.available) func `several sweeps at once write every mark once`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            for _ in 0..<60 { try await scene.send(scene.report(category: "0201")) }
            scene.clock.set(to: moment("2026-03-20 09:00"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { _ = try await SettleClocks(scene.desk)(scene.town) } }
                try await group.waitForAll()
            }
            let (marks, ups, messages) = try await scene.database.read { tx in
                (
                    try tx.value("SELECT count(*) FROM matter_clock_event", as: Int.self),
                    try tx.value("SELECT count(*) FROM matter_event WHERE kind = 'upgraded'", as: Int.self),
                    try tx.value("SELECT count(*) FROM outbox_message WHERE topic = 'matter.clock.breach'", as: Int.self)
                )
            }
            // Both clocks warned and were late; twice up, to the village.
            #expect(marks == 240 && ups == 120 && messages == 120)
        }
    }

    @Test(arguments: Engine.available) func `a matter from before there were clocks gets its limits without going up`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let lamp = try await scene.send(scene.report())
            _ = try await scene.database.write { tx in
                try tx.execute(
                    "UPDATE matter SET respond_within = NULL, finish_within = NULL, due_at = 253402300799000, check_at = 0")
            }
            scene.clock.set(to: moment("2026-03-20 09:00"))
            #expect(try await sweep(scene).marks == 4)
            let found = try await read(scene, lamp)
            #expect(found.clock.finish == TimeLimit("3d") && found.clock.breaches == 2 && found.holder.level == 3)
            #expect(try await topics(scene) == ["matter.reported"])
        }
    }

    @Test(arguments: Engine.available) func `lists go by the deadline and show what is late`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let slow = try await scene.send(scene.report(category: "0106"))
            let quick = try await scene.send(scene.report(category: "0201"))
            let today = try await scene.send(scene.report(category: "0206"))
            scene.clock.set(to: moment("2026-03-02 14:45"))
            let chief = scene.person("许书记", .gridChief, [scene.village])
            func list(_ change: (inout MatterFilter) -> Void, after: MatterCursor? = nil, limit: Int = 50) async throws
                -> MatterList
            {
                var filter = MatterFilter()
                change(&filter)
                let wanted = filter
                return try await ReadInbox(desk: scene.desk).list(wanted, grid: nil, after: after, limit: limit, by: chief).0
            }
            #expect(try await list { $0.byDue = true }.matters.map(\.id) == [quick.id, today.id, slow.id])
            let first = try await list({ $0.byDue = true }, limit: 1)
            #expect(try await list({ $0.byDue = true }, after: first.next).matters.map(\.id) == [today.id, slow.id])
            #expect(try await list { $0.due = .late }.matters.map(\.id) == [quick.id])
            #expect(Set(try await list { $0.due = .today }.matters.map(\.id)) == [quick.id, today.id])
        }
    }
}
