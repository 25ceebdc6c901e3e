import Delivery
import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

/// Two matters that are the same thing, and one that is not after all.
struct MergeTests {
    private func order(
        _ scene: Scene, _ source: Matter, into target: MergeOrder.Target, by person: Principal, id: ID<MatterEvent>? = nil
    ) -> MergeOrder {
        MergeOrder(id: id ?? scene.ambient.newID(), source.id, version: source.version, into: target, by: person)
    }

    private func shown(_ matter: Matter) -> MergeOrder.Target { .shown(matter.id, version: matter.version) }

    private func read(_ scene: Scene, _ matter: Matter) async throws -> Matter {
        try #require(try await scene.database.read { try MatterStore($0, town: scene.town).made(by: matter.id)?.matter })
    }

    private func settle(_ scene: Scene) async throws { _ = try await SettleClocks(scene.desk)(scene.town) }

    @Test(arguments: Engine.available) func `both keep their history, every reporter is kept, and the number leads on`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let (desk, chief) = (scene.desk, scene.person("许书记", .gridChief, [scene.village]))
            let worker = scene.person("陈志强", .gridWorker, [scene.second])
            let whole = try await scene.send(scene.report(name: "王阿姨"))
            scene.clock.advance(by: .minutes(10))
            var told = scene.report("巷口黑", at: scene.second, phone: "13987654321", name: "老陈")
            told.wantsText = true
            let part = try await scene.send(told)
            let request: ID<MatterEvent> = scene.ambient.newID()
            let order = order(scene, part, into: shown(whole), by: chief, id: request)
            let after = try await MergeMatters(desk)(order, reason: "同一盏灯")
            #expect(after.id == whole.id && after.version == 2)
            #expect(try await MergeMatters(desk)(order, reason: "同一盏灯") == after, "a retry")
            await refuses(Conflict("request-reused")) { try await MergeMatters(desk)(order, reason: "别的") }
            let merged = try await read(scene, part)
            #expect(merged.stage == .merged && !merged.stage.isOpen && merged.closedAt == nil && merged.clock.state == .idle)
            #expect(try await scene.history(part).map(\.kind) == [.reported, .merged])
            #expect(try await scene.history(whole).map(\.kind) == [.reported, .tookIn])
            #expect(try await scene.history(whole).last?.otherNumber == part.number.description)

            // Nothing is done to the part any more, and it is in nobody's way.
            await refuses(Conflict("part-of-another")) {
                try await CheckOnSite(desk)(scene.order(merged, by: worker), finding: .confirmed)
            }
            let open = try await ReadInbox(desk: desk).list(MatterFilter(), grid: nil, after: nil, limit: 9, by: chief).0
            #expect(open.matters.map(\.id) == [whole.id])
            let found = try await ReadInbox(desk: desk).list(
                MatterFilter(text: part.number.digits), grid: nil, after: nil, limit: 9, by: chief
            ).0
            #expect(found.matters.map(\.id) == [whole.id], "by its number one finds what it is part of")
            let listed = try await ReadPublicMatters(desk)(PublicMatterFilter(limit: 9), town: scene.town).matters
            #expect(listed.map(\.id) == [whole.id])
            let figures = try await scene.database.read { try MatterFigureStore($0, town: scene.town).closed(since: .testStart) }
            #expect(figures.isEmpty, "merging closes nothing")

