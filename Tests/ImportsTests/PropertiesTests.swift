import Directory
import Identity
import Kernel
import Registers
import Storage
import TestSupport
import Testing

@testable import Imports

@Suite struct PropertiesTests {
    private static let sheet = """
        网格,房屋地址,房屋类型,使用情况,出租间数,房主,联系电话
        第一网格,平安巷1号,自建房,自住,,曾秀丽,15412345678
        第一网格,平安巷2号,店面,出租,3,,
        第一网格,平安巷3号,自建房,空置,2,,
        第一网格,平安巷4号,自建房,,,,
        第一网格,平安巷5号,自建房,自住,,,15412345678
        第一网格,平安巷6号,城堡,自住,,,
        第一网格,平安巷1号,自建房,出租,,曾秀丽,
        """

    private static func standing(_ village: Village) async throws -> [Property] {
        try await village.database.read {
            try PropertyStore($0, town: Village.town, vault: Village.vault).list(
                PropertyFilter(), in: [Village.first], after: nil, limit: 99)
        }
    }

    private static func write(_ village: Village, _ item: Import) async throws {
        try await DecideImport(village.desk).run(item.id, .valid, by: Village.principal())
        try await village.work()
    }

    @Test(arguments: Engine.available)
    func `properties come with their owners, by the same rules as by hand, and one that stands stays as it is`(_ engine: Engine)
        async throws
    {
        try await Village.run(engine) { village in
            let item = try await village.judged(Self.sheet, "properties", place: Village.anping)
            let found = try await village.faults(item.id).map { "\($0.row) \($0.field ?? "") \($0.code)" }.sorted()
            #expect(
                found == [
                    "4 rooms property-not-let", "5 use required", "6 phone property-phone-of-nobody", "7 kind not-a-word",
                ], "\(found)")
            #expect(item.counts.fates == [.new: 2, .unchanged: 1])
            try await Self.write(village, item)
            let properties = try await Self.standing(village)
            #expect(properties.map(\.address.words) == ["平安巷1号", "平安巷2号"])
            #expect(properties.map(\.use) == [.selfLived, .whollyLet] && properties[1].roomsLet == 3)
            #expect(properties[0].owner?.kind == .person && properties[0].owner?.name == "曾秀丽" && properties[1].owner == nil)
            let again = try await village.judged(Self.sheet, "properties", place: Village.anping)
            #expect(again.counts.fates == [.unchanged: 3])
        }
    }

    @Test(arguments: Engine.available)
    func `an undo takes properties back, but what somebody has changed since stays`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged(Self.sheet, "properties", place: Village.anping)
            try await Self.write(village, item)
            let changed = try #require(try await Self.standing(village).first)
            let registers = RegisterDesk(
                database: village.database, ambient: village.desk.ambient, vault: Village.vault,
                directory: village.desk.directory)
            try await KeepProperty(registers).edit(
                changed.id,
                PropertyDraft(
                    grid: changed.grid, address: changed.address, kind: changed.kind, use: .vacant, ownerKind: .person,
                    owner: "曾秀丽"), goneOn: nil, seen: 1, by: Village.principal(), request: village.desk.ambient.newID())
            try await DecideImport(village.desk).undo(item.id, by: Village.principal())
            try await village.work()
            #expect(try await village.item(item.id).counts.kept == 1)
            #expect(try await Self.standing(village).map(\.id) == [changed.id])
        }
    }
}
