import Directory
import Geometry
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Demo

@Suite struct FiguresTests {
    @Test(arguments: Engine.available)
    func `the article's figures come out of the records`(_ engine: Engine) async throws {
        let made = try await SharedTowns.shared.town(engine)
        let tree = made.tree
        #expect(GridLevel.allCases.map { level in tree.all.count { $0.level == level } } == [42, 228, 72])
        let workers = tree.posts.filter { $0.kind == .gridWorker }
        let level = { (post: Post) in post.grid.flatMap { tree.grid($0)?.level } }
        #expect(GridLevel.allCases.map { wanted in workers.count { level($0) == wanted } } == [224, 646, 144])
        #expect(Set(workers.map(\.person)).count == 1014)
        #expect(workers.allSatisfy { $0.employment != nil })

        let holders = { (kind: PostKind) in Dictionary(grouping: tree.posts.filter { $0.kind == kind }, by: \.person) }
        #expect([PostKind.townLead, .townDeputy, .instructor].map { holders($0).count } == [27, 42, 53])
        let led = holders(.townLead).values.map(\.count)
        #expect(led.count { $0 == 1 } == 12 && led.count { $0 == 2 } == 15)
        #expect(holders(.instructor).values.allSatisfy { (4...5).contains($0.count) })
        #expect(holders(.gridChief).count == 42 && holders(.townOffice).count == 1)
        let people = PostKind.allCases.reduce(0) { $0 + holders($1).count }
        #expect(Set(tree.posts.map(\.person)).count == people, "nobody holds two kinds of posts")
        #expect(CoverageRules.findings(in: tree).isEmpty)
    }

    @Test(arguments: Engine.available)
    func `the four villages are as the article describes them`(_ engine: Engine) async throws {
        let made = try await SharedTowns.shared.town(engine)
        let tree = made.tree
        let shape = { (serial: String) in
            let village = tree.roots.first { $0.code == VillageList.townCode + serial }
            let below = village.map { tree.descendants(of: $0.id) } ?? []
            return [below.count { $0.level == .two }, below.count { $0.level == .three }]
        }
        #expect(shape("006") == [10, 22] && shape("001") == [8, 0] && shape("221") == [3, 0] && shape("230") == [7, 7])
        let hospital = tree.all.filter { $0.kind == .exclusive }
        #expect(hospital.map(\.nameZh) == ["安海医院专属网格"] && hospital.first?.responsibleUnit == "安海医院")
        #expect(tree.all.contains { $0.nameZh == "春晖小区" && $0.kind == .estate && $0.level == .three })
        try await made.database.read { tx in
            let store = VillageStore(tx, town: made.town)
            let village = { (serial: String) in tree.roots.first { $0.code.hasSuffix(serial) }?.id ?? ID(made.town.uuid) }
            let anping = try store.figures(of: village("006"))
            #expect(ProfileRules.floatingShare(of: anping) == 886)
            #expect(anping.first { $0.key == .floating }?.isDerived == true)
            #expect(try store.naturalVillages(of: village("230")).count == 4)
            #expect(try store.isOn(.points, in: village("221")) && !store.isOn(.points, in: village("001")))
            let stations = try StationStore(tx, town: made.town).stations(under: village("006"))
            #expect(stations.count == 10 && stations.allSatisfy { $0.buildStatus == .basicallyComplete && $0.rulesPosted })
            let guests = try StationStore(tx, town: made.town).stations(under: village("001"))
            #expect(guests.count == 6 && guests.allSatisfy { $0.hostVenue?.hasSuffix("老人会活动中心") == true })
        }
    }

    @Test(arguments: Engine.available)
    func `every record keeps the rules of the directory`(_ engine: Engine) async throws {
        let made = try await SharedTowns.shared.town(engine)
        let (villages, posts) = try await made.database.read { tx in
            let store = GridStore(tx, town: made.town)
            return (
                try made.tree.roots.map { try store.everIn(village: $0.id) },
                try Set(made.tree.posts.map(\.person)).flatMap { try PostStore(tx, town: made.town).ever(of: $0) }
                    + made.tree.all.flatMap { try PostStore(tx, town: made.town).ever(on: $0.id) }
            )
        }
        for grids in villages {
            for grid in grids {
                let parent = grids.first { $0.id == grid.parent }
                let village = grid.level == .one ? VillageList.townCode : grids.first { $0.level == .one }?.code ?? ""
                #expect(
                    GridRules.faults(
                        in: grid, below: parent, village: village, beside: grid.level == .one ? made.tree.roots : grids) == [])
                #expect(grid.areaIsSynthetic)
            }
        }
        let all = Array(Set(posts))
        let (byGrid, byPerson) = (Dictionary(grouping: all, by: \.grid), Dictionary(grouping: all, by: \.person))
        for post in all {
            let others = byGrid[post.grid, default: []] + byPerson[post.person, default: []]
            #expect(PostRules.faults(in: post, on: post.grid.flatMap(made.tree.grid), beside: others) == [])
        }
        #expect(all.contains { $0.to != nil }, "some posts have ended, otherwise the history is empty")
    }

    @Test(arguments: Engine.available)
    func `a point inside a grid is found in it`(_ engine: Engine) async throws {
        let made = try await SharedTowns.shared.town(engine)
        for grid in made.tree.all {
            let point = try #require(made.tree.areas[grid.id]?.pointInside)
            #expect(made.tree.path(at: point).contains { $0.id == grid.id })
        }
    }
}