            // Its reporter follows the whole by their own number, and is told at the end.
            var mine = try await ReadMatter(desk: desk)(part.number, town: scene.town).0
            #expect(mine.number == part.number && mine.stage == .collected && mine.joinedAt != nil)
            let revealed = try await RevealReporters(desk)(whole.id, by: chief, reason: "回访")
            #expect(revealed.map(\.name) == ["王阿姨", "老陈"])
            let wishing = try await scene.database.read { tx in
                let family = try MergeStore(tx, town: scene.town).family(of: whole.id)
                return try ReporterStore(tx, town: scene.town, vault: desk.vault).wishing(family).map {
                    try JoiningStore(tx, town: scene.town).number(of: $0)
                }
            }
            #expect(wishing == [part.number])
            var end = try await CheckOnSite(desk)(scene.order(after, by: worker), finding: .solvedOnSpot, reply: "换好了")
            end = try await FollowUpMatter(desk)(scene.order(end, by: chief), way: .phone, satisfied: true)
            mine = try await ReadMatter(desk: desk)(part.number, town: scene.town).0
            #expect(mine.stage == .closed && mine.history.map(\.reply).contains("换好了"))
            let acts = try await scene.database.read { tx in
                try tx.query("SELECT act FROM audit_entry WHERE act LIKE 'matter.m%' ORDER BY at, id").map {
                    try $0.get("act", as: String.self)
                }
            }
            #expect(acts == ["matter.merge"])
            #expect(end.stage == .closed)
        }
    }

    @Test(arguments: Engine.available) func `urgency, the earlier deadline and the higher level go over; split off, it goes on`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let (desk, chief) = (scene.desk, scene.person("许书记", .gridChief, [scene.village]))
            // A manhole is urgent: 24 hours around the clock, at level 2. A damaged road is small: 5 working days, at level 3.
            let hole = try await scene.send(scene.report("井盖没了", category: "0103"))
            scene.clock.advance(by: .hours(2))
            let road = try await scene.send(scene.report("路坏了", category: "0105"))
            #expect(hole.holder.level == 2 && road.holder.level == 3)
            try await settle(scene)
            let before = try await read(scene, hole)
            let whole = try await MergeMatters(desk)(
                order(scene, before, into: .shown(road.id, version: nil), by: chief), reason: "同一处")
            #expect(whole.tier == .urgent && whole.holder.level < 3)
            let clocks = try await ReadMatter(desk: desk)(road.id, for: chief).0.clocks
            let finish = try #require(clocks.last { $0.kind == .finish })
            #expect(finish.due == hole.reportedAt + .hours(24) && finish.start == hole.reportedAt)
            scene.clock.advance(by: .hours(5))
            let part = try await read(scene, hole)
            let free = try await SplitMatter(desk)(
                ActOrder(id: scene.ambient.newID(), matter: part.id, version: part.version, by: chief), reason: "不是一处")
            #expect(free.stage == .collected && free.tier == .urgent && free.stage.isOpen)
            let own = try await ReadMatter(desk: desk)(hole.id, for: chief).0.clocks.last { $0.kind == .finish }
            #expect(own?.left == .hours(22) && own?.due == scene.clock.now + .hours(22))
            let rest = try await read(scene, road)
            #expect(rest.tier == .small, "what made it urgent is gone")
            let pace = try await ReadMatter(desk: desk)(road.id, for: chief).0.clocks.last { $0.kind == .finish }
            #expect(pace?.due == hole.reportedAt + .hours(24), "nobody gains time by merging and splitting")
            #expect(try await scene.history(hole).last?.kind == .splitOff)
            await refuses(Conflict("not-merged")) {
                try await SplitMatter(desk)(
                    ActOrder(id: scene.ambient.newID(), matter: free.id, version: free.version, by: chief), reason: "再来")
            }
            let mine = try await ReadMatter(desk: desk)(hole.number, town: scene.town).0
            #expect(mine.joinedAt == nil && mine.category == "0103")
            // It may be merged again, and is part of one other only.
            let again = try await MergeMatters(desk)(order(scene, free, into: shown(rest), by: chief), reason: "还是一处")
            #expect(again.tier == .urgent)
        }
    }

    @Test(arguments: Engine.available) func `what was late goes over as late, and nobody is sent up twice`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let (desk, chief) = (scene.desk, scene.person("许书记", .gridChief, [scene.village]))
            let late = try await scene.send(scene.report())
            scene.clock.advance(by: .days(7))
            try await settle(scene)
            let target = try await scene.send(scene.report())
            let source = try await read(scene, late)
            #expect(source.clock.breaches > 0)
            let whole = try await MergeMatters(desk)(order(scene, source, into: shown(target), by: chief), reason: "同一盏")
            #expect(whole.clock.breaches > 0 && whole.clock.isLate(at: scene.clock.now + .seconds(1)))
            scene.clock.advance(by: .minutes(5))
            try await settle(scene)
            let settled = try await read(scene, target)
            #expect(settled.holder == whole.holder, "whoever is above knows by the first one")
            #expect(settled.version == whole.version)
        }
    }

    @Test(arguments: Engine.available) func `only within the actor's reach for both, on what they saw, and never in a circle`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let (desk, chief) = (scene.desk, scene.person("许书记", .gridChief, [scene.village]))
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let office = scene.person("党建办", .townOffice, nil)
            let one = try await scene.send(scene.report())
            let two = try await scene.send(scene.report(at: scene.second))
            let far = try await scene.send(scene.report(at: scene.otherVillage))
            await refuses(NotFound()) {
                try await MergeMatters(desk)(order(scene, one, into: shown(two), by: worker), reason: "x")
            }
            await refuses(NotFound()) {
                try await MergeMatters(desk)(order(scene, one, into: shown(far), by: chief), reason: "x")
            }
            await refuses(NotFound()) {
                try await MergeMatters(desk)(order(scene, far, into: shown(one), by: chief), reason: "x")
            }
            await refuses(Invalid("/number", "number-unknown")) {
                try await MergeMatters(desk)(order(scene, one, into: .number(far.number), by: chief), reason: "x")
            }
            await refuses(Invalid("/reason", "reason-required")) {
                try await MergeMatters(desk)(order(scene, one, into: shown(two), by: chief), reason: " ")
            }
            let instructor = scene.person("吴指导", .instructor, [scene.village])
            await refuses(Forbidden()) {
                try await MergeMatters(desk)(order(scene, one, into: shown(two), by: instructor), reason: "x")
            }
            // Held above the worker: not theirs to merge, though they may read it.
            let up = try await EscalateMatter(desk)(scene.order(one, by: worker), reason: "要花钱")
            let mine = try await scene.send(scene.report())
            await refuses(Forbidden("not-the-holder")) {
                try await MergeMatters(desk)(order(scene, mine, into: shown(up), by: worker), reason: "x")
            }
            await refuses(Conflict("stale")) {
                try await MergeMatters(desk)(order(scene, mine, into: shown(one), by: chief), reason: "x")
            }
            // Of two at once who merge each into the other, one is first.
            let outcomes = await withTaskGroup(of: String.self) { group in
                for (source, target) in [(up, two), (two, up)] {
                    let order = order(scene, source, into: shown(target), by: chief)
                    group.addTask {
                        do {
                            try await MergeMatters(desk)(order, reason: "同一盏")
                            return "done"
                        } catch let conflict as Conflict {
                            return conflict.reason
                        } catch { return "\(error)" }
                    }
                }
                return await group.reduce(into: [String]()) { $0.append($1) }.sorted()
            }
            #expect(outcomes == ["done", "stale"])
            let (first, second) = (try await read(scene, up), try await read(scene, two))
            #expect([first.stage, second.stage].filter { $0 == .merged }.count == 1)
            let (part, whole) = first.stage == .merged ? (first, second) : (second, first)
            await refuses(Conflict("part-of-another")) {
                try await MergeMatters(desk)(order(scene, whole, into: shown(part), by: chief), reason: "x")
            }
            // A chain: the number of the first leads to the last; by the number of a part one merges into the whole.
            let last = try await MergeMatters(desk)(order(scene, whole, into: shown(mine), by: chief), reason: "同一盏")
            #expect(try await ReadMatter(desk: desk)(part.number, town: scene.town).0.reportedAt == last.reportedAt)
            let more = try await scene.send(scene.report())
            let end = try await MergeMatters(desk)(order(scene, more, into: .number(part.number), by: office), reason: "同一盏")
            #expect(end.id == last.id)
            let family = try await scene.database.read { try MergeStore($0, town: scene.town).family(of: last.id) }
            #expect(Set(family) == [last.id, whole.id, part.id, more.id])
        }
    }

    @Test(arguments: Engine.available) func `the office merges and splits on the matter's page and by the API`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let browser = try Browser(
                scene,
                [
                    "chief": scene.person("许书记", .gridChief, [scene.village]),
                    "other": scene.person("邻村", .gridChief, [scene.otherVillage]),
                ])
            let (whole, part) = (try await scene.send(scene.report()), try await scene.send(scene.report("巷口黑")))
            let path = "/office/matters/\(part.id)"
            let sheet = try await browser.get(path, as: "chief")
            #expect(sheet.text.contains("\(whole.id).1") && sheet.text.contains("三里巷口"))
            let empty = try await browser.post(path + "/mergers", ["seen": "1", "reason": "同一盏"], as: "chief")
            #expect(empty.status == 422 && empty.text.contains("同一盏"))
            #expect(
                try await browser.post(path + "/mergers", ["seen": "1", "number": "123", "reason": "x"], as: "chief").status
                    == 422)
            let stale = try await browser.post(
                path + "/mergers", ["seen": "9", "into": "\(whole.id).1", "reason": "同一盏灯"], as: "chief")
            #expect(stale.status == 409 && stale.text.contains("同一盏灯"))
            let merged = try await browser.post(
                path + "/mergers", ["seen": "1", "into": "\(whole.id).1", "reason": "同一盏"], as: "chief")
            #expect(merged.status == 303 && merged.location == "/office/matters/\(whole.id)")
            let shown = try await browser.get("/office/matters/\(whole.id)", as: "chief")
            #expect(shown.text.contains(part.number.description) && shown.text.contains("一共 2 人反映"))
            let gone = try await browser.get(path, as: "chief")
            #expect(
                gone.text.contains("已并入") && gone.text.contains(whole.number.description) && gone.text.contains("id=\"split\""))
            let closed = try await browser.get("/office/matters?tab=closed", as: "chief")
            #expect(closed.text.contains("已并案"))
            let split = try await browser.post(path + "/splits", ["seen": "2", "reason": "不是"], as: "chief")
            #expect(split.status == 303 && split.location == path)
            let api = "/api/v1/matters/\(part.id)"
            let body = #"{"version":3,"into":"\#(whole.id)","reason":"同一盏"}"#
            #expect(try await browser.json(api + "/mergers", body, as: "other").status == 404)
            let done = try await browser.json(api + "/mergers", body, as: "chief")
            #expect(done.status == 201)
            let document = try await browser.get(api, as: "chief").json()
            #expect(document["partOf"] as? String == whole.id.description)
            let parts = try await browser.get("/api/v1/matters/\(whole.id)", as: "chief").json()["parts"] as? [String]
            #expect(parts == [part.id.description])
            #expect(try await browser.json(api + "/splits", #"{"version":4,"reason":"不是"}"#, as: "chief").status == 201)
            for language in ["zh", "en"] {
                let page = try await browser.send(.get, path, as: "chief", headers: ["accept-language": language])
                #expect(page.status == 200 && !page.text.contains("matters.") && !page.text.contains("[["))
            }
        }
    }
}
