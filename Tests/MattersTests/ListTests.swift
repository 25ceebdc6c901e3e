import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

struct ListTests {
    private func list(
        _ scene: Scene, _ principal: Principal, _ filter: MatterFilter = MatterFilter(), after: MatterCursor? = nil,
        limit: Int = 50,
        within grid: ID<GridNode>? = nil
    ) async throws -> MatterList {
        try await scene.database.read { tx in
            let tree = try scene.desk.tree(tx, scene.town)
            let scope = try principal.scope(for: .readMatter)
            let reach = try grid.map { try MatterReach(scope, tree, within: $0) } ?? MatterReach(scope, tree)
            return try MatterListStore(tx, town: scene.town, at: scene.clock.now)
                .list(reach, hiding: RestrictedReach(principal), filter, after: after, limit: limit)
        }
    }

    @Test(arguments: Engine.available) func `pages through the newest first without gap or repeat`(_ engine: Engine) async throws
    {
        try await Scene.run(engine) { scene in
            var sent: [Matter] = []
            for number in 0..<23 {
                // Several at the same moment.
                if number % 3 == 0 { scene.clock.advance(by: .seconds(1)) }
                let grid = [scene.third, scene.second, scene.village, scene.otherVillage, scene.lonely][number % 5]
                sent.append(try await scene.send(scene.report(at: grid)))
            }
            let expected = sent.sorted { ($0.reportedAt, $0.id) > ($1.reportedAt, $1.id) }
            for (principal, mine) in [
                (scene.person("办", .townOffice, nil), expected),
                (scene.person("书记", .gridChief, [scene.village]), expected.filter { $0.place.village == scene.village }),
                (
                    scene.person("两村", .townLead, [scene.village, scene.otherVillage]),
                    expected
                ),
                (
                    scene.person("员", .gridWorker, [scene.second, scene.third]),
                    expected.filter { [scene.second, scene.third].contains($0.place.grid) }
                ),
                (scene.person("无", .gridWorker, []), []),
            ] {
                var found: [ID<Matter>] = []
                var cursor: MatterCursor?
                repeat {
                    let page = try await list(scene, principal, after: cursor, limit: 4)
                    #expect(page.matters.count <= 4)
                    found += page.matters.map(\.id)
                    cursor = page.next
                } while cursor != nil
                #expect(found == mine.map(\.id))
            }
        }
    }

