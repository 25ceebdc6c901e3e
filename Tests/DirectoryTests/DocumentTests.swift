import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct DocumentTests {
    typealias Town = SmallTown
    private let chief = Town.principal(.grids([Town.anping]))

    private static func edition(_ number: Int, _ from: Int, _ to: Int? = nil) -> MechanismDocument {
        MechanismDocument(
            id: Town.id(50), edition: number, grid: nil, kind: .operation, titleZh: "运行机制", bodyZh: "一",
            from: Town.start.adding(days: from),
            to: to.map { Town.start.adding(days: $0) })
    }

    @Test(
        arguments: [(-1, nil), (0, 1), (9, 1), (10, 2), (19, 2), (20, nil)] as [(Int, Int?)])
    func `the edition in force is the one whose days these are`(_ day: Int, _ expected: Int?) {
        let editions = [Self.edition(1, 0, 9), Self.edition(2, 10, 19)]
        #expect(DocumentRules.inForce(editions, on: Town.start.adding(days: day))?.edition == expected)
    }

    @Test func `a new edition begins later than the one before`() {
        #expect(DocumentRules.faults(in: Self.edition(2, 1), after: [Self.edition(1, 0)]) == [])
        #expect(DocumentRules.faults(in: Self.edition(2, 0), after: [Self.edition(1, 0)]).map(\.code) == ["edition-too-early"])
    }

    private func draft(_ title: String, on grid: ID<GridNode>?, from: Int = 0) -> DocumentDraft {
        DocumentDraft(
            grid: grid, kind: .station, titleZh: title, titleEn: nil, bodyZh: "第一条\n第二条", bodyEn: nil,
            from: Town.start.adding(days: from))
    }

    @Test(arguments: Engine.available)
    func `a document has editions, and ends`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let write = WriteDocument(database: database, ambient: .fixed())
            let id = try await write(draft("站规", on: Town.anpingOne), by: chief, request: Town.id(40))
            #expect(try await write(draft("站规", on: Town.anpingOne), by: chief, request: Town.id(40)) == id)
            try await write(
                draft("站规（新）", on: nil, from: 10), as: id, by: chief, request: Town.id(41), seen: Sighting(changes: 1))
            let refused1 = try await codes {
                try await write(
                    draft("没看到", on: nil, from: 20), as: id, by: chief, request: Town.id(42), seen: Sighting(changes: 1))
            }
            #expect(refused1 == ["changed-meanwhile"])
            func shown(_ day: Int, _ grid: ID<GridNode>) async throws -> [String] {
                try await database.read {
                    try DocumentStore($0, town: Town.town).inForce(on: Town.start.adding(days: day), for: [grid]).map(\.titleZh)
                }
            }
            #expect(try await shown(9, Town.anpingOne) == ["站规"])
            #expect(try await shown(10, Town.anpingOne) == ["站规（新）"])
            #expect(try await shown(10, Town.anpingTwo) == [])
            let end = WithdrawDocument(database: database, ambient: .fixed())
            let refused2 = try await codes { try await end(id, on: Town.start, by: chief, request: Town.id(43)) }
            #expect(refused2 == ["dates-reversed"])
            try await end(id, on: Town.start.adding(days: 20), by: chief, request: Town.id(44))
            #expect(try await shown(20, Town.anpingOne) == ["站规（新）"])
            #expect(try await shown(21, Town.anpingOne) == [])
        }
    }

    @Test(arguments: Engine.available)
    func `a village keeps its own documents and reads the town's`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let write = WriteDocument(database: database, ambient: .fixed())
            await #expect(throws: Forbidden()) { _ = try await write(draft("镇的", on: nil), by: chief, request: Town.id(40)) }
            await #expect(throws: NotFound()) {
                _ = try await write(draft("别村的", on: Town.yaoqian), by: chief, request: Town.id(41))
            }
            let towns = try await write(draft("镇的", on: nil), by: Town.principal(), request: Town.id(42))
            await #expect(throws: NotFound()) {
                _ = try await write(draft("改镇的", on: nil, from: 5), as: towns, by: chief, request: Town.id(43))
            }
            let kept = try await database.read { tx in
                try [Scope.town, .grids([Town.anping])].map { try DocumentStore(tx, town: Town.town).kept(in: $0).map(\.titleZh) }
            }
            #expect(kept == [["镇的"], []])
        }
    }
}
