import Directory
import Foundation
import Identity
import Kernel
import Registers
import Storage
import TestSupport
import Testing

@testable import Imports

@Suite struct PeopleTests {
    static let header = "序号,姓名,身份证号码,性别,出生日期,手机,网格,住址,与户主关系,人员类别\n"
    /// Invented people of long ago, with sound check digits.
    static let family = [
        "1,林阿珠,11010519491231002X,,,13805951234,第一网格,平安巷12号,户主,户籍", "2,陈　明,,男,1950年1月2日,,第一网格,平安巷12号,配偶,户籍",
        "3,王小红,,女,1990-05-06,,第一网格,平安巷14号,户主,租户",
    ]

    static func people(_ village: Village) async throws -> Int {
        try await village.database.read {
            try $0.value("SELECT count(*) FROM person WHERE town_id = \(Village.town)", as: Int.self) ?? 0
        }
    }

    static func households(_ village: Village) async throws -> [HouseholdRecord] {
        try await village.database.read { tx in
            try HouseholdRecordStore(tx, town: Village.town).find(
                at: [(Village.first, "平安巷12号"), (Village.first, "平安巷14号")], on: Instant.testStart.day())
        }
    }

    @Test(arguments: Engine.available)
    func `a roster becomes people in their households, with their heads`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged(
                Self.header + Self.family.joined(separator: "\n"), "people", place: Village.anping)
            #expect(try await village.faults(item.id).map(\.code) == [])
            #expect(try await Self.people(village) == 0)
            try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
            try await village.work()
            #expect(try await village.item(item.id).counts.written == 3)
            #expect(try await Self.people(village) == 3)
            let homes = try await Self.households(village)
            #expect(homes.map(\.address.words) == ["平安巷12号", "平安巷14号"])
            #expect(homes.allSatisfy { $0.head != nil })
            let stays = try await village.database.read {
                try HouseholdRecordStore($0, town: Village.town).stays(in: homes.map(\.id))
            }
            #expect(Set(stays.map(\.residency.kind)) == [.registered, .tenant])
            try await DecideImport(village.desk).undo(item.id, by: Village.principal())
            try await village.work()
            #expect(try await village.item(item.id).counts.kept == 0)
            #expect(try await Self.people(village) == 0)
            #expect(try await Self.households(village).isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `whoever has the same document stays the same person`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            for address in ["平安巷12号", "平安巷14号"] {
                let text = Self.header + "1,林阿珠,11010519491231002X,,,,第一网格,\(address),户主,户籍\n"
                let item = try await village.judged(text, "people", place: Village.anping)
                try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
                try await village.work()
            }
            #expect(try await Self.people(village) == 1)
            #expect(try await Self.households(village).count == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `what is wrong with a person is told with its cell`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let rows = [
                "1,林阿珠,3.50582E+17,,,,第一网格,平安巷1号,,", "2,陈明,110105194912310021,,,,第一网格,平安巷2号,,", "3,,,,,,第一网格,平安巷3号,,",
                "4,王红,,女,2030-01-01,,第一网格,平安巷4号,,", "5,李强,,男,,,第九网格,平安巷5号,,", "6,吴丽,11010519491231002X,男,,,第一网格,平安巷6号,,",
                "7,许伟,,男,,,第一网格,,,",
            ]
            let item = try await village.judged(Self.header + rows.joined(separator: "\n"), "people", place: Village.anping)
            let found = try await village.faults(item.id).map { "\($0.row) \($0.column ?? -1) \($0.code)" }
            #expect(
                found == [
                    "2 2 identity-shortened", "3 2 id-check", "4 1 required", "5 4 in-the-future", "6 6 grid-unknown",
                    "7 3 sex-differs", "8 7 required",
                ])
        }
    }

    @Test(arguments: Engine.available)
    func `thousands of rows go through in batches`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let rows = (0..<1234).map { "\($0),人\($0),,男,1950-01-02,,第一网格,长巷\($0 / 3)号,\($0 % 3 == 1 ? "户主" : "子"),户籍" }
            let item = try await village.judged(Self.header + rows.joined(separator: "\n"), "people", place: Village.anping)
            #expect(item.counts.sound == 1234)
            try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
            try await village.work()
            #expect(try await Self.people(village) == 1234)
            let heads = try await village.database.read { tx in
                try tx.value(
                    "SELECT count(*) FROM household WHERE town_id = \(Village.town) AND head_id IS NOT NULL", as: Int.self)
            }
            #expect(heads == 411)
            try await DecideImport(village.desk).undo(item.id, by: Village.principal())
            try await village.work()
            #expect(try await Self.people(village) == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `firms come with their code or the reason why there is none`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let text = """
                网格,企业名称,统一社会信用代码,没有代码的原因,类型,行业,地址,联系电话
                第一网格,兴达鞋厂,91440300708461136T,,企业,鞋服,工业路1号,0595-85780001
                第一网格,阿珠小吃,,个体未办,五小门店,餐饮,成功街2号,
                第一网格,假代码厂,914403007084611360,,企业,机械,工业路3号,
                第一网格,没代码,,,企业,,工业路4号,
                第一网格,兴达鞋厂二部,91440300708461136T,,企业,鞋服,工业路5号,
                """
            let item = try await village.judged(text, "enterprises", place: Village.anping)
            let found = try await village.faults(item.id).map { "\($0.row) \($0.column ?? -1) \($0.code)" }
            #expect(found.map { String($0.prefix(3)) } == ["4 2", "5 2", "6 2"], "\(found)")
            try await DecideImport(village.desk).run(item.id, .valid, by: Village.principal())
            try await village.work()
            let names = try await village.database.read { tx in
                try tx.query("SELECT name FROM enterprise WHERE town_id = \(Village.town) ORDER BY name").map {
                    try $0.get("name", as: String.self)
                }
            }
            #expect(Set(names) == ["兴达鞋厂", "阿珠小吃"])
            try await DecideImport(village.desk).undo(item.id, by: Village.principal())
            try await village.work()
            #expect(try await village.item(item.id).counts.kept == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `a number in the wrong column is told, and not kept in clear`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let text = "姓名,网格,住址\n林阿珠,11010519491231002X,平安巷1号\n"
            let item = try await village.judged(text, "people", place: Village.anping)
            #expect(try await village.faults(item.id).map(\.code) == ["grid-unknown"])
            let stored = try await village.database.read {
                try $0.query("SELECT detail FROM import_fault ORDER BY number").map { try $0.get("detail", as: String.self) }
            }
            #expect(stored.allSatisfy { !$0.contains("19491231") } && stored.count == 1)
        }
    }
}
