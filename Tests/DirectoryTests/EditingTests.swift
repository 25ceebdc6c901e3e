import Geometry
import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct EditingTests {
    typealias Town = SmallTown
    private let chief = Town.principal(.grids([Town.anping]))

    private func tree(_ database: any Database, on day: Day = Town.today) async throws -> GridTree {
        try await database.read { try DirectoryCache().tree($0, town: Town.town, day: day) }
    }

    @Test(arguments: Engine.available)
    func `a new grid gets the next code and is there at once`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let open = OpenGrid(database: database, ambient: .fixed())
            func new(_ name: String, _ parent: ID<GridNode>, _ kind: GridKind, unit: String? = nil) -> NewGrid {
                NewGrid(parent: parent, kind: kind, nameZh: name, responsibleUnit: unit, from: Town.today)
            }
            let third = try await open(new("第三网格", Town.anping, .residential), by: chief, request: Town.id(40))
            let again = try await open(new("第三网格", Town.anping, .residential), by: chief, request: Town.id(40))
            let hospital = try await open(new("安海医院", Town.anping, .exclusive, unit: "安海医院"), by: chief, request: Town.id(41))
            let firm = try await open(new("玩具厂", Town.anpingOne, .enterprise), by: chief, request: Town.id(42))
            #expect([third, again, hospital, firm].map { String($0.code.suffix(3)) } == ["003", "003", "901", "502"])
            #expect(try await tree(database).path(firm.id).map(\.id) == [Town.anping, Town.anpingOne, firm.id])
            await #expect(throws: NotFound()) {
                _ = try await open(new("偷开", Town.yaoqian, .residential), by: chief, request: Town.id(43))
            }
            let refused = try await codes {
                _ = try await open(new("太深", Town.estate, .building), by: chief, request: Town.id(44))
            }
            #expect(refused == ["grid-level"])
            await #expect(throws: Forbidden("town-opens-villages")) {
                _ = try await open(
                    NewGrid(parent: nil, kind: .village, code: "350582101237", nameZh: "新村", from: Town.today), by: chief,
                    request: Town.id(45))
            }
            let village = try await open(
                NewGrid(parent: nil, kind: .village, code: "350582101237", nameZh: "新村", from: Town.today), by: Town.principal(),
                request: Town.id(46))
            #expect(village.level == .one)
        }
    }

    @Test(arguments: Engine.available)
    func `a chief edits their own village and finds no other`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let edit = EditGrid(database: database, ambient: .fixed())
            let words = GridEdit(kind: .estate, nameZh: "春晖花园", boundaryWords: "东至安平路", dutyPhone: "0595-8578 0000")
            try await edit(Town.estate, words, by: chief, request: Town.id(40))
            #expect(try await tree(database).grid(Town.estate)?.nameZh == "春晖花园")
            await #expect(throws: NotFound()) {
                try await edit(Town.yaoqianOne, GridEdit(kind: .residential, nameZh: "改名"), by: chief, request: Town.id(41))
            }
            let refused = try await codes {
                try await edit(Town.estate, GridEdit(kind: .exclusive, nameZh: "春晖花园"), by: chief, request: Town.id(42))
            }
            #expect(refused == ["kind-needs-another-code"])
        }
    }

    @Test(arguments: Engine.available)
    func `closing a grid closes what lies below and ends the posts`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await AppointToPost(database: database, ambient: .fixed(), vault: Town.vault)(
                Appointment(.known(Town.person(1)), as: .gridWorker, on: Town.estate, from: Town.start), by: chief,
                request: Town.id(40))
            let close = CloseGrid(database: database, ambient: .fixed(seed: 3))
            await #expect(throws: Forbidden("town-opens-villages")) {
                try await close(Town.anping, on: Town.today, by: chief, request: Town.id(41))
            }
            for _ in 1...2 { try await close(Town.anpingOne, on: Town.today, by: chief, request: Town.id(42)) }
            let (today, tomorrow) = (try await tree(database), try await tree(database, on: Town.today.adding(days: 1)))
            #expect(today.grid(Town.estate) != nil && today.staffed == [Town.estate])
            #expect(tomorrow.grid(Town.estate) == nil && tomorrow.grid(Town.anpingOne) == nil && tomorrow.posts.isEmpty)
            await #expect(throws: Conflict("grid-closed")) {
                try await EditGrid(database: database, ambient: .fixed())(
                    Town.estate, GridEdit(kind: .estate, nameZh: "改名"), by: chief, request: Town.id(43))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a drawn area is checked and places points, also given in GCJ-02`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let set = SetArea(database: database, ambient: .fixed())
            try await set(
                of: Town.estate, geoJSON: try Town.square(0, 0).geoJSON(in: .gcj02), crs: .gcj02, by: chief, request: Town.id(40))
            let locate = LocatePoint(database: database, ambient: .fixed(), cache: DirectoryCache())
            let inside = try #require(Coordinate(longitude: 118.405, latitude: 24.705))
            let shifted = inside.degrees(in: .gcj02)
            let same = try #require(Coordinate(longitude: shifted.longitude, latitude: shifted.latitude, crs: .gcj02))
            let outside = try #require(Coordinate(longitude: 118.6, latitude: 24.705))
            #expect(try await locate(inside, in: Town.town).last?.id == Town.estate)
            #expect(try await locate(same, in: Town.town).last?.id == Town.estate)
            #expect(try await locate(outside, in: Town.town).isEmpty)
            let bow = #"{"type":"Polygon","coordinates":[[[118.4,24.7],[118.5,24.8],[118.5,24.7],[118.4,24.8],[118.4,24.7]]]}"#
            for (text, code) in [
                (bow, "geometry-crosses-itself"), ("{", "geometry-unreadable"), (#"{"type":"Point"}"#, "geometry-type"),
            ] {
                let refused = try await codes {
                    try await set(of: Town.estate, geoJSON: text, crs: .cgcs2000, by: chief, request: Town.id(41))
                }
                #expect(refused == [code])
            }
            await #expect(throws: NotFound()) {
                try await set(
                    of: Town.yaoqian, geoJSON: try Town.square(0, 0).geoJSON(), crs: .cgcs2000, by: chief, request: Town.id(42))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a village's capabilities are switched without a change of code`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let clock = TestClock()
            let switching = SwitchCapability(database: database, ambient: .fixed(clock))
            func profile() async throws -> VillageProfile {
                try await database.read { try VillageStore($0, town: Town.town).profile(of: Town.yaoqian) }
            }
            #expect(try await profile().type == .ordinary)
            try await switching(
                Town.yaoqian, type: .smallVillage, aboutZh: nil, aboutEn: nil, on: nil, by: Town.principal(), request: Town.id(40)
            )
            #expect(try await profile().isOn(.points))
            clock.advance(by: .days(1))
            let rest = ProfileRules.preset(for: .smallVillage).subtracting([.points])
            try await switching(
                Town.yaoqian, type: .smallVillage, aboutZh: "石窟", aboutEn: nil, on: rest, by: Town.principal(),
                request: Town.id(41))
            let after = try await profile()
            #expect(!after.isOn(.points) && after.switches[.points]?.since == Town.today.adding(days: 1) && after.aboutZh == "石窟")
            #expect(after.switches[.matters]?.since == Town.today)
            await #expect(throws: NotFound()) {
                try await switching(
                    Town.yaoqian, type: .oldTown, aboutZh: nil, aboutEn: nil, on: nil, by: chief, request: Town.id(42))
            }
            await #expect(throws: NotFound()) {
                try await switching(
                    Town.estate, type: .oldTown, aboutZh: nil, aboutEn: nil, on: nil, by: Town.principal(), request: Town.id(43))
            }
            let refused = try await codes {
                try await switching(
                    Town.yaoqian, type: .ordinary, aboutZh: nil, aboutEn: nil, on: [], by: Town.principal(), request: Town.id(44))
            }
            #expect(refused == ["matters-stay-on"])
        }
    }

    @Test(arguments: Engine.available)
    func `a station may be the guest of another place and keeps its id`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let edit = EditStation(database: database, ambient: .fixed())
            func station(_ number: UInt8, _ status: Station.BuildStatus) -> Station {
                Station(
                    id: Town.id(number), grid: Town.estate, name: "春晖站", hostVenue: "老人会活动中心", buildStatus: status,
                    place: Coordinate(longitude: 118.475, latitude: 24.718))
            }
            try await edit(station(40, .building), by: chief, request: Town.id(40))
            try await edit(station(41, .basicallyComplete), by: chief, request: Town.id(41))
            let stored = try await database.read { try StationStore($0, town: Town.town).stations(under: Town.anping) }
            #expect(stored == [station(40, .basicallyComplete)])
            var bad = station(42, .planned)
            bad.name = " "
            bad.phone = "x"
            let refused = try await codes { [bad] in try await edit(bad, by: chief, request: Town.id(42)) }
            #expect(refused == ["required", "not-a-phone"])
        }
    }
}
