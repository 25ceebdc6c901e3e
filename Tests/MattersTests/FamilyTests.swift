import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

/// What several reporters, grids and matters have to do with one another.
struct FamilyTests {
    private func join(_ scene: Scene, _ matter: Matter, _ report: MatterReport, by worker: Principal? = nil) async throws
        -> Joining
    {
        try await JoinMatter(scene.desk)(
            matter.id, report, from: ReportSender(town: scene.town, principal: worker, address: "203.0.113.9"),
            onBehalf: worker != nil)
    }

    private func merge(_ scene: Scene, _ part: Matter, into whole: Matter, by chief: Principal) async throws {
        let order = MergeOrder(
            id: scene.ambient.newID(), part.id, version: part.version, into: .shown(whole.id, version: whole.version), by: chief)
        try await MergeMatters(scene.desk)(order, reason: "同一盏灯")
    }

    private func read(_ scene: Scene, _ matter: Matter) async throws -> Matter {
        try #require(try await scene.database.read { try MatterStore($0, town: scene.town).made(by: matter.id)?.matter })
    }

    /// The grid stands no more from today on.
    private func dissolve(_ grid: ID<GridNode>, _ scene: Scene) async throws {
        let (town, last) = (scene.town, scene.clock.now.day().adding(days: -1))
        try await scene.database.write { tx in
            try tx.execute("UPDATE grid SET valid_to = \(last) WHERE town_id = \(town) AND id = \(grid)")
            try tx.execute("UPDATE town SET directory_version = directory_version + 1 WHERE town_id = \(town)")
        }
    }

    @Test(arguments: Engine.available) func `a worker writes somebody down for what is near in the next grid`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let lamp = try await scene.send(scene.report(at: scene.second))
            // Writes down for one grid, reads of another: what is near is open to all, whoever may look at the matter itself.
            let worker = Principal(
                town: scene.town, account: scene.ambient.newID(), person: nil, name: "林晓岚",
                grants: [.createMatter: .grids([scene.second]), .readMatter: .grids([scene.otherVillage])], post: "gridWorker")
            let joining = try await join(scene, lamp, scene.report(at: scene.second, phone: "13987654321"), by: worker)
            #expect(joining.matter == lamp.id && joining.actor?.name == "林晓岚")
            // Not for a place outside their own grids, nor for what is not near it.
            await refuses(NotFound()) { try await join(scene, lamp, scene.report(at: scene.otherVillage), by: worker) }
            await refuses(Conflict("not-near")) { try await join(scene, lamp, scene.report(at: scene.third), by: worker) }
        }
    }

    @Test(arguments: Engine.available) func `who is known and joins adds what was missing, and wishes count`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let lamp = try await scene.send(scene.report(phone: "13812345678", name: ""))
            scene.clock.advance(by: .minutes(5))
            var again = scene.report(phone: "13812345678", name: "王阿姨")
            again.wantsText = true
            let joining = try await join(scene, lamp, again)
            let (town, vault) = (scene.town, scene.desk.vault)
            let (reporters, wishing) = try await scene.database.read { tx in
                let store = ReporterStore(tx, town: town, vault: vault)
                return (try store.reporters(of: [lamp.id]), try store.wishing([lamp.id]))
            }
            #expect(reporters.map(\.name) == ["王阿姨"] && wishing == [joining.reporter])
            // Somebody else with the same telephone does not rename them.
            _ = try await join(scene, lamp, scene.report(phone: "13812345678", name: "别人"))
            let names = try await scene.database.read {
                try ReporterStore($0, town: town, vault: vault).reporters(of: [lamp.id]).map(\.name)
            }
            #expect(names == ["王阿姨"])
            // And hears of it by the number they were given first.
            let number = try await scene.database.read { try JoiningStore($0, town: town).number(of: joining.reporter) }
            #expect(number == lamp.number)
        }
    }

    @Test(arguments: Engine.available) func `a merged matter is joined from near its own place only`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let (whole, part) = (try await scene.send(scene.report()), try await scene.send(scene.report(at: scene.second)))
            try await merge(scene, part, into: whole, by: chief)
            await refuses(Conflict("not-near")) { try await join(scene, part, scene.report(at: scene.otherVillage)) }
            await refuses(Conflict("not-near")) { try await join(scene, part, scene.report(category: "0105", at: scene.second)) }
            #expect(try await join(scene, part, scene.report(at: scene.second, phone: "")).matter == whole.id)
        }
    }

    @Test(arguments: Engine.available) func `who joined or reported a part may urge, and looking at reporters is kept of each`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let whole = try await scene.send(scene.report())
            let joining = try await join(scene, whole, scene.report(phone: "13987654321"))
            let part = try await scene.send(scene.report(at: scene.second, phone: "13700001111"))
            try await merge(scene, part, into: whole, by: chief)
            _ = try await RevealReporters(scene.desk)(whole.id, by: chief, reason: "回电话")
            let seen = try await scene.database.read {
                try $0.query("SELECT subject FROM audit_entry WHERE act = 'matter.reveal' ORDER BY subject").map {
                    try $0.get("subject", as: String.self)
                }
            }
            #expect(Set(seen) == [whole.id.description, part.id.description])

            scene.clock.advance(by: .days(20))
            _ = try await SettleClocks(scene.desk)(scene.town)
            for number in [joining.number, part.number] {
                // The promise that was broken is one for all of them.
                do {
                    try await UrgeMatter(scene.desk).byReporter(scene.ambient.newID(), number, town: scene.town)
                } catch let conflict as Conflict {
                    #expect(number == part.number && conflict.reason != "request-reused")
                }
            }
            let urges = try await scene.database.read { try UrgeStore($0, town: scene.town).urges(of: whole.id) }
            #expect(urges.map(\.side) == [.reporter])
        }
    }

    @Test(arguments: Engine.available) func `what is opened again after its grid was dissolved is held by one that stands`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let (chief, office) = (scene.person("许书记", .gridChief, [scene.village]), scene.person("党建办", .townOffice, nil))
            let (whole, part) = (try await scene.send(scene.report(at: scene.second)), try await scene.send(scene.report()))
            #expect(part.holder == Holder(grid: scene.third, level: 3))
            try await merge(scene, part, into: whole, by: chief)
            try await dissolve(scene.third, scene)
            let gone = try await read(scene, part)
            for person in [chief, office] {
                let order = scene.order(gone, by: person)
                let split = try? await SplitMatter(scene.desk)(order, reason: "是两盏灯")
                guard let split else { continue }
                #expect(split.place.grid == scene.village && split.holder == Holder(grid: scene.village, level: 1))
                return
            }
            Issue.record("nobody could split it off")
        }
    }
}
