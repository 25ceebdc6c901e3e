import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

@Suite struct BulkTests {
    private func picks(_ matters: [Matter]) -> [BulkOrder.Pick] { matters.map { .init(matter: $0.id, version: $0.version) } }

    @Test(arguments: Engine.available) func `each is done or refused by itself, and the words say why`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let good = try await scene.send(scene.report(category: "0102", at: scene.village))
            let elsewhere = try await scene.send(scene.report(category: "0102", at: scene.lonely))
            let foreign = try await scene.send(scene.report(category: "0102", at: scene.otherVillage))
            let moved = try await scene.send(scene.report(category: "0102", at: scene.village))
            _ = try await CheckOnSite(scene.desk)(scene.order(moved, by: chief), finding: .confirmed)
            let all = [moved, foreign, elsewhere, good]
            let order = BulkOrder(
                id: scene.ambient.newID(), .assign, picks(all), to: scene.second, words: "请就近去看", by: chief)
            for _ in 0..<2 {
                let outcomes = try await ActOnMany(scene.desk)(order)
                #expect(outcomes.map(\.refusal?.code) == ["stale", "bulk-not-found", "bulk-not-below", nil])
                #expect(outcomes.map { $0.matter == nil } == [false, true, false, false])
                #expect(outcomes[3].matter?.holder == Holder(grid: scene.second, level: 2))
            }
            #expect(try await scene.history(good).map(\.kind) == [.reported, .returned], "sent twice, done once")
            #expect(try await scene.history(elsewhere).map(\.kind) == [.reported])
        }
    }

    @Test(arguments: Engine.available) func `nothing is done when the order itself is wrong`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let lamp = try await scene.send(scene.report())
            func order(_ act: BulkAct?, _ picks: [BulkOrder.Pick], _ words: String = "请看") -> BulkOrder {
                BulkOrder(id: scene.ambient.newID(), act, picks, words: words, by: chief)
            }
            let many = (0...BulkOrder.most).map { _ in BulkOrder.Pick(matter: scene.ambient.newID(), version: 1) }
            for (order, fault) in [
                (order(.escalate, []), Fault("/pick", "bulk-nothing")), (order(nil, picks([lamp])), Fault("/act", "required")),
                (order(.escalate, picks([lamp]), ""), Fault("/words", "reason-required")),
                (order(.urge, many), Fault("/pick", "too-many-picked", ["limit": "50"])),
            ] {
                await refuses(Invalid([fault])) { try await ActOnMany(scene.desk)(order) }
            }
            #expect(try await scene.history(lamp).count == 1)
        }
    }

    @Test(arguments: Engine.available) func `urges many, passes many up and takes many off the ledger`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            var matters: [Matter] = []
            for _ in 0..<3 { matters.append(try await scene.send(scene.report())) }
            func act(_ act: BulkAct, _ matters: [Matter], by principal: Principal) async throws -> [String?] {
                try await ActOnMany(scene.desk)(
                    BulkOrder(id: scene.ambient.newID(), act, picks(matters), words: "一起办", by: principal)
                ).map(\.refusal?.code)
            }
            #expect(try await act(.urge, matters, by: chief) == [nil, nil, nil])
            #expect(try await act(.urge, matters, by: chief) == ["urged-today", "urged-today", "urged-today"])
            #expect(try await act(.urge, matters, by: worker) == ["urge-not-above", "urge-not-above", "urge-not-above"])
            #expect(try await act(.takeUp, [matters[0]], by: worker) == ["not-paused"])
            try await AskForTime(scene.desk)(
                ClockOrder(id: scene.ambient.newID(), matter: matters[0].id, by: chief),
                ClockAsk(.shelve, reason: .material, day: scene.clock.now.day().adding(days: 20)), words: "一时解决不了")
            #expect(try await act(.takeUp, matters, by: worker) == [nil, "not-paused", "not-paused"])
            #expect(try await act(.escalate, matters, by: worker) == [nil, nil, nil])
            #expect(try await act(.escalate, matters, by: worker) == ["stale", "stale", "stale"])
        }
    }

    @Test(arguments: Engine.available) func `the page keeps ticks and words, and shows an outcome a matter`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let browser = try Browser(scene, ["chief": scene.person("许书记", .gridChief, [scene.village])])
            let lamp = try await scene.send(scene.report())
            let pick = "\(lamp.id).1"
            let kept = try await browser.post(
                "/office/matters/bulk", ["pick": pick, "act": "escalate", "words": ""], as: "chief")
            #expect(kept.status == 422 && kept.text.contains(pick))
            let done = try await browser.post(
                "/office/matters/bulk", ["pick": pick, "act": "urge", "words": "请今天去看", "query": "tab=open&tier=small"],
                as: "chief")
            #expect(done.status == 200 && done.text.contains("1 件都办好了") && done.text.contains("tab=open&amp;tier=small"))
            let body = "{\"act\":\"urge\",\"matters\":[{\"id\":\"\(lamp.id)\",\"version\":1}]}"
            let again = try await browser.json("/api/v1/matter-batches", body, as: "chief")
            #expect(again.status == 201 && again.text.contains("urged-today"))
        }
    }
}
