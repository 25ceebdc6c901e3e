import Directory
import Identity
import Kernel
import Registers
import Storage
import TestSupport
import Testing

@testable import Imports

/// What the trial says of people and firms that are registered already, and that writing keeps its word.
@Suite struct KnownTests {
    static func line(_ name: String, _ document: String = "", _ birth: String = "", _ phone: String = "", at door: String)
        -> String
    {
        "1,\(name),\(document),,\(birth),\(phone),第一网格,\(door),,户籍"
    }

    static func judged(_ village: Village, _ lines: [String]) async throws -> Import {
        try await village.judged(PeopleTests.header + lines.joined(separator: "\n"), "people", place: Village.anping)
    }

    static func write(_ village: Village, _ item: Import) async throws -> Import {
        try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
        try await village.work()
        return try await village.item(item.id)
    }

    static func undo(_ village: Village, _ item: Import) async throws -> Import {
        try await DecideImport(village.desk).undo(item.id, by: Village.principal())
        try await village.work()
        return try await village.item(item.id)
    }

    static let document = "11010519491231002X"
    static let first = [
        line("林阿珠", document, at: "平安巷12号"), line("陈明", "", "1950-01-02", "13805951234", at: "平安巷12号"),
        line("王小红", at: "平安巷14号"),
    ]

    @Test(arguments: Engine.available)
    func `the same roster a second time changes nothing`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await Self.judged(village, Self.first)
            #expect(item.counts.fates == [.new: 3])
            #expect(try await Self.write(village, item).counts.written == 3)
            let again = try await Self.judged(village, Self.first)
            #expect(again.counts.fates == [.unchanged: 3] && again.counts.faulty == 0)
            let written = try await Self.write(village, again)
            #expect(written.state == .finished && written.counts.written == 0 && written.counts.fates == [.unchanged: 3])
            #expect(try await PeopleTests.people(village) == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `the trial tells who is new, who moves in, who is completed and who looks alike`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            _ = try await Self.write(village, try await Self.judged(village, Self.first))
            let lines = [
                Self.line("林阿珠", Self.document, at: "和平路8号"), Self.line("陈明", "", "1950-01-02", at: "和平路9号"),
                Self.line("王小红", "", "1990-05-06", "13805959999", at: "平安巷14号"), Self.line("新来的", at: "平安巷14号"),
                Self.line("王小红", at: "平安巷16号"),
            ]
            let item = try await Self.judged(village, lines)
            #expect(item.counts.fates == [.moves: 1, .alike: 1, .filled: 1, .new: 2])
            let notes = try await village.database.read {
                try ImportContentStore($0, town: Village.town, of: item.id).notes(limit: 9).map { "\($0.row) \($0.fate)" }
            }
            #expect(notes == ["2 moves", "3 alike", "4 filled"])
            let written = try await Self.write(village, item)
            #expect(written.counts.fates == item.counts.fates && written.counts.written == 5)
            #expect(try await PeopleTests.people(village) == 6)
            #expect(try await Self.wang(village).birth == Day("1990-05-06"))
            // All of it is taken back, what was filled in as well.
            #expect(try await Self.undo(village, item).counts.kept == 0)
            #expect(try await PeopleTests.people(village) == 3)
            #expect(try await Self.wang(village).birth == nil)
        }
    }

    /// 王小红 of 平安巷14号.
    static func wang(_ village: Village) async throws -> PersonRecord {
        let found = try await village.database.read { tx -> PersonRecord? in
            let home = try HouseholdRecordStore(tx, town: Village.town).find(
                at: "平安巷14号", in: Village.first, on: Instant.testStart.day())
            let stays = try HouseholdRecordStore(tx, town: Village.town).stays(in: home.map { [$0.id] } ?? [])
            return try PersonRecordStore(tx, town: Village.town).find(stays.map(\.residency.person)).first { $0.name == "王小红" }
        }
        return try #require(found)
    }

    @Test(arguments: Engine.available)
    func `a number of somebody else, or of the dead, is told with its cell`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            _ = try await Self.write(village, try await Self.judged(village, Self.first))
            let item = try await Self.judged(village, [Self.line("张三", Self.document, at: "平安巷20号")])
            #expect(
                try await village.faults(item.id).map { "\($0.row) \($0.column ?? -1) \($0.code)" } == ["2 2 known-otherwise"])
            _ = try await village.database.write { tx in
                try tx.execute("UPDATE person SET deceased_on = '2025-01-01' WHERE town_id = \(Village.town) AND name = '林阿珠'")
            }
            let dead = try await Self.judged(village, [Self.line("林阿珠", Self.document, at: "平安巷20号")])
            #expect(try await village.faults(dead.id).map(\.code) == ["known-deceased"])
        }
    }

    @Test(arguments: Engine.available)
    func `what somebody has changed since is not taken back`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            _ = try await Self.write(village, try await Self.judged(village, Self.first))
            let item = try await Self.judged(village, [Self.line("王小红", "", "1990-05-06", at: "平安巷14号")])
            _ = try await Self.write(village, item)
            let wang = try await Self.wang(village)
            try await village.database.write { tx in
                var edited = wang
                (edited.name, edited.version) = ("王晓红", wang.version + 1)
                _ = try PersonRecordStore(tx, town: Village.town).update(edited, from: wang.version)
            }
            #expect(try await Self.undo(village, item).counts.kept == 1)
            let birth = try await village.database.read {
                try PersonRecordStore($0, town: Village.town).find([wang.id]).first?.birth
            }
            #expect(birth == Day("1990-05-06"))
        }
    }

    @Test(arguments: Engine.available)
    func `whoever is needed by now stays where they live`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await Self.write(village, try await Self.judged(village, Self.first))
            let wang = try await Self.wang(village)
            try await village.database.write { tx in
                let mark = CareMark(
                    id: village.desk.ambient.newID(), person: wang.id, kind: .livingAlone, purpose: "care", audience: .grid,
                    from: Instant.testStart.day(), to: Instant.testStart.day().adding(days: 9))
                try CareStore(tx, town: Village.town, vault: Village.vault).insert(mark)
            }
            #expect(try await Self.undo(village, item).counts.kept == 2, "the person and the household")
            #expect(try await Self.wang(village).id == wang.id, "still at the same door")
            #expect(try await PeopleTests.people(village) == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `firms that are registered stay as they are`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let head = "网格,企业名称,统一社会信用代码,没有代码的原因,地址\n"
            let firms = head + "第一网格,兴达鞋厂,91440300708461136T,,工业路1号\n第一网格,阿珠小吃,,个体未办,成功街2号\n"
            _ = try await Self.write(village, try await village.judged(firms, "enterprises", place: Village.anping))
            let again = try await village.judged(firms + "第一网格,新小吃,,个体未办,成功街3号\n", "enterprises", place: Village.anping)
            #expect(again.counts.fates == [.unchanged: 2, .new: 1])
            #expect(try await Self.write(village, again).counts.written == 1)
            let other = try await village.judged(
                head + "第一网格,别的鞋厂,91440300708461136T,,工业路1号\n", "enterprises", place: Village.anping)
            #expect(try await village.faults(other.id).map(\.code) == ["credit-taken"])
        }
    }
}
