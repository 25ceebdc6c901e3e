import Directory
import Foundation
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Imports
@testable import Spreadsheets

@Suite struct ImportingTests {
    static let good = "村（社区）,网格名称,类别,值班电话\n安平社区,第二网格,住户区,13805951234\n安平,第三网格,小区,\n瑶前村,瑶前一组,,\n"
    static let mixed = "村,网格名称,编码\n安平,第二网格,\n没有这个村,甲,\n安平,第一网格,\n安平,第四网格,3.50582E+14\n安平,,\n"

    @Test(arguments: Engine.available)
    func `a sound file is written whole, and only after it was asked for`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged(Self.good)
            #expect(item.state == .checked)
            #expect((item.counts.rows, item.counts.sound, item.counts.faulty) == (3, 3, 0))
            #expect(try await village.grids() == ["安平社区第一网格"], "judging changes nothing")
            try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
            try await village.work()
            #expect(try await village.item(item.id).state == .finished)
            #expect(try await village.item(item.id).counts.written == 3)
            #expect(try await village.grids() == ["安平社区第一网格", "第二网格", "第三网格"])
            #expect(try await village.grids(in: Village.yaoqian) == ["瑶前一组"])
        }
    }

    @Test(arguments: Engine.available)
    func `every fault is told with its cell`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged(Self.mixed)
            #expect((item.counts.rows, item.counts.sound, item.counts.faulty) == (5, 1, 4))
            let found = try await village.faults(item.id).map { "\($0.row) \($0.column ?? -1) \($0.code)" }
            #expect(found == ["3 0 grid-unknown", "4 1 taken", "5 2 number-shortened", "6 1 required"])
        }
    }

    @Test(arguments: Engine.available)
    func `with faulty rows either nothing is written or the sound ones are`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged(Self.mixed)
            await #expect(throws: Invalid.self) {
                try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
            }
            try await DecideImport(village.desk).run(item.id, .valid, by: Village.principal())
            try await village.work()
            #expect(try await village.item(item.id).counts.written == 1)
            #expect(try await village.grids() == ["安平社区第一网格", "第二网格"])
        }
    }

    @Test(arguments: Engine.available)
    func `rows may stand on rows above them`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged("村,上级网格,网格名称\n安平,,第二网格\n安平,第二网格,甲小区\n安平,第九网格,乙小区\n")
            #expect(item.counts.sound == 2)
            #expect(try await village.faults(item.id).map(\.code) == ["grid-unknown"])
        }
    }

    @Test(arguments: Engine.available)
    func `a whole import is taken back`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged(Self.good)
            try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
            try await village.work()
            try await DecideImport(village.desk).undo(item.id, by: Village.principal())
            try await village.work()
            #expect(try await village.item(item.id).state == .undone)
            #expect(try await village.item(item.id).counts.kept == 0)
            #expect(try await village.grids() == ["安平社区第一网格"])
            // Its history stays (design.md rule 5).
            let events = try await village.database.read {
                try DirectoryEventStore($0, town: Village.town).latest(9, on: Village.anping).map(\.act)
            }
            #expect(events == ["grid.open", "grid.open"])
        }
    }

    @Test(arguments: Engine.available)
    func `what something hangs on stays when an import is taken back`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged(Self.good)
            try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
            try await village.work()
            let posts = try await village.judged("网格,姓名,专兼职\n第三网格,林阿珠,专职\n第二网格,林阿珠,兼职\n", "posts", place: Village.anping)
            #expect(posts.counts.sound == 2)
            try await DecideImport(village.desk).run(posts.id, .all, by: Village.principal())
            try await village.work()
            try await DecideImport(village.desk).undo(item.id, by: Village.principal())
            try await village.work()
            #expect(try await village.item(item.id).counts.kept == 2)
            #expect(try await village.grids() == ["安平社区第一网格", "第二网格", "第三网格"])
            #expect(try await village.grids(in: Village.yaoqian) == [])
            // Posts are taken back freely; then the grids can be, too.
            try await DecideImport(village.desk).undo(posts.id, by: Village.principal())
            try await village.work()
            #expect(try await village.item(posts.id).counts.kept == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `a village's import never reaches beyond the village`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let chief = Village.principal(.grids([Village.anping]))
            let item = try await village.judged("村,网格名称\n安平,第二网格\n瑶前村,甲\n", place: Village.anping, by: chief)
            #expect(try await village.faults(item.id).map(\.code) == ["grid-unknown"])
            await #expect(throws: NotFound.self) { try await village.bring(Self.good, place: Village.yaoqian, by: chief) }
            await #expect(throws: Invalid.self) { try await village.bring(Self.good, by: chief) }
            let other = Village.principal(.grids([Village.yaoqian]))
            await #expect(throws: NotFound.self) { try await DecideImport(village.desk).run(item.id, .valid, by: other) }
        }
    }

    @Test(arguments: Engine.available)
    func `a file that is sent twice is one import`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let id: ID<Import> = village.desk.ambient.newID()
            #expect(try await village.bring(Self.good, id: id) == id)
            #expect(try await village.bring(Self.good, id: id) == id)
            await #expect(throws: Conflict.self) { try await village.bring(Self.good, "posts", id: id) }
            try await MatchColumns(village.desk).byProposal(id, by: Village.principal())
            try await village.work()
            try await DecideImport(village.desk).run(id, .all, by: Village.principal())
            try await DecideImport(village.desk).run(id, .all, by: Village.principal())
            try await village.work()
            try await DecideImport(village.desk).run(id, .all, by: Village.principal())
            try await village.work()
            #expect(try await village.grids().count == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `two imports of the same rows take turns, and the second is told`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let (first, second) = (try await village.judged(Self.good), try await village.judged(Self.good))
            for item in [first, second] { try await DecideImport(village.desk).run(item.id, .all, by: Village.principal()) }
            async let one: Void = village.work(as: "one")
            async let two: Void = village.work(as: "two")
            _ = try await (one, two)
            try await village.work()
            let states = [try await village.item(first.id), try await village.item(second.id)]
            #expect(Set(states.map(\.state)) == [.finished, .checked], "the other goes back to the decision with its faults")
            #expect(try await village.grids().count == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `a worker that died is followed by another, and nothing is written twice`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged(Self.good)
            try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
            let now = village.desk.ambient.now()
            // One takes the import and is never heard of again.
            let claim = try #require(
                try await village.database.write { try ImportWorkStore($0).take("dead", at: now, lease: .seconds(20)) })
            #expect(claim.id == item.id)
            let isTaken = try await WorkOnImport(village.desk, worker: "next")()
            #expect(!isTaken, "it is still held")
            _ = try await village.database.write {
                try ImportWorkStore($0).report(claim, by: "dead", thousandths: 500, until: now - .seconds(1))
            }
            #expect(try await WorkOnImport(village.desk, worker: "next")())
            #expect(try await village.item(item.id).state == .finished)
            #expect(try await village.grids().count == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `writing that fails half-way leaves nothing behind`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let item = try await village.judged(Self.good)
            try await DecideImport(village.desk).run(item.id, .all, by: Village.principal())
            // The last batch cannot be read: as if the power had gone after the first rows.
            try await village.database.write { tx in
                let content = ImportContentStore(tx, town: Village.town, of: item.id)
                try content.add(batch: [1, 2, 3], 1)
            }
            await #expect(throws: (any Error).self) { try await WorkOnImport(village.desk, worker: "w")() }
            #expect(try await village.grids() == ["安平社区第一网格"])
            #expect(try await village.item(item.id).state == .running, "it will be tried again")
        }
    }

    @Test(arguments: Engine.available)
    func `the columns a village chose are remembered for its next file`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let text = "社区名,片区叫法\n安平,第二网格\n"
            let first = try await village.bring(text, place: Village.anping)
            let mapping = ColumnMapping(sheets: [0], fields: ["社区名": "village", "片区叫法": "name"])
            try await MatchColumns(village.desk)(first, mapping, by: Village.principal())
            let second = try await village.bring(text, place: Village.anping)
            let elsewhere = try await village.bring(text, place: Village.yaoqian)
            let reading = ReadImports(desk: village.desk)
            #expect(try await reading.view(second, by: Village.principal()).view.mapping == mapping)
            #expect(try await reading.view(second, by: Village.principal()).view.isRemembered)
            #expect(try await reading.view(elsewhere, by: Village.principal()).view.mapping.fields["片区叫法"] == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `sheets with the same columns are one register, and each fault says where it is`(_ engine: Engine) async throws {
        try await Village.run(engine) { village in
            let path = NSTemporaryDirectory() + "jinlin-sheets-\(village.desk.ambient.newUUID())"
            defer { unlink(path) }
            // Three rows a sheet, so that five names and a bad one fill three sheets.
            let writer = try XLSXWriter(path: path, title: "网格", header: ["村", "网格名称"], rowLimit: 3)
            for name in ["第二网格", "第三网格", "第四网格", "第五网格"] { try writer.write([.text("安平"), .text(name)]) }
            try writer.write([.text("没有这个村"), .text("第六网格")])
            try writer.finish()
            let bytes = Array(try Data(contentsOf: URL(filePath: path)))
            let id = try await village.bring(bytes: bytes, "grids", atOnce: 4096)
            try await MatchColumns(village.desk).byProposal(id, by: Village.principal())
            try await village.work()
            let item = try await village.item(id)
            #expect((item.counts.rows, item.counts.sound) == (5, 4))
            #expect(try await village.faults(id).map { "\($0.sheet) \($0.row) \($0.code)" } == ["2 2 grid-unknown"])
        }
    }

    @Test func `what was in a file cannot be read from the database`() async throws {
        try await Village.run(.sqlite) { village in
            let item = try await village.judged("村,网格名称\n安平,第二网格\n")
            let stored = try await village.database.read { tx in
                let content = ImportContentStore(tx, town: Village.town, of: item.id)
                return [try content.piece(0), try content.batch(0), try ImportStore(tx, town: Village.town).survey(of: item.id)]
                    .compactMap(\.self)
            }
            #expect(stored.count == 3)
            let secret = Array("第二网格".utf8)
            for bytes in stored { #expect(!bytes.indices.contains { bytes[$0...].starts(with: secret) }) }
            try await DecideImport(village.desk).discard(item.id, by: Village.principal())
            let left = try await village.database.read { try ImportContentStore($0, town: Village.town, of: item.id).piece(0) }
            #expect(left == nil)
        }
    }

    @Test func `rows go into bytes and come back`() throws {
        let rows = [
            PreparedRow(ordinal: 0, sheet: 1, row: 2, values: ["林", "", "x"]),
            PreparedRow(ordinal: 70_000, sheet: 0, row: 9, values: []),
        ]
        #expect(try RowCoding.decode(RowCoding.encode(rows)) == rows)
        #expect(throws: RowCoding.Broken.self) { try RowCoding.decode(Array(RowCoding.encode(rows).dropLast())) }
    }

    @Test func `the ids of rows rise with the rows and never meet`() {
        let ambient = Ambient.fixed()
        let (one, two): (ID<Import>, ID<Import>) = (ambient.newID(), ambient.newID())
        let ids = [0, 1, 63, 64, 16_384, 1_048_576, 4_000_000].map { WriteImport.id(of: $0, in: one) }
        #expect(ids == ids.sorted { $0.uuidString < $1.uuidString })
        #expect(Set(ids + [WriteImport.id(of: 0, in: two)]).count == 8)
        #expect(ids.allSatisfy { $0.uuidString.split(separator: "-")[2].hasPrefix("7") })
    }
}
