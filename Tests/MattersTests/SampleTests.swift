import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

struct SampleRulesTests {
    @Test(arguments: [
        (0, 5, 0), (1, 5, 1), (2, 5, 2), (3, 5, 3), (60, 5, 3), (61, 5, 4), (100, 5, 5), (101, 5, 6), (40, 100, 40),
        (1000, 1, 10),
    ])
    func `draws the share rounded up, at least three, never more than there are`(_ eligible: Int, _ percent: Int, _ count: Int) {
        #expect(SampleRules.count(of: eligible, percent: percent) == count)
    }

    @Test func `the same seed draws the same, in whatever order they are listed`() {
        let ambient = Ambient.fixed()
        let ids: [ID<Matter>] = (0..<200).map { _ in ambient.newID() }
        let drawn = SampleRules.draw(ids, percent: 10, seed: "a1")
        #expect(drawn.count == 20 && Set(drawn).count == 20)
        #expect(SampleRules.draw(ids.reversed(), percent: 10, seed: "a1") == drawn)
        #expect(SampleRules.draw(ids + ids, percent: 10, seed: "a1") == drawn)
        #expect(SampleRules.draw(ids, percent: 10, seed: "a2") != drawn)
        #expect(SampleRules.draw([], percent: 10, seed: "a1").isEmpty)
        // By hand: the lowest of SHA-256 of `seed|id`.
        #expect(drawn.first == ids.min { SampleRules.lot(of: $0, seed: "a1") < SampleRules.lot(of: $1, seed: "a1") })
    }

    @Test(arguments: [("2026-03", "2026-03-31", false), ("2026-03", "2026-04-01", true), ("2025-12", "2026-01-01", true)])
    func `a month is over when the next one begins`(_ month: String, _ today: String, _ isOver: Bool) throws {
        #expect(try #require(SampleMonth(month)).isOver(on: try #require(Day(today))) == isOver)
    }

    @Test(arguments: ["", "2026-13", "2026-3", "2026-03-01", "abc-de1", "２026-03"]) func `refuses months that are none`(
        _ text: String
    ) {
        #expect(SampleMonth(text) == nil)
    }

    @Test func `the share is rounded down, and there is none before anybody asked`() {
        #expect(SampleRules.satisfiedPercent([]) == nil)
        #expect(SampleRules.satisfiedPercent([true, true, false]) == 66)
        #expect(SampleRules.satisfiedPercent([false]) == 0 && SampleRules.satisfiedPercent([true]) == 100)
    }
}

struct SampleTests {
    /// Closed matters of March, and the office on a day of April.
    private func close(_ scene: Scene, _ count: Int) async throws -> [Matter] {
        let worker = scene.person("林晓岚", .gridWorker, [scene.third])
        let chief = scene.person("许书记", .gridChief, [scene.village])
        var closed: [Matter] = []
        for _ in 0..<count {
            var matter = try await scene.send(scene.report())
            matter = try await CheckOnSite(scene.desk)(scene.order(matter, by: worker), finding: .solvedOnSpot, reply: "换好了")
            matter = try await FollowUpMatter(scene.desk)(scene.order(matter, by: chief), way: .phone, satisfied: true)
            closed.append(matter)
        }
        scene.clock.set(to: moment("2026-04-02 09:00"))
        return closed
    }

