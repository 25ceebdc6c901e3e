import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

struct ReportTests {
    @Test(arguments: Engine.available) func `a retried report writes once`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let report = scene.report()
            let first = try await scene.send(report)
            scene.clock.advance(by: .minutes(5))
            let again = try await scene.send(report)
            #expect(again == first)
            var other = report
            other.words = "别的事"
            await refuses(Conflict("request-reused")) { try await scene.send(other) }
            let counts = try await scene.database.read { tx in
                (
                    try tx.value("SELECT count(*) FROM matter", as: Int.self),
                    try tx.value("SELECT count(*) FROM matter_event", as: Int.self),
                    try tx.value("SELECT count(*) FROM matter_reporter", as: Int.self),
                    try tx.value("SELECT count(*) FROM audit_entry", as: Int.self),
                    try tx.value("SELECT count(*) FROM outbox_message", as: Int.self)
                )
            }
            #expect(counts == (1, 1, 1, 1, 1))
        }
    }

    @Test(arguments: Engine.available) func `several people who told of one thing are all kept`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            var report = scene.report(phone: "", name: "林姐")
            report.others = ["老陈", " 阿明 "]
            report.channel = .groupChat
            let worker = scene.person("林站长", .gridWorker, [scene.third])
            let matter = try await scene.send(report, from: worker, onBehalf: true)
            #expect(try await scene.send(report, from: worker, onBehalf: true) == matter, "a retry")
            let (town, vault) = (scene.town, scene.desk.vault)
            let reporters = try await scene.database.read {
                try ReporterStore($0, town: town, vault: vault).reporters(of: matter.id)
            }
            #expect(Set(reporters.map(\.name)) == ["林姐", "老陈", "阿明"])
            #expect(reporters.allSatisfy { $0.enteredBy == worker.account && $0.phone == nil })
            var crowd = scene.report()
            crowd.others = (1...29).map { "第\($0)位" }
            try await scene.send(crowd)
            crowd.id = scene.ambient.newID()
            crowd.others.append("第30位")
            await refuses(Invalid([Fault("/name", "too-many-names", ["limit": "30"])])) { try await scene.send(crowd) }
        }
    }

    @Test(arguments: Engine.available) func `the same report sent by many at once writes once`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let report = scene.report()
            let numbers = try await withThrowingTaskGroup(of: PublicNumber.self) { group in
                for _ in 0..<16 { group.addTask { try await scene.send(report).number } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(numbers.count == 1)
        }
    }

    @Test(arguments: Engine.available) func `tells all faults at once and writes nothing`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            var report = scene.report(" ", category: "9999", phone: "12345")
            report.place = .init(point: Coordinate(longitude: 0, latitude: 0))
            report.name = String(repeating: "长", count: 51)
            let expected = Invalid([
                Fault("/words", "required"), Fault("/name", "too-long", ["limit": "50"]), Fault("/phone", "not-a-phone"),
                Fault("/category", "not-a-choice"), Fault("/place", "outside-town"),
            ])
            await refuses(expected) { try await scene.send(report) }
            var place = scene.report()
            for (wrong, code) in [
                (MatterReport.Place(), "required"), (.init(pointIsBroken: true), "bad-point"),
                (.init(grid: scene.foreignVillage), "not-a-choice"),
                (.init(grid: scene.ambient.newID()), "not-a-choice"),
            ] {
                place.place = wrong
                await refuses(Invalid("/place", code)) { try await scene.send(place) }
            }
            await refuses(Invalid("/words", "too-long", ["limit": "4000"])) {
                try await scene.send(scene.report(String(repeating: "字", count: 4001)))
            }
            let matters = try await scene.database.read { try $0.value("SELECT count(*) FROM matter", as: Int.self) }
            #expect(matters == 0)
        }
    }

    @Test(arguments: Engine.available) func `a retired category is refused`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            try await scene.database.write { try TaxonomyStore($0).retire("0101", true, in: scene.town) }
            await refuses(Invalid("/category", "category-retired")) { try await scene.send(scene.report()) }
        }
    }

    static let hostile = [
        "'; DROP TABLE matter; --", "<script>alert(1)</script>", "𠮷野家\u{1F525}\u{200D}", "nul\u{0}inside",
        "{{name}} [[key]] \\ % _ !",
        "\u{202E}右到左", "{\"a\":1}", String(repeating: "字", count: 4000),
    ]

    @Test(arguments: Engine.available) func `hostile words round-trip`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            for words in Self.hostile {
                let matter = try await scene.send(scene.report(words, name: String(words.prefix(40))))
                let (found, reporter) = try await scene.database.read { tx in
                    (
                        try MatterStore(tx, town: scene.town).find(matter.id, for: chief),
                        try ReporterStore(tx, town: scene.town, vault: scene.desk.vault).reporters(of: matter.id).first
                    )
                }
                #expect(found?.words == words.trimmed)
                #expect(reporter?.name == String(words.prefix(40)).trimmed && reporter?.phone?.digits == "13812345678")
            }
        }
    }

    @Test(arguments: Engine.available) func `name and telephone are sealed in the table`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            try await scene.send(scene.report(phone: "13812345678", name: "王阿姨"))
            let found = try await scene.database.read {
                try $0.first("SELECT name_sealed, phone_sealed, phone_mark FROM matter_reporter")
            }
            let row = try #require(found)
            for value in row.values {
                switch value {
                case .bytes(let bytes):
                    let text = String(decoding: bytes, as: UTF8.self)
                    #expect(!text.contains("1381234") && !text.contains("王"))
                case .text(let text): #expect(!text.contains("1381234"))
                default: Issue.record("neither bytes nor text")
                }
            }
            // Two telephones of the same number can be found together, by their mark only.
            try await scene.send(scene.report(phone: "138 1234 5678"))
            let marks = try await scene.database.read {
                try $0.value("SELECT count(DISTINCT phone_mark) FROM matter_reporter", as: Int.self)
            }
            #expect(marks == 1)
        }
    }

    @Test(arguments: Engine.available) func `a worker writes down only what is in their own grids`(_ engine: Engine) async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let matter = try await scene.send(scene.report(), from: worker, onBehalf: true)
            #expect(try await scene.history(matter).first?.actor?.name == "林晓岚")
            await refuses(Invalid("/place", "outside-reach")) {
                try await scene.send(scene.report(at: scene.otherVillage), from: worker, onBehalf: true)
            }
            await refuses(Unauthenticated()) { try await scene.send(scene.report(), onBehalf: true) }
            let instructor = scene.person("吴指导", .instructor, [scene.third])
            await refuses(Forbidden()) { try await scene.send(scene.report(), from: instructor, onBehalf: true) }
        }
    }
}
