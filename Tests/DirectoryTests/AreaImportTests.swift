import Foundation
import Geometry
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct AreaImportTests {
    typealias Town = SmallTown
    /// One for all, so that no two ids are the same.
    private let ambient = Ambient.fixed()
    private let chief = Town.principal(.grids([Town.anping]))

    private func file(_ areas: [(String, Area)], in crs: CRS = .cgcs2000) -> [UInt8] {
        let features = areas.map { #"{"type":"Feature","properties":{"code":"\#($0.0)"},"geometry":\#($0.1.geoJSON(in: crs))}"# }
        return Array(#"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#.utf8)
    }

    /// 安平 whole, and its two grids side by side.
    private func sound() throws -> [(String, Area)] {
        [
            ("350582101006", try Town.square(0, 0, side: 0.01)), ("350582101006001", try Town.square(0, 0, side: 0.005)),
            ("350582101006002", try Town.square(0.5, 0, side: 0.005)),
        ]
    }

    private func areas(_ database: any Database) async throws -> [ID<GridNode>: Area] {
        try await database.read { try DirectoryCache().tree($0, town: Town.town, day: Town.today).areas }
    }

    private func bring(
        _ bytes: [UInt8], _ number: UInt8, in database: any Database, by principal: Principal = Town.principal()
    ) async throws -> ID<AreaImport> {
        try await BringAreas(database: database, ambient: ambient)(bytes, named: "边界.geojson", as: Town.id(number), by: principal)
    }

    private func view(
        _ id: ID<AreaImport>, in database: any Database, crs: CRS? = nil, by principal: Principal = Town.principal()
    ) async throws -> ReadAreas.View {
        try await ReadAreas(database: database, ambient: ambient)(id, .init(crs: crs), by: principal)
    }

    @Test(arguments: Engine.available)
    func `a file is tried, written as a whole once, and undone as a whole`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let write = WriteAreas(database: database, ambient: ambient)
            let undo = UndoAreas(database: database, ambient: ambient)
            let old = try Town.square(0, 0, side: 0.02)
            try await SetArea(database: database, ambient: ambient)(
                of: Town.anping, geoJSON: old.geoJSON(), crs: .cgcs2000, by: Town.principal(), request: Town.id(40))
            let id = try await bring(file(try sound()), 50, in: database)
            #expect(try await bring(file(try sound()), 50, in: database) == id)
            let shown = try await view(id, in: database)
            let trial = try #require(shown.trial)
            #expect(trial.isWritable && trial.changes.count == 3 && trial.findings.map(\.fault.code) == ["area-gap"])
            #expect(try await areas(database) == [Town.anping: old], "a trial writes nothing")
            for _ in 1...2 {
                #expect(try await write(id, .init(crs: trial.crs), by: Town.principal(), seen: shown.seen) == 3)
            }
            let written = try await areas(database)
            let third = try sound()[2].1
            #expect(written.count == 3 && written[Town.anpingTwo] == third)
            let (history, audit) = try await database.read { tx in
                (
                    try DirectoryEventStore(tx, town: Town.town).latest(9, on: Town.anping).map(\.act),
                    try tx.value("SELECT count(*) FROM audit_entry WHERE act = 'directory.grid.area'", as: Int.self)
                )
            }
            #expect(history == ["grid.area", "grid.area"] && audit == 4)
            #expect(try await view(id, in: database).trial == nil)

            for _ in 1...2 { try await undo(id, by: Town.principal()) }
            #expect(try await areas(database) == [Town.anping: old])
            #expect(try await view(id, in: database).item.state == .undone)
            await #expect(throws: Conflict("area-import-over")) {
                try await write(id, .init(), by: Town.principal(), seen: nil)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `what was changed in between is noticed, before writing and before undoing`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let write = WriteAreas(database: database, ambient: ambient)
            let set = SetArea(database: database, ambient: ambient)
            let id = try await bring(file(try sound()), 50, in: database)
            let seen = try await view(id, in: database).seen
            let office = Town.principal()
            try await set(
                of: Town.anping, geoJSON: try Town.square(0, 0, side: 0.03).geoJSON(), crs: .cgcs2000, by: chief,
                request: Town.id(40))
            let meanwhile = try await codes { _ = try await write(id, .init(), by: office, seen: seen) }
            #expect(meanwhile == ["changed-meanwhile"])
            #expect(try await areas(database).count == 1, "all of it or nothing")
            let again = try await view(id, in: database).seen
            try await write(id, .init(), by: office, seen: again)
            try await set(
                of: Town.anpingTwo, geoJSON: try Town.square(0.5, 0.5, side: 0.004).geoJSON(), crs: .cgcs2000, by: chief,
                request: Town.id(41))
            let undo = UndoAreas(database: database, ambient: ambient)
            let refused = try await codes { try await undo(id, by: office) }
            #expect(refused == ["area-changed-since"])
            #expect(try await areas(database).count == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `everything that is wrong is found at once, with its spot, and nothing is written`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            var drawings = try sound()
            drawings[2].1 = try Town.square(0.25, 0, side: 0.005)
            drawings += [
                ("350582101006009", try Town.square(0.7, 0.7, side: 0.001)),
                ("350582101006001", try Town.square(0, 0.5, side: 0.001)),
                ("350582101221001", try Town.square(0.9, 0.9, side: 0.01)), ("350582101221", try Town.square(3, 0, side: 0.01)),
            ]
            var text = String(decoding: file(drawings), as: UTF8.self)
            let bow =
                #"{"type":"Polygon","coordinates":[[[118.4,24.7],[118.41,24.71],[118.41,24.7],[118.4,24.71],[118.4,24.7]]]}"#
            text.removeLast(2)
            text += #",{"type":"Feature","properties":{"code":"350582101006501"},"geometry":\#(bow)}]}"#
            let id = try await bring(Array(text.utf8), 50, in: database)
            let trial = try #require(try await view(id, in: database).trial)
            let found = trial.findings.map { "\($0.name) \($0.fault.code)" }
            #expect(
                Set(found).isSuperset(of: [
                    "350582101006009 area-unknown-grid", "350582101006001 area-twice", "安平社区第一网格 area-overlaps",
                    "瑶前一组 area-outside-parent", "安平社区 春晖小区 geometry-crosses-itself",
                ]), "\(found)")
            #expect(trial.findings.allSatisfy { $0.spot != nil })
            let crossing = try #require(trial.findings.first { $0.fault.code == "geometry-crosses-itself" }?.spot)
            let middle = try #require(Coordinate(longitude: 118.405, latitude: 24.705))
            #expect(crossing.metres(to: middle) < 1)
            #expect(!trial.isWritable)
            let write = WriteAreas(database: database, ambient: ambient)
            let refused = try await codes { _ = try await write(id, .init(), by: Town.principal(), seen: nil) }
            #expect(refused.contains("area-overlaps"))
            #expect(try await areas(database).isEmpty)
        }
    }

    @Test(arguments: Engine.available, [CRS.gcj02, .bd09])
    func `a file in a shifted datum is recognised by the areas that are known`(_ engine: Engine, _ crs: CRS) async throws {
        try await withTown(engine) { database in
            for (number, drawn) in try sound().enumerated() {
                let grid: ID<GridNode> = [Town.anping, Town.anpingOne, Town.anpingTwo][number]
                try await SetArea(database: database, ambient: ambient)(
                    of: grid, geoJSON: drawn.1.geoJSON(), crs: .cgcs2000, by: chief, request: Town.id(40 + UInt8(number)))
            }
            let id = try await bring(file(try sound(), in: crs), 50, in: database)
            let trial = try #require(try await view(id, in: database).trial)
            #expect(trial.crs == crs && trial.guess.reason == .areas && trial.guess.figure <= 1)
            let chosen = try #require(try await view(id, in: database, crs: .wgs84).trial)
            #expect(chosen.crs == .wgs84 && chosen.guess.crs == crs)
            let same = try await bring(file(try sound()), 51, in: database)
            let unchanged = try #require(try await view(same, in: database).trial)
            #expect(unchanged.changes.isEmpty && !unchanged.isWritable && unchanged.crs == .cgcs2000)
        }
    }

    @Test(arguments: Engine.available)
    func `a chief imports into their own village and sees no other's file`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let mine = try await bring(file(try sound()), 50, in: database, by: chief)
            #expect(try await view(mine, in: database, by: chief).trial?.isWritable == true)
            let foreign = [("350582101221", try Town.square(5, 0))]
            let other = try await bring(file(foreign), 51, in: database, by: chief)
            let trial = try #require(try await view(other, in: database, by: chief).trial)
            #expect(trial.findings.map(\.fault.code) == ["area-not-yours"] && !trial.isWritable)
            let stranger = Principal(
                town: Town.town, account: Town.id(201), person: nil, name: "别人", grants: chief.grants, post: "网格长")
            await #expect(throws: NotFound()) { _ = try await view(mine, in: database, by: stranger) }
            let write = WriteAreas(database: database, ambient: ambient)
            await #expect(throws: NotFound()) { _ = try await write(mine, .init(), by: stranger, seen: nil) }
            let bring = BringAreas(database: database, ambient: ambient)
            await #expect(throws: NotFound()) { try await bring.discard(mine, by: stranger) }
            for _ in 1...2 { try await bring.discard(mine, by: chief) }
            #expect(try await view(mine, in: database).item.state == .discarded)
            try await database.write { try AreaImportStore.discard($0, broughtBefore: .testStart + .days(1)) }
            #expect(try await view(other, in: database, by: chief).trial == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `the area a grid had before its last change comes back, and that can be taken back too`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let set = SetArea(database: database, ambient: ambient)
            let undo = UndoAreas(database: database, ambient: ambient)
            let (first, second) = (try Town.square(0, 0), try Town.square(0, 0, side: 0.02))
            await #expect(throws: Conflict("area-no-former")) {
                try await undo(lastOf: Town.anping, by: chief, request: Town.id(39), seen: nil)
            }
            for (number, area) in [first, second].enumerated() {
                try await set(
                    of: Town.anping, geoJSON: area.geoJSON(), crs: .cgcs2000, by: chief, request: Town.id(40 + UInt8(number)))
            }
            for _ in 1...2 {
                try await undo(lastOf: Town.anping, by: chief, request: Town.id(45), seen: Sighting(changes: 2))
            }
            #expect(try await areas(database) == [Town.anping: first])
            let refused = try await codes {
                try await undo(lastOf: Town.anping, by: chief, request: Town.id(46), seen: Sighting(changes: 2))
            }
            #expect(refused == ["changed-meanwhile"])
            try await undo(lastOf: Town.anping, by: chief, request: Town.id(47), seen: Sighting(changes: 3))
            #expect(try await areas(database) == [Town.anping: second])
        }
    }
}
