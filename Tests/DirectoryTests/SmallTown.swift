import Foundation
import Geometry
import Identity
import Kernel
import Storage
import TestSupport

@testable import Directory

/// Two villages: 安平 with two level-2 grids, one of them with a level-3 grid, and 瑶前 with one. A fixed id for every number.
enum SmallTown {
    static let town: ID<Town> = id(1)
    static let today: Day = Instant.testStart.day()
    static let start = Day(year: 2022, month: 1, day: 1) ?? today
    static let vault = Vault(keys: [1: [UInt8](repeating: 7, count: 32)])
    static let migrations = IdentityMigrations.all + DirectoryMigrations.all

    static let anping: ID<GridNode> = id(10)
    static let anpingOne: ID<GridNode> = id(11)
    static let anpingTwo: ID<GridNode> = id(12)
    static let estate: ID<GridNode> = id(13)
    static let yaoqian: ID<GridNode> = id(20)
    static let yaoqianOne: ID<GridNode> = id(21)

    static func id<Kind>(_ number: UInt8) -> ID<Kind> {
        ID(UUID(uuid: (1, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number)))
    }

    static let grids: [Grid] = [
        grid(anping, nil, .one, .community, "350582101006", "安平社区"),
        grid(anpingOne, anping, .two, .residential, "350582101006001", "安平社区第一网格"),
        grid(anpingTwo, anping, .two, .residential, "350582101006002", "第二网格"),
        grid(estate, anpingOne, .three, .estate, "350582101006501", "春晖小区"),
        grid(yaoqian, nil, .one, .village, "350582101221", "瑶前村"),
        grid(yaoqianOne, yaoqian, .two, .residential, "350582101221001", "瑶前一组"),
    ]

    static func grid(
        _ id: ID<GridNode>, _ parent: ID<GridNode>?, _ level: GridLevel, _ kind: GridKind, _ code: String, _ name: String,
        from: Day = start,
        to: Day? = nil
    ) -> Grid {
        Grid(
            id: id, parent: parent, level: level, kind: kind, codeSystem: "nbs", code: code, nameZh: name,
            responsibleUnit: kind == .exclusive ? "医院" : nil, supervisionPhone: level == .one ? "12345" : nil,
            dutyPhone: level == .one ? "0595-8578 0000" : nil, validFrom: from, validTo: to)
    }

    /// A square of 0.01° whose lower left corner is at (118.4 + x/100, 24.7 + y/100).
    static func square(_ x: Double, _ y: Double, side: Double = 0.01) throws -> Area {
        let (west, south) = (118.4 + x / 100, 24.7 + y / 100)
        let ring =
            "[[\(west),\(south)],[\(west + side),\(south)],[\(west + side),\(south + side)],[\(west),\(south + side)],[\(west),\(south)]]"
        return try Area(geoJSON: "{\"type\":\"Polygon\",\"coordinates\":[\(ring)]}".utf8)
    }

    static func record(_ number: UInt8 = 1, name: String = "安海镇", host: String = "anhai.example") -> TownRecord {
        TownRecord(
            id: id(number), codeSystem: "nbs", code: "350582101", nameZh: name, nameEn: "Anhai", hostUnit: "安海镇人民政府",
            filing: "未备案",
            hostnames: [host])
    }

    static func person(_ number: UInt8) -> ID<PersonNode> { id(100 + number) }

    /// Stores the town, its grids and ten people, nobody of them in a post.
    static func build(in database: any Database, number: UInt8 = 1) async throws {
        try await database.write { tx in
            let town: ID<Town> = id(number)
            try TownStore(tx).insert(record(number))
            for grid in grids { try GridStore(tx, town: town).insert(grid) }
            for number in 1...10 {
                try PersonStore(tx, town: town).insert(
                    Person(id: person(UInt8(number)), name: "人\(number)"), phone: nil, at: .testStart)
            }
        }
    }

    /// Somebody with every permission of the directory over `scope`.
    static func principal(_ scope: Scope = .town, in town: ID<Town> = SmallTown.town) -> Principal {
        let permissions: [Permission] =
            [.directoryRead, .directoryEdit, .postAppoint, .checksRead, .calendarEdit] + (scope == .town ? [.townEdit] : [])
        return Principal(
            town: town, account: id(200), person: nil, name: "陈秀珠",
            grants: Dictionary(permissions.map { ($0, scope) }) { first, _ in first },
            post: "镇党建办")
    }

    static func post(
        _ number: UInt8, _ person: UInt8, _ kind: PostKind, on grid: ID<GridNode>?, from: Day = start, to: Day? = nil
    ) -> Post {
        Post(id: id(number), person: self.person(person), kind: kind, grid: grid, from: from, to: to)
    }
}

/// A withDatabase whose town is built.
@discardableResult
func withTown<Value>(
    _ engine: Engine, isolation: isolated (any Actor)? = #isolation, _ body: (any Database) async throws -> Value
) async throws -> Value {
    try await withDatabase(engine, migrations: SmallTown.migrations) { database in
        try await SmallTown.build(in: database)
        return try await body(database)
    }
}

/// The codes of what `body` was refused for; empty when it was not.
func codes(_ body: () async throws -> Void) async throws -> [String] {
    do {
        try await body()
        return []
    } catch let invalid as Invalid {
        return invalid.faults.map(\.code)
    }
}

func day(_ text: String) -> Day { Day(text) ?? SmallTown.today }
