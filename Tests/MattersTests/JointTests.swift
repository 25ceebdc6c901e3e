import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

/// Joint tasks from asking to confirming. The scene begins on Monday 2026-03-02 at nine.
@Suite struct JointTests {
    /// A unit with somebody who answers for it, and another one with somebody else.
    private struct Stage {
        let scene: Scene
        let office: Principal
        let chief: Principal
        let worker: Principal
        let unit: ID<JointUnit>
        let member: Principal
        let stranger: Principal
        let matter: Matter

        init(_ scene: Scene) async throws {
            self.scene = scene
            let office = Principal(
                town: scene.town, account: scene.ambient.newID(), person: nil, name: "党建办",
                grants: Dictionary(
                    (MattersPermissions.grants[.townOffice, default: []].union([.postAppoint])).map { ($0, Scope.town) }
                ) { first, _ in first }, post: "镇党建办")
            self.office = office
            chief = scene.person("书记", .gridChief, [scene.village])
            worker = scene.person("林晓岚", .gridWorker, [scene.second])
            unit = try await Self.unit("安海派出所", scene, office)
            member = try await Self.member("王所", "15400000011", of: unit, scene, office)
            let other = try await Self.unit("安海供电所", scene, office)
            stranger = try await Self.member("李电工", "15400000012", of: other, scene, office)
            let report = scene.report("楼道里有人贴放贷广告", category: "0201")
            matter = try await scene.send(report)
        }

        static func unit(_ name: String, _ scene: Scene, _ office: Principal) async throws -> ID<JointUnit> {
            var draft = UnitDraft()
            (draft.nameZh, draft.contact, draft.phone) = (name, "值班室", "0595-85780110")
            (draft.respondWithin, draft.finishWithin) = ("4h", "3d")
            return try await KeepUnits(scene.desk)(draft, by: office, request: scene.ambient.newID())
        }

        static func member(
            _ name: String, _ phone: String, of unit: ID<JointUnit>, _ scene: Scene, _ office: Principal
        ) async throws -> Principal {
            try await KeepUnits(scene.desk).admit(name, phone: phone, to: unit, by: office, request: scene.ambient.newID())
            let day = scene.clock.now.day()
            let held = try await scene.database.read { tx in
                let person = try UnitStore(tx, town: scene.town).members(of: unit, on: day).last?.member.person
                return (person, try person.map { try UnitGrants.held(tx, town: scene.town, person: $0, day: day) })
            }
            return Principal(
                town: scene.town, account: scene.ambient.newID(), person: held.0, name: name, grants: held.1?.grants ?? [:],
                post: held.1?.label ?? "")
        }

        func ask(by principal: Principal? = nil, reason: String = "执法权在所里", limit: String = "", id: ID<JointTask>? = nil)
            async throws -> JointTask
        {
            try await AskUnit(scene.desk)(
                JointRequest(
                    id: id ?? scene.ambient.newID(), matter: matter.id, unit: unit, asked: "请上门查放贷广告", reason: reason,
                    limit: limit), by: principal ?? chief)
        }

        @discardableResult
        func act(_ act: JointAct, _ task: JointTask, by principal: Principal, _ words: String = "", id: ID<JointEvent>? = nil)
            async throws -> JointTask
        {
            let order = JointOrder(id: id ?? scene.ambient.newID(), task: task.id, version: task.version, by: principal)
            return try await ActOnJointTask(scene.desk)(act, order, words: words)
        }

        func events(_ task: JointTask) async throws -> [JointEvent] {
            try await scene.database.read { try JointStore($0, town: scene.town).events(of: task.id) }
        }

        func sees(_ principal: Principal, _ task: JointTask) async throws -> Bool {
            let (town, day) = (scene.town, scene.clock.now.day())
            return try await scene.database.read {
                try JointStore($0, town: town).find(task.id, .unit(principal, day)) != nil
            }
        }
    }

    private func run(_ engine: Engine, _ body: (Stage) async throws -> Void) async throws {
        try await Scene.run(engine) { scene in try await body(try await Stage(scene)) }
    }

    @Test(arguments: Engine.available)
    func `a unit is asked, takes it, finishes it, and whoever asked confirms`(_ engine: Engine) async throws {
        try await run(engine) { stage in
            let asked = try await stage.ask()
            // Four working hours from nine to say so; the matter's own clock is not touched.
            #expect(asked.due == moment("2026-03-02 15:30") && asked.asker == Holder(grid: stage.scene.village, level: 1))
            let again = try await stage.ask(id: asked.id)
            #expect(again.id == asked.id && again.version == 1)
            await refuses(Invalid("/unit", "unit-asked")) { try await stage.ask() }
            stage.scene.clock.advance(by: .hours(1))
            let taken = try await stage.act(.accept, asked, by: stage.member)
            #expect(taken.state == .accepted && taken.due == moment("2026-03-05 17:30"))
            await refuses(Invalid("/words", "required")) { try await stage.act(.finish, taken, by: stage.member) }
            let done = try await stage.act(.finish, taken, by: stage.member, "已清除，发帖人已查到")
            #expect(done.due == ClockStanding.never && done.state == .done)
            let back = try await stage.act(.sendBack, done, by: stage.chief, "三楼还有")
            #expect(back.state == .accepted && back.due < ClockStanding.never)
            let redone = try await stage.act(.finish, back, by: stage.member, "三楼也清了")
            let id: ID<JointEvent> = stage.scene.ambient.newID()
            let confirmed = try await stage.act(.confirm, redone, by: stage.chief, id: id)
            #expect(confirmed.state == .confirmed && confirmed.breaches == 0)
            // The same confirmation sent twice changes nothing more.
            #expect(try await stage.act(.confirm, redone, by: stage.chief, id: id).version == confirmed.version)
            let kinds = try await stage.events(confirmed).map(\.kind)
            #expect(kinds == [.asked, .accepted, .finished, .sentBack, .finished, .confirmed])
            let office = stage.office
            let matter = try await stage.scene.database.read {
                try MatterStore($0, town: stage.scene.town).find(stage.matter.id, for: office)
            }
            #expect(matter?.clock == stage.matter.clock && matter?.holder == stage.matter.holder)
        }
    }