    @Test(arguments: Engine.available) func `the town draws once, and what was not done is opened again`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let closed = try await close(scene, 4)
            let open = try await scene.send(scene.report())
            let (desk, office) = (scene.desk, scene.person("党建办", .townOffice, nil))
            let draw = DrawSample(desk)
            let (month, request) = (SampleMonth("2026-03"), scene.ambient.newID(Sample.self))
            let sample = try await draw(scene.village, month, percent: 5, by: office, request: request)
            #expect(sample.lines.count == 3 && sample.eligible == 4 && sample.satisfiedPercent == nil)
            #expect(
                sample.lines.map(\.matter) == SampleRules.draw(closed.map(\.id), percent: 5, seed: sample.seed),
                "anybody can draw again")
            #expect(try await draw(scene.village, month, percent: 5, by: office, request: request) == sample, "a retry")
            await refuses(Conflict("sample-drawn")) {
                try await draw(scene.village, month, percent: 5, by: office, request: scene.ambient.newID())
            }
            await refuses(Invalid("/month", "month-not-over")) {
                try await draw(scene.village, SampleMonth("2026-04"), percent: 5, by: office, request: scene.ambient.newID())
            }
            await refuses(Conflict("nothing-closed")) {
                try await draw(scene.otherVillage, month, percent: 5, by: office, request: scene.ambient.newID())
            }
            await refuses(Invalid("/percent", "sample-percent")) {
                try await draw(scene.otherVillage, month, percent: 0, by: office, request: scene.ambient.newID())
            }

            let record = RecordFinding(desk)
            func order(_ index: Int, by person: Principal? = nil) throws -> ActOrder {
                guard let matter = closed.first(where: { $0.id == sample.lines[index].matter }) else { throw NotFound() }
                return ActOrder(id: scene.ambient.newID(), matter: matter.id, version: matter.version, by: person ?? office)
            }
            try await record(sample.id, try order(0), way: .phone, satisfied: true, words: "")
            let bad = try order(1)
            await refuses(Invalid("/words", "required")) {
                try await record(sample.id, bad, way: .visit, satisfied: false, words: " ")
            }
            for _ in 1...2 { try await record(sample.id, bad, way: .visit, satisfied: false, words: "又灭了") }
            await refuses(Conflict("sample-checked")) {
                try await record(sample.id, try order(1), way: .phone, satisfied: true, words: "")
            }
            let again = try #require(
                try await scene.database.read { try MatterStore($0, town: scene.town).made(by: bad.matter)?.matter })
            #expect(again.stage == .accepted && again.reopened == 1 && again.closedAt == nil && again.clock.hasDeadline)
            let history = try await scene.history(again)
            #expect(
                history.last?.kind == .followedUp && history.last?.facts.satisfied == false && history.last?.actor?.name == "党建办")
            // Opened again by another way meanwhile: it has not held.
            let third = try order(2)
            _ = try await scene.database.write {
                try $0.execute("UPDATE matter SET stage = 'accepted', is_open = 1, closed_at = NULL WHERE id = \(third.matter)")
            }
            await refuses(Conflict("not-closed")) { try await record(sample.id, third, way: .phone, satisfied: true, words: "") }
            let after = try #require(try await scene.database.read { try SampleStore($0, town: scene.town).find(sample.id) })
            #expect(after.satisfiedPercent == 50 && after.lines.count { $0.finding != nil } == 2)

            // Not of what was not drawn, not by who did it, not by who stands below.
            let drawn = Set(sample.lines.map(\.matter))
            let left = closed.filter { !drawn.contains($0.id) }[0]
            for matter in [left, open] {
                await refuses(NotFound()) {
                    try await record(sample.id, scene.order(matter, by: office), way: .phone, satisfied: true, words: "")
                }
            }
            let chief = scene.person("另一位书记", .gridChief, [scene.village])
            await refuses(Forbidden("not-above")) {
                try await record(sample.id, try order(2, by: chief), way: .phone, satisfied: true, words: "")
            }
            let stranger = scene.person("邻村", .gridChief, [scene.otherVillage])
            await refuses(NotFound()) {
                try await record(sample.id, try order(2, by: stranger), way: .phone, satisfied: true, words: "")
            }
        }
    }

    @Test(arguments: Engine.available) func `a village draws from its grids, and nobody asks about their own work`(
        _ engine: Engine
    )
        async throws
    {
        try await Scene.run(engine) { scene in
            let closed = try await close(scene, 1)
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let draw = DrawSample(scene.desk)
            await refuses(Forbidden("not-above")) {
                try await draw(scene.village, SampleMonth("2026-03"), percent: 5, by: chief, request: scene.ambient.newID())
            }
            await refuses(NotFound()) {
                try await draw(scene.otherVillage, SampleMonth("2026-03"), percent: 5, by: chief, request: scene.ambient.newID())
            }
            let sample = try await draw(
                scene.second, SampleMonth("2026-03"), percent: 5, by: chief, request: scene.ambient.newID())
            #expect(sample.lines.map(\.matter) == closed.map(\.id))
            let handler = try #require(try await scene.history(closed[0]).last?.actor)
            let same = Principal(
                town: scene.town, account: handler.account, person: nil, name: handler.name, grants: chief.grants,
                post: chief.post)
            await refuses(Forbidden("own-handling")) {
                try await RecordFinding(scene.desk)(
                    sample.id, scene.order(closed[0], by: same), way: .phone, satisfied: true, words: "")
            }
            let browser = try Browser(scene, ["chief": chief, "worker": scene.person("林晓岚", .gridWorker, [scene.third])])
            let list = try await browser.get("/office/samples", as: "chief")
            #expect(list.status == 200 && list.text.contains("2026-03") && list.text.contains("1 / 1"))
            let path = "/office/samples/\(sample.id)"
            let page = try await browser.get(path, as: "chief")
            #expect(page.status == 200 && page.text.contains(sample.seed) && page.text.contains(closed[0].number.description))
            #expect(try await browser.get(path, as: "worker").status == 404)
            let fields = [
                "matter": closed[0].id.description, "seen": String(closed[0].version), "way": "phone", "satisfied": "no",
            ]
            let faulty = try await browser.post(path + "/findings", fields, as: "chief")
            #expect(faulty.status == 422 && faulty.text.contains("checked"))
            let done = try await browser.post(path + "/findings", fields.merging(["words": "又灭了"]) { $1 }, as: "chief")
            #expect(done.status == 303)
            let shown = try await browser.get(path, as: "chief")
            #expect(shown.text.contains("没办好") && shown.text.contains("满意 0%"))
            let again = try await browser.post(
                "/office/samples", ["unit": scene.second.description, "month": "2026-03", "percent": "5"], as: "chief")
            #expect(again.status == 409)
            let document = try await browser.get("/api/v1/samples", as: "chief").json()
            #expect((document["samples"] as? [[String: Any]])?.first?["satisfiedPercent"] as? Int == 0)
        }
    }
}
