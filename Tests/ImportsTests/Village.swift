import Directory
import Foundation
import Identity
import Kernel
import Registers
import Storage
import TestSupport
import Testing

@testable import Imports

/// A town with two villages, 安平 with one grid and 瑶前 with none, and the room's desk over it.
struct Village: Sendable {
    static let town: ID<Town> = id(1)
    static let anping: ID<GridNode> = id(10)
    static let first: ID<GridNode> = id(11)
    static let yaoqian: ID<GridNode> = id(20)
    static let vault = Vault(keys: [1: [UInt8](repeating: 7, count: 32)])

    let database: any Database
    let desk: ImportDesk

    static func id<Kind>(_ number: UInt8) -> ID<Kind> {
        ID(UUID(uuid: (1, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number)))
    }

    static func run(_ engine: Engine, _ body: @escaping @Sendable (Village) async throws -> Void) async throws {
        try await withDatabase(
            engine, migrations: IdentityMigrations.all + DirectoryMigrations.all + RegistersMigrations.all + ImportsMigrations.all
        ) {
            database in
            try await database.write { tx in
                try TownStore(tx).insert(
                    TownRecord(
                        id: town, codeSystem: "nbs", code: "350582101", nameZh: "安海镇", nameEn: "Anhai", hostUnit: "", filing: "",
                        hostnames: []))
                let start = Day(year: 2022, month: 1, day: 1) ?? Instant.testStart.day()
                let grids: [(ID<GridNode>, ID<GridNode>?, GridLevel, GridKind, String, String)] = [
                    (anping, nil, .one, .community, "350582101006", "安平社区"),
                    (first, anping, .two, .residential, "350582101006001", "安平社区第一网格"),
                    (yaoqian, nil, .one, .village, "350582101221", "瑶前村"),
                ]
                for (id, parent, level, kind, code, name) in grids {
                    try GridStore(tx, town: town).insert(
                        Grid(
                            id: id, parent: parent, level: level, kind: kind, codeSystem: "nbs", code: code, nameZh: name,
                            validFrom: start))
                }
            }
            let cache = DirectoryCache()
            let desk = ImportDesk(
                database: database, ambient: .fixed(), vault: vault, directory: cache,
                kinds: [
                    PeopleKind(directory: cache, vault: vault), EnterprisesKind(directory: cache, vault: vault),
                    PropertiesKind(directory: cache, vault: vault),
                    GridsKind(directory: cache, vault: vault),
                    PostsKind(directory: cache, vault: vault),
                ])
            try await body(Village(database: database, desk: desk))
        }
    }

    static func principal(_ scope: Scope = .town) -> Principal {
        Principal(
            town: town, account: id(scope == .town ? 200 : 201), person: nil, name: "陈秀珠",
            grants: [
                .importData: scope, .directoryEdit: scope, .postAppoint: scope, .directoryRead: scope, .editResident: scope,
            ], post: "镇党建办")
    }

    /// Brings a CSV file.
    func bring(
        _ text: String, _ kind: String = "grids", place: ID<GridNode>? = nil, by principal: Principal = principal(),
        id: ID<Import>? = nil
    )
        async throws -> ID<Import>
    {
        try await bring(bytes: Array(text.utf8), kind, place: place, by: principal, id: id)
    }

    /// Brings any file.
    func bring(
        bytes: [UInt8], _ kind: String, place: ID<GridNode>? = nil, by principal: Principal = principal(), id: ID<Import>? = nil,
        atOnce: Int = 50
    ) async throws -> ID<Import> {
        let order = BringFile.Order(id: id ?? desk.ambient.newID(), kind: kind, place: place, fileName: "表.csv") {
            Array(bytes.dropFirst($0).prefix(atOnce))
        }
        return try await BringFile(desk)(order, by: principal).id
    }

    /// Brings a file and has it judged with the proposed columns.
    func judged(_ text: String, _ kind: String = "grids", place: ID<GridNode>? = nil, by principal: Principal = principal())
        async throws -> Import
    {
        let id = try await bring(text, kind, place: place, by: principal)
        try await MatchColumns(desk).byProposal(id, by: principal)
        try await work()
        return try await item(id)
    }

    /// Works until nothing is left to do.
    func work(as worker: String = "w") async throws {
        while try await WorkOnImport(desk, worker: worker)() {}
    }

    func item(_ id: ID<Import>) async throws -> Import {
        try #require(try await database.read { try ImportStore($0, town: Village.town).find(id) })
    }

    func faults(_ id: ID<Import>) async throws -> [RowFault] {
        try await database.read { try ImportContentStore($0, town: Village.town, of: id).faults(limit: 100) }
    }

    /// The names of the grids that stand below a village.
    func grids(in village: ID<GridNode> = anping) async throws -> [String] {
        try await database.read {
            try GridStore($0, town: Village.town).everIn(village: village).filter { $0.id != village }.map(\.nameZh)
        }
    }
}
