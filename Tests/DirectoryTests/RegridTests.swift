import Geometry
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct RegridTests {
    typealias Town = SmallTown
    private let chief = Town.principal(.grids([Town.anping]))

    /// Five households of 第二网格 in two lanes, 100 m apart from west to east; the last has left.
    private func households(_ database: any Database) async throws {
        try await database.write { tx in
            for number in 1...5 as ClosedRange<UInt8> {
                try HouseholdRecordStore(tx, town: Town.town).insert([
                    HouseholdRecord(
                        id: Town.id(150 + number), grid: Town.anpingTwo,
                        address: Address(reading: number < 3 ? "平安巷\(number)号" : "三里巷\(number)号"),
                        place: Coordinate(longitude: 118.4 + Double(number) / 1000, latitude: 24.705),
                        term: Term(from: Town.start, to: number == 5 ? Town.today.adding(days: -9) : nil))
                ])
            }
        }
    }

    private func split(_ database: any Database, seed: UInt64 = 7) -> SplitGrid {
        SplitGrid(database: database, ambient: .fixed(seed: seed), vault: Town.vault)
    }

    private func grids(_ database: any Database) async throws -> [ID<GridNode>] {
        try await database.read { tx in
            let store = HouseholdRecordStore(tx, town: Town.town)
            return try (1...5 as ClosedRange<UInt8>).compactMap { try store.find(Town.id(150 + $0), in: .town)?.grid }
        }
    }

    private static let new = SplitOrder.Target.new(
        kind: .residential, nameZh: "第三网格", nameEn: nil, responsibleUnit: nil, boundaryWords: nil)

    @Test(arguments: Engine.available)
    func `ticked households go to a new grid beside the old one, dated and once`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await households(database)
            let day = Town.today.adding(days: -2)
            let order = SplitOrder(Town.anpingTwo, to: Self.new, .ticked([Town.id(151), Town.id(153)]), from: day)
            let done = try await split(database)(order, by: chief, request: Town.id(90))
            let again = try await split(database, seed: 8)(order, by: chief, request: Town.id(90))
            #expect(done.households == 2 && again.households == 0 && again.grid == done.grid && done.grid == Town.id(90))
            #expect(
                try await grids(database) == [done.grid, Town.anpingTwo, done.grid, Town.anpingTwo, Town.anpingTwo])
            let (grid, moves, acts) = try await database.read { tx in
                (
                    try GridStore(tx, town: Town.town).find(done.grid, in: .town),
                    try HouseholdMoveStore(tx, town: Town.town).moves(of: Town.id(151)),
                    try DirectoryEventStore(tx, town: Town.town).latest(9, on: done.grid).map(\.act).sorted()
                )
            }
            #expect(
                grid?.parent == Town.anping && grid?.level == .two && grid?.validFrom == day
                    && grid?.code.hasSuffix("003") == true)
            #expect(moves == [HouseholdMove(Town.id(151), from: Town.anpingTwo, to: done.grid, on: day)])
            #expect(acts == ["grid.open", "grid.receive"])
        }
    }

    @Test(arguments: Engine.available)
    func `a lane goes by its words, and nobody goes twice or who is not there`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await households(database)
            func move(_ choice: SplitOrder.Choice, to target: ID<GridNode> = Town.anpingOne, on days: Int = 0, request: UInt8)
                async throws -> [String]
            {
                try await codes {
                    _ = try await split(database, seed: UInt64(request))(
                        SplitOrder(Town.anpingTwo, to: .standing(target), choice, from: Town.today.adding(days: days)), by: chief,
                        request: Town.id(request))
                }
            }
            #expect(try await move(.address("三里巷"), request: 90) == [])
            // Who has left stays where they were.
            #expect(
                try await grids(database) == [
                    Town.anpingTwo, Town.anpingTwo, Town.anpingOne, Town.anpingOne, Town.anpingTwo,
                ])
            #expect(try await move(.address("三里巷"), request: 91) == ["regrid-nobody"])
            #expect(try await move(.address(" "), request: 92) == ["required"])
            #expect(try await move(.ticked([Town.id(153)]), request: 93) == ["regrid-not-here"])
            #expect(try await move(.ticked([]), request: 94) == ["required"])
            await #expect(throws: NotFound()) { _ = try await move(.address("平安巷"), to: Town.yaoqianOne, request: 95) }
            let other = try await codes {
                _ = try await split(database)(
                    SplitOrder(Town.anpingTwo, to: .standing(Town.yaoqianOne), .address("平安巷"), from: Town.today),
                    by: Town.principal(), request: Town.id(96))
            }
            #expect(other == ["regrid-other-village"])
        }
    }

    @Test(arguments: Engine.available)
    func `what lies in a drawing goes with its ground`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await households(database)
            let (whole, west) = (try Town.square(0, 0), try Town.square(0, 0, side: 0.0025))
            try await database.write { tx in
                let store = GridStore(tx, town: Town.town)
                try store.setArea(try Town.square(0, 0, side: 0.03), of: Town.anping, isSynthetic: false)
                try store.setArea(whole, of: Town.anpingTwo, isSynthetic: false)
            }
            // From the south up to beyond where the households are: two of the four lie west of 118.4025.
            let strip = """
                {"type":"Polygon","coordinates":[[[118.4,24.7],[118.4025,24.7],[118.4025,24.71],[118.4,24.71],[118.4,24.7]]]}
                """
            let done = try await split(database)(
                SplitOrder(
                    Town.anpingTwo, to: Self.new, .inside(geoJSON: strip, .cgcs2000), from: Town.today, takesArea: true),
                by: chief, request: Town.id(90))
            #expect(done.households == 2)
            let tree = try await database.read { try DirectoryCache().tree($0, town: Town.town, day: Town.today) }
            let inWest = try #require(west.pointInside)
            #expect(tree.path(at: inWest).last?.id == done.grid)
            let east = try #require(Coordinate(longitude: 118.408, latitude: 24.705))
            #expect(tree.path(at: east).last?.id == Town.anpingTwo)
            let all = try await codes {
                _ = try await split(database, seed: 9)(
                    SplitOrder(
                        Town.anpingTwo, to: .standing(Town.anpingOne), .inside(geoJSON: whole.geoJSON(), .cgcs2000),
                        from: Town.today,
                        takesArea: true), by: chief, request: Town.id(91))
            }
            #expect(all == ["regrid-takes-all"])
        }
    }

    @Test(arguments: Engine.available)
    func `a merged grid gives everything away and is closed the day before`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await households(database)
            try await database.write { tx in
                let posts = PostStore(tx, town: Town.town)
                for post in [
                    Town.post(60, 1, .gridWorker, on: Town.anpingTwo), Town.post(61, 2, .gridWorker, on: Town.anpingTwo),
                    Town.post(62, 2, .gridWorker, on: Town.anpingOne), Town.post(63, 3, .instructor, on: Town.anpingTwo),
                ] { try posts.insert(post) }
                try StationStore(tx, town: Town.town).put(
                    Station(
                        id: Town.id(70), grid: Town.anpingTwo, name: "服务站", buildStatus: .inUse, rulesPosted: true))
                let grids = GridStore(tx, town: Town.town)
                try grids.setArea(try Town.square(0, 0), of: Town.anpingOne, isSynthetic: false)
                try grids.setArea(try Town.square(1, 0), of: Town.anpingTwo, isSynthetic: false)
            }
            let merge = MergeGrids(database: database, ambient: .fixed(seed: 6), vault: Town.vault)
            let blocked = try await codes {
                _ = try await merge(Town.anpingOne, into: Town.anpingTwo, from: Town.today, by: chief, request: Town.id(89))
            }
            #expect(blocked == ["regrid-has-children"])
            let moved = try await merge(Town.anpingTwo, into: Town.anpingOne, from: Town.today, by: chief, request: Town.id(90))
            let again = try await merge(Town.anpingTwo, into: Town.anpingOne, from: Town.today, by: chief, request: Town.id(90))
            #expect(moved == 4 && again == 0)
            #expect(
                try await grids(database) == [
                    Town.anpingOne, Town.anpingOne, Town.anpingOne, Town.anpingOne, Town.anpingTwo,
                ])
            let (before, after) = try await database.read { tx in
                (
                    try GridStore(tx, town: Town.town).tree(on: Town.today.adding(days: -1)),
                    try GridStore(tx, town: Town.town).tree(on: Town.today)
                )
            }
            #expect(before.grid(Town.anpingTwo) != nil && after.grid(Town.anpingTwo) == nil)
            #expect(before.posts(on: Town.anpingTwo).count == 3)
            // The worker who was in both has one post, the others go along.
            #expect(
                after.posts(on: Town.anpingOne).map(\.person).sorted() == [Town.person(1), Town.person(2), Town.person(3)])
            let station = try await database.read { try StationStore($0, town: Town.town).station(of: Town.anpingOne)?.name }
            #expect(station == "服务站")
            let east = try #require(Coordinate(longitude: 118.415, latitude: 24.705))
            #expect(after.path(at: east).last?.id == Town.anpingOne)
            #expect(
                try await codes {
                    _ = try await merge(Town.anpingTwo, into: Town.anpingOne, from: Town.today, by: chief, request: Town.id(91))
                } == ["grid-closed"])
        }
    }
}
