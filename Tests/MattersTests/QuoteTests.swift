import Directory
import Foundation
import Identity
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

@Suite struct QuoteTests {
    private func quote(_ scene: Scene, _ rating: Rating) async throws -> Quote? {
        try await scene.database.read { try QuoteStore($0, town: scene.town).find(rating.id) }
    }

    private func shown(_ scene: Scene) async throws -> [ID<Rating>] {
        try await ReadQuotes(desk: scene.desk).shown(in: scene.village, town: scene.town).lines.map(\.quote.rating)
    }

    /// Handled, and closed when the code is told, with thanks that may be quoted.
    private func thanked(
        _ scene: Scene, _ words: String, name: String = "", category: String = "0101", toldCode: Bool = true
    ) async throws -> (
        Matter, Rating
    ) {
        let worker = scene.person("林晓岚", .gridWorker, [scene.third])
        let lamp = try await scene.handled(by: worker, category: category)
        let code = toldCode ? try await scene.code(lamp) : ""
        let order = scene.rating(lamp, true, 5, words, code: code, quote: true, name: name)
        return (lamp, try await RateMatter(scene.desk)(order, town: scene.town))
    }

    @Test(arguments: Engine.available) func `nobody is quoted who did not agree, and only thanks are`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let lamp = try await scene.handled(by: worker)
            for (satisfied, stars, words, missing) in [
                (true, 3, "还行", "quote-no-thanks"), (false, 1, "没修好", "quote-no-thanks"), (true, 5, " ", "quote-no-words"),
            ] {
                await refuses(Invalid("/quote", missing)) {
                    try await RateMatter(scene.desk)(scene.rating(lamp, satisfied, stars, words, quote: true), town: scene.town)
                }
            }
            // A name without consent is not kept.
            let silent = try await RateMatter(scene.desk)(scene.rating(lamp, true, 5, "谢谢", name: "王阿姨"), town: scene.town)
            #expect(try await quote(scene, silent) == nil)
            let (_, rating) = try await thanked(scene, "谢谢林师傅", name: "王阿姨")
            #expect(try await quote(scene, rating)?.state == .waiting)
            #expect(try await shown(scene).isEmpty, "the office has not looked yet")
        }
    }

    @Test(arguments: Engine.available) func `the office shows and hides with a reason, and what was said of it is kept`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let stranger = scene.person("邻村", .gridChief, [scene.otherVillage])
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let (_, rating) = try await thanked(scene, "谢谢林师傅", name: "王阿姨")
            let decide = DecideQuote(scene.desk)
            func act(_ act: QuoteRules.Act?, _ reason: String = "", by person: Principal? = nil, id: ID<QuoteChange>? = nil)
                async throws -> QuoteRules.State
            {
                try await decide(act, rating.id, reason: reason, by: person ?? chief, request: id ?? scene.ambient.newID())
            }
            await refuses(Forbidden()) { try await act(.show, by: worker) }
            await refuses(NotFound()) { try await act(.show, by: stranger) }
            await refuses(Invalid("/act", "required")) { try await act(nil) }
            await refuses(Invalid("/reason", "required")) { try await act(.hide, " ") }
            scene.clock.advance(by: .minutes(1))
            let request: ID<QuoteChange> = scene.ambient.newID()
            for _ in 1...2 { #expect(try await act(.show, id: request) == .shown) }
            await refuses(Conflict("quote-shown")) { try await act(.show) }
            #expect(try await shown(scene) == [rating.id])
            scene.clock.advance(by: .minutes(1))
            #expect(try await act(.hide, "说到邻居家的事") == .hidden)
            #expect(try await shown(scene).isEmpty)
            scene.clock.advance(by: .minutes(1))
            #expect(try await act(.withdraw, "本人打电话要求") == .withdrawn)
            #expect(try await quote(scene, rating)?.name == "", "the name is forgotten")
            await refuses(Conflict("quote-withdrawn")) { try await act(.show) }
            let changes = try await scene.database.read { try QuoteStore($0, town: scene.town).changes(of: [rating.id]) }
            #expect(changes.map(\.state) == [.waiting, .shown, .hidden, .withdrawn])
            #expect(changes.map(\.reason) == ["", "", "说到邻居家的事", "本人打电话要求"])
            #expect(changes.map { $0.actor?.name } == [nil, "许书记", "许书记", "许书记"])
        }
    }

    @Test(arguments: Engine.available)
    func `thanks without the code are shown while the follow-up is due, not of what is open again`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let (lamp, rating) = try await thanked(scene, "谢谢林师傅", name: "王阿姨", toldCode: false)
            _ = try await DecideQuote(scene.desk)(.show, rating.id, reason: "", by: chief, request: scene.ambient.newID())
            #expect(try await scene.now(lamp).stage == .handled)
            #expect(try await shown(scene) == [rating.id])
            try await scene.database.write { tx in
                _ = try tx.execute(
                    "UPDATE matter SET stage = 'accepted' WHERE town_id = \(scene.town) AND id = \(lamp.id)")
            }
            #expect(try await shown(scene).isEmpty)
        }
    }

    @Test(arguments: Engine.available) func `the reporter takes it back by the number, and what is restricted is never shown`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let decide = DecideQuote(scene.desk)
            let (lamp, rating) = try await thanked(scene, "谢谢，电话 13812345678", name: "王阿姨")
            try await decide(.show, rating.id, reason: "", by: chief, request: scene.ambient.newID())
            let hidden = try await scene.send(scene.report(category: "0501"))
            for number in [hidden.number, PublicNumber(random: 77)] {
                await refuses(NotFound()) { try await decide.withdraw(number, town: scene.town, request: scene.ambient.newID()) }
                await refuses(NotFound()) {
                    try await RateMatter(scene.desk)(scene.rating(lamp, true, 5, number: number), town: scene.town)
                }
            }
            // Of a category that is not public any more, and of a matter that is open again, nothing is quoted.
            let store = { @Sendable (tx: any Transaction, hidden: [String]) in
                try QuoteStore(tx, town: scene.town).shown(in: scene.village, hiding: hidden, limit: 9).count
            }
            let counts = try await scene.database.read { try [store($0, []), store($0, ["0101"]), store($0, ["0102"])] }
            #expect(counts == [1, 0, 1])
            let browser = try Browser(scene)
            let path = "/places/\(scene.village)/thanks"
            let page = try await browser.get(path)
            #expect(page.status == 200 && page.text.contains("王阿姨") && page.text.contains("谢谢，电话 ****"))
            #expect(!page.text.contains("13812345678") && !page.text.contains(lamp.number.digits))
            #expect(try await browser.get("/places/\(scene.third)/thanks").status == 404)
            #expect(try await browser.get("\(path)?after=\(scene.ambient.newUUID())").status == 404)
            let own = "/m/\(lamp.number.digits)"
            #expect(try await browser.get(own).text.contains("quote-withdrawals"))
            let request = ["request": scene.ambient.newUUID().uuidString.lowercased()]
            for _ in 1...2 { #expect(try await browser.post(own + "/quote-withdrawals", request).status == 303) }
            #expect(try await !browser.get(own).text.contains("quote-withdrawals"))
            #expect(try await !browser.get(path).text.contains("王阿姨"))
        }
    }
}
