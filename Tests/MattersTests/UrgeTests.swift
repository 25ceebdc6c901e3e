import Directory
import Foundation
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

@Suite struct UrgeRulesTests {
    private let calendar = WorkingCalendar.shipped

    private func clock(_ due: String?, _ state: ClockStanding.State = .running) -> ClockStanding {
        ClockStanding(
            respond: nil, finish: nil, state: state, due: due.map { moment($0) } ?? ClockStanding.never,
            check: ClockStanding.never, breaches: 0, extensions: 0)
    }

    /// Monday 2026-03-02 and around it.
    @Test(
        arguments: [
            // due, now, last, refusal
            ("2026-03-02 15:30", "2026-03-02 09:00", nil, nil),
            ("2026-03-03 23:59", "2026-03-02 00:00", nil, nil),
            ("2026-03-04 00:00", "2026-03-02 23:59", nil, "not-due-yet"),
            ("2026-03-04 00:00", "2026-03-03 00:00", nil, nil),
            // The Saturday of 28 February 2026 is worked, for the New Year; on it, Monday is the next working day.
            ("2026-02-28 23:59", "2026-02-27 08:00", nil, nil),
            ("2026-03-01 00:00", "2026-02-27 08:00", nil, "not-due-yet"),
            ("2026-03-02 23:59", "2026-02-28 08:00", nil, nil),
            ("2026-03-03 00:00", "2026-02-28 08:00", nil, "not-due-yet"),
            ("2026-02-20 10:00", "2026-03-02 09:00", nil, nil),
            (nil, "2026-03-02 09:00", nil, "not-due-yet"),
            // Once a working day; what is said on a weekend counts to the Monday.
            ("2026-03-02 09:00", "2026-03-02 17:00", "2026-03-02 08:00", "urged-today"),
            ("2026-03-02 09:00", "2026-03-03 00:00", "2026-03-02 23:59", nil),
            ("2026-02-20 10:00", "2026-03-01 10:00", "2026-02-27 10:00", nil),
            ("2026-02-20 10:00", "2026-03-02 10:00", "2026-03-01 10:00", "urged-today"),
            ("2026-02-20 10:00", "2026-03-01 10:00", "2026-02-28 10:00", nil),
            ("2026-02-20 10:00", "2026-03-08 10:00", "2026-03-07 10:00", "urged-today"),
        ] as [(String?, String, String?, String?)])
    func `the office urges what is late or nearly so, once a working day`(
        _ due: String?, _ now: String, _ last: String?, _ refusal: String?
    ) {
        var reason: String?
        do {
            try UrgeRules.checkOffice(.accepted, clock(due), last: last.map { moment($0) }, at: moment(now), calendar)
        } catch {
            reason = error.reason
        }
        #expect(reason == refusal)
    }

    @Test func `nothing is urged that is closed, paused or on the ledger`() {
        for (stage, state, refusal) in [
            (MatterStage.closed, ClockStanding.State.running, "closed"), (.accepted, .paused, "urge-paused"),
            (.accepted, .shelved, "urge-paused"), (.handled, .idle, nil),
        ] as [(MatterStage, ClockStanding.State, String?)] {
            var reason: String?
            do {
                try UrgeRules.checkOffice(
                    stage, clock("2026-03-02 08:00", state), last: nil, at: moment("2026-03-02 09:00"), calendar)
            } catch {
                reason = error.reason
            }
            #expect(reason == refusal, "\(stage) \(state)")
        }
    }

    @Test(
        arguments: [
            ("2026-03-02 15:30", "2026-03-02 15:30", nil, "not-late-yet"), ("2026-03-02 15:30", "2026-03-02 15:31", nil, nil),
            ("2026-03-02 15:30", "2026-03-09 15:31", "2026-03-02 15:31", "urged-already"),
            // A new promise, a new reminder.
            ("2026-03-05 15:30", "2026-03-05 15:31", "2026-03-02 15:31", nil), (nil, "2026-03-05 15:31", nil, "not-late-yet"),
        ] as [(String?, String, String?, String?)])
    func `the reporter reminds once for each promise that was not kept`(
        _ due: String?, _ now: String, _ last: String?, _ refusal: String?
    ) {
        var reason: String?
        do {
            try UrgeRules.checkReporter(.accepted, clock(due), last: last.map { moment($0) }, at: moment(now))
        } catch {
            reason = error.reason
        }
        #expect(reason == refusal)
    }
}

