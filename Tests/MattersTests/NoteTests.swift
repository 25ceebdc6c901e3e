import Directory
import Foundation
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

@Suite struct NoteTests {
    /// What only the staff may ever read.
    private static let secret = "千万别告诉反映人"

    @Test(arguments: Engine.available) func `a note is written once, by whoever works there, in any stage`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let guide = scene.person("指导员", .instructor, [scene.village])
            let write = WriteNote(scene.desk)
            let lamp = try await scene.send(scene.report())
            let id: ID<MatterNote> = scene.ambient.newID()
            for _ in 0..<2 { try await write(id, on: lamp.id, words: "先问过老人会", by: worker) }
            await refuses(Conflict("request-reused")) { try await write(id, on: lamp.id, words: "别的", by: worker) }
            await refuses(Invalid("/words", "required")) {
                try await write(scene.ambient.newID(), on: lamp.id, words: " ", by: worker)
            }
            await refuses(NotFound()) {
                try await write(
                    scene.ambient.newID(), on: lamp.id, words: "x", by: scene.person("邻村", .gridChief, [scene.otherVillage]))
            }
            scene.clock.advance(by: .minutes(1))
            try await write(scene.ambient.newID(), on: lamp.id, words: "我也看过", by: guide)
            let notes = try await scene.database.read { try MatterNoteStore($0, town: scene.town).notes(of: lamp.id) }
            #expect(notes.map(\.words) == ["先问过老人会", "我也看过"])
            #expect(try await scene.history(lamp).count == 1, "the matter stands as it stood")
        }
    }

    @Test(arguments: Engine.available) func `what the staff say among themselves leaves the office in no way`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let second = scene.person("陈志强", .gridWorker, [scene.second])
            let browser = try Browser(scene, ["worker": worker])
            let secret = Self.secret
            let lamp = try await scene.send(scene.report())
            try await WriteNote(scene.desk)(scene.ambient.newID(), on: lamp.id, words: secret, by: worker)
            try await UrgeMatter(scene.desk)(scene.ambient.newID(), lamp.id, version: 1, words: secret, by: second)
            let up = try await EscalateMatter(scene.desk)(scene.order(lamp, by: worker), reason: secret)
            let down = try await ReturnMatter(scene.desk)(scene.order(up, by: second), reason: secret)
            let seen = try await CheckOnSite(scene.desk)(
                scene.order(down, by: worker), finding: .solvedOnSpot, reply: "灯换好了", note: secret)
            _ = try await FollowUpMatter(scene.desk)(
                scene.order(seen, by: scene.person("访", .gridChief, [scene.village])), way: .phone, satisfied: true, note: secret)
            #expect(
                try await browser.get("/office/matters/\(lamp.id)", as: "worker").text.components(separatedBy: secret).count >= 7)
            for path in [
                "/m/\(lamp.number.digits)", "/reported/\(lamp.number.digits)", "/api/v1/public/matters/\(lamp.number.digits)",
                "/feeds/matters.rss", "/feeds/matters.atom", "/feeds/matters.geojson",
                "/feeds/villages/\(scene.village)/matters.atom",
            ] {
                let reply = try await browser.get(path)
                #expect(reply.status == 200 && !reply.text.contains(secret), "\(path)")
                if path.hasPrefix("/m/") { #expect(reply.text.contains("灯换好了"), "the reply is what they see") }
            }
            // What Open311 and public lists are made from, and what messages carry.
            let found = try await ReadPublicMatters(scene.desk)(PublicMatterFilter(limit: 10), town: scene.town)
            #expect(!found.matters.isEmpty && !"\(found.matters)".contains(secret))
            let sent = try await scene.database.read { tx in
                try tx.query("SELECT payload FROM outbox_message ORDER BY created_at, id").map {
                    try $0.get("payload", as: String.self)
                }
            }
            #expect(sent.count >= 5 && !sent.contains { $0.contains(secret) })
            // Nobody finds the matter by it either.
            let office = scene.person("党建办", .townOffice, nil)
            let asked = try InboxQuery(.init(fields: [("tab", "closed"), ("text", secret)]))
            #expect(try await ReadInbox(desk: scene.desk).list(asked, after: nil, limit: 10, by: office).0.matters.isEmpty)
        }
    }
}