    @Test(arguments: Engine.available)
    func `a refusal says why and goes back; only the town asks again, and then it is taken`(_ engine: Engine) async throws {
        try await run(engine) { stage in
            let asked = try await stage.ask()
            await refuses(Invalid("/words", "required")) { try await stage.act(.refuse, asked, by: stage.member) }
            let refused = try await stage.act(.refuse, asked, by: stage.member, "属于市监职责")
            #expect(refused.state == .refused && refused.due == ClockStanding.never)
            await refuses(Forbidden("town-insists")) { try await stage.act(.insist, refused, by: stage.chief, "还是请你们") }
            let insisted = try await stage.act(.insist, refused, by: stage.office, "镇里协调过，由派出所办")
            #expect(insisted.state == .insisted && insisted.wasInsisted && insisted.due < ClockStanding.never)
            await refuses(Conflict("insisted")) { try await stage.act(.refuse, insisted, by: stage.member, "不办") }
            await refuses(Conflict("stale")) { try await stage.act(.accept, asked, by: stage.member) }
            #expect(try await stage.act(.accept, insisted, by: stage.member).state == .accepted)
        }
    }

    @Test(arguments: Engine.available)
    func `what is late is written down once, and stays on the record`(_ engine: Engine) async throws {
        try await run(engine) { stage in
            let asked = try await stage.ask()
            stage.scene.clock.set(to: moment("2026-03-02 15:31"))
            let town = stage.scene.town
            #expect(try await SettleJointTasks(stage.scene.desk)(town) == 2, "the warning and the breach")
            #expect(try await SettleJointTasks(stage.scene.desk)(town) == 0)
            // The sweep does not count as somebody's act.
            let taken = try await stage.act(.accept, asked, by: stage.member)
            #expect(taken.breaches == 1)
            // Without a sweep the act itself finds the second one.
            stage.scene.clock.set(to: moment("2026-03-06 09:00"))
            let done = try await stage.act(.finish, taken, by: stage.member, "办好了")
            #expect(done.breaches == 2)
            let breaches = try await stage.events(done).filter { $0.kind == .breach }
            #expect(breaches.map(\.mark) == ["respond.1.0.breach", "finish.1.0.breach"])
            #expect(breaches.map(\.at) == [moment("2026-03-02 15:30"), moment("2026-03-05 17:30")])
            let figures = try await stage.scene.database.read { try JointStore($0, town: town).figures() }
            #expect(figures[stage.unit] == UnitFigures(asked: 1, confirmed: 0, refused: 0, late: 1, open: 1))
        }
    }

    @Test(arguments: Engine.available)
    func `a unit's people see what their unit is asked, from the day they begin to the day they end`(_ engine: Engine)
        async throws
    {
        try await run(engine) { stage in
            let asked = try await stage.ask()
            #expect(try await stage.sees(stage.member, asked))
            #expect(try await !stage.sees(stage.stranger, asked))
            #expect(try await !stage.sees(stage.chief, asked), "the staff see it as the staff do")
            await refuses(NotFound()) { try await stage.act(.accept, asked, by: stage.stranger) }
            await refuses(Forbidden()) { try await stage.act(.accept, asked, by: stage.chief) }
            await refuses(Forbidden()) { try await stage.act(.confirm, asked, by: stage.member) }
            // Nothing of the matter itself, nothing of the staff's lists.
            let (scene, member) = (stage.scene, stage.member)
            let matter = try await scene.database.read {
                try MatterStore($0, town: scene.town).find(stage.matter.id, for: member)
            }
            #expect(matter == nil && member.grants == [.answerForUnit: .town])
            let seen = try await scene.database.read { try JointStore($0, town: scene.town).list(.staff(member), isOpen: true) }
            #expect(seen.isEmpty)
            let unit = stage.unit
            let own = try await scene.database.read {
                try UnitStore($0, town: scene.town).members(of: unit, on: scene.clock.now.day())
            }
            try await KeepUnits(scene.desk).release(
                own[0].member.id, from: unit, by: stage.office, request: scene.ambient.newID())
            #expect(try await !stage.sees(stage.member, asked))
            await refuses(NotFound()) { try await stage.act(.accept, asked, by: stage.member) }
            let terms = try await scene.database.read {
                try $0.query("SELECT valid_from, valid_to FROM joint_unit_member WHERE valid_to < valid_from ORDER BY id").count
            }
            #expect(terms == 0, "no term ends before it begins")
        }
    }

    @Test(arguments: Engine.available)
    func `below level one nobody asks, of another village nobody, and closed matters need nobody`(_ engine: Engine) async throws {
        try await run(engine) { stage in
            await refuses(Forbidden("not-level-one")) {
                try await stage.ask(by: stage.worker)
            }
            await refuses(NotFound()) {
                try await stage.ask(by: stage.scene.person("书记", .gridChief, [stage.scene.otherVillage]))
            }
            await refuses(Invalid("/reason", "required")) { try await stage.ask(reason: " ") }
            await refuses(Invalid("/limit", "time-limit")) { try await stage.ask(limit: "三天") }
            await refuses(Forbidden()) {
                try await KeepUnits(stage.scene.desk)(UnitDraft(), by: stage.chief, request: stage.scene.ambient.newID())
            }
        }
    }
}