    @Test(arguments: Engine.available) func `filters by grid, category, stage and text`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let lamp = try await scene.send(scene.report("路灯 100% 不亮 A_b"))
            let rubbish = try await scene.send(scene.report("垃圾", category: "0201", at: scene.second))
            _ = try await CheckOnSite(scene.desk)(scene.order(rubbish, by: chief), finding: .confirmed)
            func ids(_ filter: MatterFilter, within grid: ID<GridNode>? = nil) async throws -> Set<ID<Matter>> {
                Set(try await list(scene, chief, filter, within: grid).matters.map(\.id))
            }
            #expect(try await ids(MatterFilter(category: "0201")) == [rubbish.id])
            #expect(try await ids(MatterFilter(stage: .collected)) == [lamp.id])
            #expect(try await ids(MatterFilter(), within: scene.third) == [lamp.id])
            #expect(try await ids(MatterFilter(), within: scene.second) == [lamp.id, rubbish.id])
            for (text, found) in [
                ("路灯", true), ("a_B", true), ("100%", true), ("%", true), ("_", true), ("！", false), ("x%", false),
                ("' OR 1=1", false),
                ("12 号门", true), (lamp.number.description, true), ("\u{0}", true), (String(repeating: "长", count: 3000), false),
            ] {
                #expect(try await ids(MatterFilter(text: text)).contains(lamp.id) == found, "\(text)")
            }
            await refuses(NotFound()) { try await ids(MatterFilter(), within: scene.otherVillage) }
        }
    }

    @Test(arguments: Engine.available) func `finds closed matters by a piece of their words, within reach, newest first`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let office = scene.person("党建办", .townOffice, nil)
            func close(_ words: String, at grid: ID<GridNode>) async throws -> Matter {
                scene.clock.advance(by: .minutes(1))
                let sent = try await scene.send(scene.report(words, at: grid))
                let seen = try await CheckOnSite(scene.desk)(scene.order(sent, by: office), finding: .solvedOnSpot, reply: "好了")
                return try await FollowUpMatter(scene.desk)(
                    scene.order(seen, by: scene.person("访", .townOffice, nil)), way: .phone, satisfied: true)
            }
            let lamps = [
                try await close("路灯 100% 不亮 A_b", at: scene.third), try await close("巷口路灯不亮", at: scene.second),
                try await close("路灯杆歪", at: scene.village),
            ]
            let elsewhere = try await close("路灯不亮", at: scene.otherVillage)
            _ = try await scene.send(scene.report("路灯还没好"))
            func found(_ text: String, _ principal: Principal, within grid: ID<GridNode>? = nil) async throws -> [ID<Matter>] {
                var (ids, cursor) = ([ID<Matter>](), MatterCursor?.none)
                repeat {
                    let page = try await list(
                        scene, principal, MatterFilter(isOpen: false, text: text), after: cursor, limit: 2, within: grid)
                    ids += page.matters.map(\.id)
                    cursor = page.next
                } while cursor != nil
                return ids
            }
            let newest = lamps.reversed().map(\.id)
            #expect(try await found("路灯", office) == [elsewhere.id] + newest)
            #expect(try await found("路灯", chief) == newest)
            #expect(try await found("路灯", chief, within: scene.second) == [lamps[1].id, lamps[0].id])
            for (text, expected) in [
                ("灯不亮", [lamps[1]]), ("a_B", [lamps[0]]), ("100%", [lamps[0]]), ("杆", [lamps[2]]), ("歪", [lamps[2]]), ("灯亮", []),
                ("' OR 1=1", []), ("%", []), ("NEAR(", []), (String(repeating: "长", count: 3000), []),
            ] as [(String, [Matter])] {
                #expect(try await found(text, chief) == expected.map(\.id), "\(text)")
            }
        }
    }

    @Test(arguments: Engine.available) func `a matter that is opened and closed again is found once`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let office = scene.person("党建办", .townOffice, nil)
            let sent = try await scene.send(scene.report("水管漏了"))
            let seen = try await CheckOnSite(scene.desk)(scene.order(sent, by: office), finding: .solvedOnSpot, reply: "好了")
            let caller = scene.person("访", .townOffice, nil)
            let closed = try await FollowUpMatter(scene.desk)(scene.order(seen, by: caller), way: .phone, satisfied: true)
            let filled = try await FillTexts(database: scene.database)(scene.town)
            try await scene.database.write { try MatterTextStore($0, town: scene.town).add(closed) }
            let found = try await list(scene, office, MatterFilter(isOpen: false, text: "水管"))
            #expect(filled == 0 && found.matters.map(\.id) == [closed.id])
        }
    }

    @Test(arguments: Engine.available) func `an inbox holds what is in one's hands`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let office = scene.person("党建办", .townOffice, nil)
            let here = try await scene.send(scene.report())
            let up = try await scene.send(scene.report())
            _ = try await EscalateMatter(scene.desk)(scene.order(up, by: worker), reason: "要花钱")
            func inbox(_ principal: Principal) async throws -> (Set<ID<Matter>>, Int) {
                try await scene.database.read { tx in
                    let tree = try scene.desk.tree(tx, scene.town)
                    let scope = try principal.scope(for: .handleMatter)
                    let store = MatterListStore(tx, town: scene.town, at: scene.clock.now)
                    let hiding = RestrictedReach(principal)
                    return (
                        Set(try store.inbox(scope, tree, hiding: hiding, MatterFilter()).matters.map(\.id)),
                        try store.inboxCounts(scope, tree, hiding: hiding)[.collected] ?? 0
                    )
                }
            }
            #expect(try await inbox(worker) == ([here.id], 1))
            #expect(try await inbox(chief) == ([here.id, up.id], 2))
            #expect(try await inbox(office) == ([here.id, up.id], 2))
        }
    }

    @Test(arguments: Engine.available) func `what everybody may know of closed matters leaves out restricted ones`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            for category in ["0101", "0501"] {
                let matter = try await scene.send(scene.report(category: category, at: scene.second))
                let seen = try await CheckOnSite(scene.desk)(
                    scene.order(matter, by: scene.person("陈", .gridWorker, [scene.second])), finding: .solvedOnSpot, reply: "好了")
                _ = try await FollowUpMatter(scene.desk)(scene.order(seen, by: chief), way: .phone, satisfied: true)
            }
            let (closed, open, since) = try await scene.database.read { tx in
                let figures = MatterFigureStore(tx, town: scene.town)
                return (
                    try figures.recentlyClosed(limit: 10), try figures.open(),
                    try figures.closed(since: scene.clock.now - .days(30))
                )
            }
            #expect(closed.map(\.category) == ["0101"])
            #expect(open == 0 && since == [scene.village: ClosedCount(matters: 2, reopened: 0)])
            #expect(
                ClosedCount(matters: 3, reopened: 1).satisfiedPercent == 75
                    && ClosedCount(matters: 0, reopened: 0).satisfiedPercent == nil)
        }
    }
}