@Suite struct UrgeTests {
    private func urges(_ scene: Scene, _ matter: Matter) async throws -> [Urge] {
        try await scene.database.read { try UrgeStore($0, town: scene.town).urges(of: matter.id) }
    }

    private func top(_ scene: Scene, _ principal: Principal) async throws -> [ID<Matter>] {
        let asked = try InboxQuery(.init(fields: []))
        return try await ReadInbox(desk: scene.desk)(asked, after: nil, by: principal).0.urged.map(\.id)
    }

    @Test(arguments: Engine.available) func `the level above urges, once, and it is told and counted`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let second = scene.person("陈志强", .gridWorker, [scene.second])
            let stranger = scene.person("邻村", .gridChief, [scene.otherVillage])
            let lamp = try await scene.send(scene.report())
            let urge = UrgeMatter(scene.desk)
            await refuses(Forbidden("urge-not-above")) {
                try await urge(scene.ambient.newID(), lamp.id, version: 1, words: "", by: worker)
            }
            await refuses(NotFound()) { try await urge(scene.ambient.newID(), lamp.id, version: 1, words: "", by: stranger) }
            await refuses(Conflict("stale")) {
                try await urge(scene.ambient.newID(), lamp.id, version: 7, words: "", by: second)
            }
            let id: ID<Urge> = scene.ambient.newID()
            try await urge(id, lamp.id, version: 1, words: "请今天去看", by: second)
            try await urge(id, lamp.id, version: 1, words: "请今天去看", by: second)
            await refuses(Conflict("urged-today")) {
                try await urge(scene.ambient.newID(), lamp.id, version: 1, words: "", by: second)
            }
            await refuses(Conflict("request-reused")) {
                try await urge(id, lamp.id, version: 1, words: "", by: worker.lifted(scene))
            }
            let said = try await urges(scene, lamp)
            #expect(said.map(\.words) == ["请今天去看"] && said[0].holder == lamp.holder && said[0].actor?.name == "陈志强")
            let (topics, counts) = try await scene.database.read { tx in
                (
                    try tx.query("SELECT topic FROM outbox_message ORDER BY created_at, id").map {
                        try $0.get("topic", as: String.self)
                    },
                    try UrgeStore(tx, town: scene.town).counts(since: scene.clock.now - .days(1), in: .town)
                )
            }
            #expect(topics.sorted() == ["matter.reported", "matter.urged"] && counts == [scene.village: 1])
            #expect(try await top(scene, worker) == [lamp.id])
            #expect(try await top(scene, stranger).isEmpty)
            // Whatever a person does answers it.
            _ = try await CheckOnSite(scene.desk)(scene.order(lamp, by: worker), finding: .confirmed)
            #expect(try await top(scene, worker).isEmpty)
        }
    }

    @Test(arguments: Engine.available) func `whoever has the number reminds once the promise is over`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let lamp = try await scene.send(scene.report())
            let hidden = try await scene.send(scene.report(category: "0501"))
            let browser = try Browser(scene, ["worker": scene.person("林晓岚", .gridWorker, [scene.third])])
            let path = "/m/\(lamp.number.digits)"
            #expect(!(try await browser.get(path).text.contains("/urges")))
            #expect(try await browser.post(path + "/urges", [:]).status == 303)
            #expect(try await urges(scene, lamp).isEmpty, "it is not late yet")
            scene.clock.set(to: moment("2026-03-02 16:00"))
            #expect(try await browser.get(path).text.contains("/urges"))
            let request = ["request": scene.ambient.newUUID().uuidString.lowercased()]
            for _ in 0..<2 { #expect(try await browser.post(path + "/urges", request).status == 303) }
            #expect(try await browser.post(path + "/urges", [:]).status == 303)
            let said = try await urges(scene, lamp)
            #expect(said.map(\.side) == [.reporter] && said[0].actor == nil)
            let shown = try await browser.get(path)
            #expect(shown.text.contains("已替您催办") && !shown.text.contains("/urges"))
            #expect(try await browser.post("/m/\(hidden.number.digits)/urges", [:]).status == 404)
            #expect(try await browser.get("/office/matters/\(lamp.id)", as: "worker").text.contains("催办："))
        }
    }
}

extension Principal {
    /// Somebody else with a reach that would do.
    fileprivate func lifted(_ scene: Scene) -> Principal { scene.person("许书记", .gridChief, [scene.village]) }
}
