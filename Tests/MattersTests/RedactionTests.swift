import Directory
import Foundation
import Identity
import Kernel
import Media
import Storage
import TestSupport
import Testing

@testable import Matters

@Suite struct RedactionTests {
    @Test(arguments: Engine.available) func `what was under a box is gone from every size and from the disk`(_ engine: Engine)
        async throws
    {
        try await RedactionScene.run(engine) { scene in
            let before = try await scene.pixels(scene.photo.files.full)
            #expect(before.green > 8_000, "the patch is there to begin with")
            #expect(try await scene.pixels(scene.photo.files.thumb).green > 3_000)
            let after = try await scene.redact(0)
            #expect(after.edition == 1 && after.shownAt == nil && after.files != scene.photo.files)
            for name in [after.files.full, after.files.thumb] {
                let pixels = try await scene.pixels(name)
                #expect(pixels.green == 0, "not one pixel of it is left")
                // Away from the edge, where a smaller size mixes it with what is beside it.
                let grey = pixels.part(220..<380, 230..<570).allSatisfy { $0.allSatisfy { abs($0 - 128) < 12 } }
                #expect(grey)
                #expect(pixels.part(600..<950, 100..<900).allSatisfy { $0[0] > 150 && $0[1] < 80 }, "the rest is as it was")
            }
            for old in [scene.photo.files.full, scene.photo.files.thumb] {
                #expect(try await !scene.exists(old), "the former file is off the disk")
            }
            let waiting = try await scene.scene.database.read { try PhotoFileStore($0, town: scene.scene.town).waiting(limit: 9) }
            #expect(waiting.isEmpty)
        }
    }

