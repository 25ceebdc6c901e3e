import Foundation
import Kernel
import Media
import Storage
import TestSupport
import Testing
import Web

@testable import Directory
@testable import Matters

struct WindowTests {
    @Test(arguments: Engine.available) func `the directory sees figures and lines within reach, and nothing that was said`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let worker = scene.person("陈", .gridWorker, [scene.second])
            let first = try await scene.send(scene.report("王老五家门口", at: scene.second))
            try await scene.send(scene.report("接到诈骗电话", category: "0501"))
            try await scene.send(scene.report(at: scene.otherVillage))
            scene.clock.advance(by: .hours(2))
            let seen = try await CheckOnSite(scene.desk)(scene.order(first, by: worker), finding: .solvedOnSpot, reply: "好了")
            scene.clock.advance(by: .hours(28))
            _ = try await FollowUpMatter(scene.desk)(scene.order(seen, by: chief), way: .phone, satisfied: true)

            let folder = NSTemporaryDirectory() + "jinlin-window-\(ProcessInfo.processInfo.processIdentifier)"
            let room = MattersRoom(
                database: scene.database, ambient: scene.ambient, vault: scene.desk.vault, directory: scene.desk.directory,
                photos: try BlobStore(folder: folder))
            let window = room.window
            let recent = try await window.recent(scene.town, .zh)
            #expect(recent.map(\.category) == ["路灯不亮、破损（单盏）"] && recent.map(\.words) == ["1 天办结"])
            let all = try await window.counts(scene.town, nil, .zh)
            #expect(all.open == 2 && all.closedThisMonth == 1 && all.villages.isEmpty)
            let mine = try await window.counts(scene.town, chief, .zh)
            #expect(mine.open == 1 && mine.closedThisMonth == 1 && Set(mine.villages.keys) == [scene.village])
            #expect(mine.villages[scene.village]?.satisfied == "100 %" && mine.stages.map(\.count) == [1, 0, 0, 1])
            let open = try #require(try await openLines(window, chief, scene.village))
            #expect(open.count == 1 && open.lines.count == 1)
            #expect(try await openLines(window, chief, scene.otherVillage) == nil)
            // An instructor is not told of restricted matters.
            let instructor = scene.person("吴指导", .instructor, [scene.village])
            #expect(try await openLines(window, instructor, scene.village)?.count == 0)
        }
    }

    private func openLines(_ window: MattersWindow, _ principal: Principal, _ grid: ID<GridNode>) async throws -> MattersWindow
        .Open?
    {
        try await window.open(principal, grid, .zh)
    }
}
