import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters
@testable import Web

@Suite struct LiveTests {
    @Test(arguments: ["1.2.3.4.5", "1.0.0.0.0"]) func `how far a matter has come is read as it is written`(_ text: String) {
        #expect(MatterProgress(text)?.description == text)
    }

    @Test(arguments: ["", "1", "1.2.3", "1.2.3.4", "1.2.3.4.5.6", "1.2.3.4.-5", "a.b.c.d.e", "1..2.3.4"])
    func `nothing else is read`(_ text: String) {
        #expect(MatterProgress(text) == nil)
    }

    @Test(arguments: Engine.available) func `an open page learns what happened, and only within reach`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let browser = try Browser(
                scene, ["worker": worker, "other": scene.person("邻村", .gridChief, [scene.otherVillage])])
            let lamp = try await scene.send(scene.report())
            let news = "/api/v1/matters/\(lamp.id)/news?seen="
            let quiet = try await browser.get(news + "1.0.0.0.0", as: "worker")
            #expect(quiet.status == 200 && quiet.text == "{\"seen\":\"1.0.0.0.0\"}")
            #expect(try await browser.get(news, as: "other").status == 404)
            #expect(try await browser.get(news).status == 401)
            try await WriteNote(scene.desk)(scene.ambient.newID(), on: lamp.id, words: "先问过", by: worker)
            _ = try await CheckOnSite(scene.desk)(scene.order(lamp, by: worker), finding: .confirmed, reply: "看过了")
            let told = try await browser.get(news + "1.0.0.0.0", as: "worker")
            #expect(told.text.contains("\"seen\":\"2.0.0.1.0\"") && told.text.contains("先问过") && told.text.contains("看过了"))
            let later = try await browser.get(news + "2.0.0.0.0", as: "worker")
            #expect(later.text.contains("先问过") && !later.text.contains("看过了"), "only what is new")
            let end = try await browser.get(news + "2.0.0.1.0", as: "worker")
            #expect(end.text == "{\"seen\":\"2.0.0.1.0\"}")
        }
    }

    @Test(arguments: Engine.available) func `a list learns of what is new and what moved on within its reach`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let other = scene.person("邻村", .gridChief, [scene.otherVillage])
            let (read, start) = (ReadProgress(desk: scene.desk), scene.clock.now)
            let lamp = try await scene.send(scene.report())
            #expect(
                try await read.list(since: start, for: worker) == ListNews(new: 0, moved: 0, at: start),
                "at that very moment it was there")
            scene.clock.advance(by: .minutes(1))
            let (first, next) = (scene.clock.now, try await scene.send(scene.report()))
            #expect(try await read.list(since: start, for: worker) == ListNews(new: 1, moved: 0, at: first))
            #expect(try await read.list(since: start, for: other) == ListNews(new: 0, moved: 0, at: first))
            scene.clock.advance(by: .minutes(1))
            _ = try await CheckOnSite(scene.desk)(scene.order(lamp, by: worker), finding: .confirmed)
            try await UrgeMatter(scene.desk)(
                scene.ambient.newID(), next.id, version: 1, words: "", by: scene.person("许", .gridChief, [scene.village]))
            #expect(try await read.list(since: start, for: worker) == ListNews(new: 1, moved: 1, at: scene.clock.now))
            #expect(try await read.list(since: first, for: worker) == ListNews(new: 0, moved: 2, at: scene.clock.now))
            #expect(try await read.list(since: scene.clock.now, for: worker).moved == 0)
        }
    }

    @Test(arguments: Engine.available) func `asking for news does not keep a session`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let browser = try Browser(scene)
            for route in browser.site.routes {
                #expect(route.keepsSession == !route.path.hasSuffix("news"), "\(route.name)")
            }
        }
    }
}