    @Test(arguments: Engine.available) func `redacting again adds boxes, and what is kept is the very first`(_ engine: Engine)
        async throws
    {
        try await RedactionScene.run(engine) { scene in
            let corner = SaidBox(row: 0, left: 900, top: 900, width: 100, height: 100)
            let first = try await scene.redact(0, [corner])
            #expect(try await scene.pixels(first.files.full).green > 8_000)
            scene.scene.clock.advance(by: .days(1))
            let second = try await scene.redact(1)
            let pixels = try await scene.pixels(second.files.full)
            #expect(pixels.green == 0)
            #expect(
                pixels.part(930..<980, 930..<980).allSatisfy { $0.allSatisfy { abs($0 - 128) < 12 } },
                "the first box is still there")
            #expect(try await !scene.exists(first.files.full), "nor is what was in between")
            #expect(try await scene.acts().map(\.boxes) == [1, 1])
            #expect(try await scene.keptUntil()?.description == "2026-08-29", "180 days from the first time")
            let original = try await RevealOriginal(scene.scene.desk)(
                scene.photo.id, of: scene.lamp.id, by: scene.worker, reason: "当事人有异议")
            #expect(try Pixels(original).green > 8_000)
        }
    }

    @Test(arguments: Engine.available) func `an original can be destroyed at once, later, or when its time is over`(
        _ engine: Engine
    )
        async throws
    {
        try await RedactionScene.run(engine) { scene in
            try await scene.redact(0, keeps: false)
            #expect(try await scene.keptUntil() == nil)
            await refuses(NotFound()) {
                try await RevealOriginal(scene.scene.desk)(scene.photo.id, of: scene.lamp.id, by: scene.worker, reason: "看看")
            }
        }
        try await RedactionScene.run(engine) { scene in
            try await scene.redact(0)
            let order = scene.order(1)
            for _ in 0..<2 { try await DestroyOriginals(scene.scene.desk)(order) }
            #expect(try await scene.keptUntil() == nil)
            #expect(try await scene.acts().map(\.kind) == [.redacted, .destroyed], "once, however often it was sent")
        }
        try await RedactionScene.run(engine) { scene in
            try await scene.redact(0)
            scene.scene.clock.advance(by: .days(Int64(RedactionRules.keptDays)))
            #expect(
                try await DestroyOriginals(scene.scene.desk)(scene.scene.town) == 0, "the last day is a day on which it is kept")
            scene.scene.clock.advance(by: .days(1))
            #expect(try await DestroyOriginals(scene.scene.desk)(scene.scene.otherTown) == 0)
            #expect(try await DestroyOriginals(scene.scene.desk)(scene.scene.town) == 1)
            #expect(try await scene.keptUntil() == nil)
            let last = try #require(try await scene.acts().last)
            #expect(last.kind == .destroyed && last.actor == nil)
        }
    }

    @Test(arguments: Engine.available) func `of two who redact at once the second looks again`(_ engine: Engine) async throws {
        try await RedactionScene.run(engine) { scene in
            let chief = scene.scene.person("书记", .gridChief, [scene.scene.village])
            let id: ID<PhotoAct> = scene.scene.ambient.newID()
            for _ in 0..<2 { try await scene.redact(0, id: id) }
            #expect(try await scene.acts().count == 1, "a retry paints once")
            await refuses(Conflict("photo-stale")) { try await scene.redact(0, by: chief) }
            await refuses(Conflict("photo-stale")) {
                try await ShowPhoto(scene.scene.desk)(scene.order(0, by: chief), isFit: true)
            }
            await refuses(Conflict("request-reused")) { try await scene.redact(1, id: id) }
            await refuses(Invalid("/boxes", "no-boxes")) { try await scene.redact(1, []) }
            #expect(try await scene.redact(1, by: chief).edition == 2)
            // At the very same moment.
            let edition = try await scene.current().edition
            let won = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 { group.addTask { (try? await scene.redact(edition)) != nil } }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(won == 1)
            #expect(try await scene.exists(try await scene.current().files.full), "whoever lost took no file of the other's away")
        }
    }

    @Test(arguments: Engine.available) func `only whoever handles the matter redacts, shows or reveals`(_ engine: Engine)
        async throws
    {
        try await RedactionScene.run(engine) { scene in
            let town = scene.scene
            let (desk, lamp, photo) = (town.desk, scene.lamp.id, scene.photo.id)
            let people: [(Principal, String)] = [
                (town.person("邻村", .gridChief, [town.otherVillage]), "not found"),
                (town.person("外镇", .townOffice, nil, in: town.otherTown), "not found"),
                (town.person("指导员", .instructor, [town.village]), "forbidden"),
            ]
            func told(_ body: () async throws -> Void) async -> String {
                do {
                    try await body()
                    return "done"
                } catch is NotFound {
                    return "not found"
                } catch is Forbidden {
                    return "forbidden"
                } catch {
                    return "\(error)"
                }
            }
            for (person, expected) in people {
                #expect(await told { _ = try await scene.redact(0, by: person) } == expected)
                #expect(await told { _ = try await ShowPhoto(desk)(scene.order(0, by: person), isFit: true) } == expected)
                #expect(await told { try await DestroyOriginals(desk)(scene.order(0, by: person)) } == expected)
                #expect(await told { _ = try await RevealOriginal(desk)(photo, of: lamp, by: person, reason: "看看") } == expected)
            }
            // A photo is asked for under its own matter.
            let other = try await town.send(town.report("另一盏灯"))
            await refuses(NotFound()) {
                try await RevealOriginal(desk)(photo, of: other.id, by: scene.worker, reason: "看看")
            }
            #expect(try await scene.acts().isEmpty)
            #expect(try await scene.current() == scene.photo)
        }
    }

    @Test(arguments: Engine.available) func `every look at an original takes a reason and is recorded`(_ engine: Engine)
        async throws
    {
        try await RedactionScene.run(engine) { scene in
            try await scene.redact(0)
            let reveal = RevealOriginal(scene.scene.desk)
            await refuses(Invalid("/reason", "reason-required")) {
                try await reveal(scene.photo.id, of: scene.lamp.id, by: scene.worker, reason: " ")
            }
            _ = try await reveal(scene.photo.id, of: scene.lamp.id, by: scene.worker, reason: "核对门牌")
            let details = try await scene.scene.database.read { tx in
                try tx.query("SELECT a.detail FROM audit_entry a WHERE a.act = 'matter.photo.reveal' ORDER BY a.id").map {
                    try $0.get("detail", as: String.self)
                }
            }
            #expect(details.count == 1 && details[0].contains("核对门牌"))
        }
    }

    @Test(arguments: Engine.available) func `an original is sealed anew when a new key comes into use`(_ engine: Engine)
        async throws
    {
        try await RedactionScene.run(engine) { scene in
            try await scene.redact(0)
            let (database, town, id) = (scene.scene.database, scene.scene.town, scene.photo.id)
            let vault = Vault(keys: [1: Array(repeating: 7, count: 32), 2: Array(repeating: 9, count: 32)])
            try await Reseal(database: database, vault: vault, columns: MattersSealStore.columns)(town)
            let found = try await database.read { try RedactionStore($0, town: town).sealed(id) }
            let sealed = try #require(found)
            #expect(sealed.first == 2)
            let opened = try vault.open(bytes: sealed, for: PhotoDesk.place(id))
            #expect(try Pixels(opened).green > 8_000, "a picture is not text")
        }
    }

    @Test(arguments: Engine.available) func `a file that something else has is left where it is`(_ engine: Engine) async throws {
        try await RedactionScene.run(engine) { scene in
            // The very same picture, sent with another report.
            var report = scene.scene.report("另一盏灯")
            report.photos = [scene.photo.files]
            try await scene.scene.send(report)
            let after = try await scene.redact(0)
            #expect(try await scene.exists(scene.photo.files.full), "the other report shows it still")
            let held = PhotoDesk(matters: scene.scene.desk, darkroom: Darkroom(), photos: scene.store) { name, _ in
                name == after.files.full
            }
            try await RedactPhoto(held)(
                scene.order(1), [RedactionScene.patch], RedactPhoto.Wish(keepsOriginal: true, isFit: false))
            #expect(try await scene.exists(after.files.full), "another room has it")
            #expect(try await !scene.exists(after.files.thumb))
        }
    }
}
