import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

struct PublicListTests {
    private func read(_ scene: Scene, _ change: (inout PublicMatterFilter) -> Void = { _ in }) async throws -> [ListedMatter] {
        var filter = PublicMatterFilter(limit: 100)
        change(&filter)
        return try await ReadPublicMatters(scene.desk)(filter, town: scene.town).matters
    }

    @Test(arguments: Engine.available)
    func `lists the newest first, by kind, state, time and village, in pages that join`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            var sent: [Matter] = []
            for (category, grid) in [("0101", scene.third), ("0201", scene.second), ("0101", scene.otherVillage)] {
                sent.append(try await scene.send(scene.report(category: category, at: grid)))
                scene.clock.advance(by: .hours(1))
            }
            let all = try await read(scene)
            #expect(all.map(\.id) == sent.reversed().map(\.id))
            let lights = try await read(scene) { $0.categories = ["0101"] }
            #expect(lights.map(\.id) == [sent[2].id, sent[0].id])
            let here = try await read(scene) { $0.village = scene.village }
            #expect(here.map(\.id) == [sent[1].id, sent[0].id])
            let span = try await read(scene) { ($0.from, $0.to) = (sent[1].reportedAt, sent[1].reportedAt) }
            #expect(span.map(\.id) == [sent[1].id])
            var pages: [ID<Matter>] = []
            for page in 0..<4 {
                pages += try await read(scene) { ($0.skipping, $0.limit) = (page, 1) }.map(\.id)
            }
            #expect(pages == all.map(\.id))
            let none = try await read(scene) { $0.isOpen = false }
            #expect(none.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `nothing restricted is listed, also what became restricted later`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let restricted = try #require(Taxonomy.default.categories.first { $0.isRestricted }?.code)
            let hidden = try await scene.send(scene.report(category: restricted))
            let open = try await scene.send(scene.report(category: "0101"))
            let shown = try await read(scene)
            #expect(shown.map(\.id) == [open.id])
            let byID = try await ReadPublicMatters(scene.desk)(PublicMatterFilter(ids: [hidden.id, open.id]), town: scene.town)
                .matters
            #expect(byID.map(\.id) == [open.id])
            _ = try await scene.database.write { tx in
                try tx.execute("UPDATE category SET visibility = 'restricted' WHERE town_id = \(scene.town) AND code = '0101'")
            }
            scene.clock.advance(by: .minutes(1))
            let later = try await read(scene)
            #expect(later.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `what was done is listed by time, without words, and another town's is not`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            var matter = try await scene.send(scene.report())
            scene.clock.advance(by: .hours(1))
            matter = try await CheckOnSite(scene.desk)(
                scene.order(matter, by: worker), finding: .solvedOnSpot, reply: "换了灯，问 13812345678", note: "内部")
            let now = scene.ambient.now()
            let acts = try await ReadPublicMatters(scene.desk).acts(
                from: matter.reportedAt, to: now, skipping: 0, limit: 10, town: scene.town)
            #expect(acts.map(\.matter) == [matter.id] && acts[0].stage == .handled)
            #expect(acts[0].titleKey == "matters.event.solved-on-spot")
            let before = try await ReadPublicMatters(scene.desk).acts(
                from: matter.reportedAt, to: now - .minutes(1), skipping: 0, limit: 10, town: scene.town)
            let abroad = try await ReadPublicMatters(scene.desk).acts(
                from: matter.reportedAt, to: now, skipping: 0, limit: 10, town: scene.otherTown)
            #expect(before.isEmpty && abroad.isEmpty)
            let listed = try await read(scene)
            #expect(listed.first?.updatedAt == now && listed.first?.history.map(\.kind) == [.reported, .siteChecked])
            #expect(!String(describing: listed).contains("换了灯") && !String(describing: listed).contains("内部"))
        }
    }

    @Test(arguments: [
        ("a@b.cn", true), ("A.b+c@x-y.example.org", true), ("a@b", false), ("a@@b.cn", false), ("a b@c.cn", false),
        ("<a@b.cn>", false), ("@b.cn", false), ("a@.cn", false), ("a@b.", false),
        (String(repeating: "a", count: 65) + "@b.cn", false),
    ])
    func `knows an e-mail address by its looks`(_ text: String, _ isOne: Bool) {
        #expect((EmailAddress(text) != nil) == isOne)
        if isOne { #expect(EmailAddress(" \(text) ")?.masked.hasPrefix("\(text.prefix(1))****@") == true) }
    }
}
