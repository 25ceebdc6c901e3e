import Identity
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Directory

@Suite struct HandoverTests {
    typealias Town = SmallTown
    private let chief = Town.principal(.grids([Town.anping]))

    /// A room that notes how often it was asked, and may refuse.
    private struct Part: HandoverPart {
        let fails: Bool

        func handOver(_ handover: Handover, by principal: Principal, _ tx: any Transaction) throws -> [HandoverLine] {
            if fails { throw Conflict("stale") }
            return [HandoverLine("test.thing", words: "\(handover.from.name) → \(handover.to.name)", number: 3)]
        }

        func sections(
            of lines: [HandoverLine], of handover: Handover, for principal: Principal, in language: Language,
            _ tx: any Transaction
        ) throws -> [HandoverSection] {
            let own = lines.filter { $0.kind == "test.thing" }
            return [HandoverSection(title: "事", rows: own.map { .init(name: $0.words) })]
        }
    }

    private func hand(_ database: any Database, fails: Bool = false, seed: UInt64 = 4) -> HandOverPosts {
        HandOverPosts(
            database: database, ambient: .fixed(seed: seed), vault: Town.vault, cache: DirectoryCache(),
            parts: [Part(fails: fails)])
    }

    private func posts(_ database: any Database, _ posts: [Post]) async throws {
        try await database.write { tx in
            for post in posts { try PostStore(tx, town: Town.town).insert(post) }
        }
    }

    private func held(_ database: any Database, on day: Day) async throws -> [String] {
        try await database.read { tx in
            try PostStore(tx, town: Town.town).held(on: day).map { post in
                "\(post.person == Town.person(1) ? "一" : post.person == Town.person(2) ? "二" : "三") \(post.grid == Town.estate ? "小区" : "二网格")"
            }.sorted()
        }
    }

    @Test(arguments: Engine.available)
    func `both posts of somebody go to the successor in one write, once however often it is sent`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await posts(
                database,
                [
                    Town.post(60, 1, .gridWorker, on: Town.estate), Town.post(61, 1, .gridWorker, on: Town.anpingTwo),
                    // The successor helps out there for a while already.
                    Town.post(62, 2, .gridWorker, on: Town.anpingTwo, to: Town.today.adding(days: 3)),
                ])
            let order = HandoverOrder(
                [Town.id(60), Town.id(61)], to: Town.person(2), employment: .partTime, from: Town.today, note: " 退休 ",
                items: [HandoverItem(.key, "大门钥匙 2 把")])
            var made: ID<Handover>?
            for _ in 1...3 { made = try await hand(database)(order, by: chief, request: Town.id(90)) }
            let id = try #require(made)
            #expect(try await held(database, on: Town.today.adding(days: -1)) == ["一 二网格", "一 小区", "二 二网格"])
            #expect(try await held(database, on: Town.today) == ["二 二网格", "二 小区"])
            // Also when the help was to end.
            #expect(try await held(database, on: Town.today.adding(days: 4)) == ["二 二网格", "二 小区"])
            await #expect(throws: Conflict("request-reused")) {
                _ = try await hand(database)(
                    HandoverOrder([Town.id(60)], to: Town.person(3), from: Town.today), by: chief, request: Town.id(90))
            }
            let pack = try await ReadHandover(database: database, parts: [Part(fails: false)])(id, for: chief, in: .zh)
            #expect(pack.handover.note == "退休" && pack.handover.from.name == "人1" && pack.handover.to.name == "人2")
            #expect(pack.handover.grid == Town.estate && pack.handover.changes.count == 2)
            #expect(pack.handover.changes.map(\.title).contains("网格员 · 安平社区 春晖小区"))
            #expect(pack.written == [HandoverLine(.key, "大门钥匙 2 把")])
            #expect(pack.sections.flatMap(\.rows).map(\.name) == ["人1 → 人2"])
            let (acts, audited, employment) = try await database.read { tx in
                (
                    try DirectoryEventStore(tx, town: Town.town).latest(9, on: Town.estate).map(\.act).sorted(),
                    try tx.value("SELECT count(*) FROM audit_entry WHERE act = 'directory.handover.make'", as: Int.self),
                    try PostStore(tx, town: Town.town).ever(on: Town.estate).first?.employment
                )
            }
            #expect(acts == ["handover.make", "post.appoint", "post.end"] && audited == 1 && employment == .partTime)
        }
    }

    @Test(arguments: Engine.available)
    func `a room that cannot follow leaves everything as it was`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await posts(database, [Town.post(60, 1, .gridWorker, on: Town.estate)])
            await #expect(throws: Conflict("stale")) {
                _ = try await hand(database, fails: true)(
                    HandoverOrder([Town.id(60)], to: Town.person(2), from: Town.today), by: chief, request: Town.id(90))
            }
            #expect(try await held(database, on: Town.today) == ["一 小区"])
            let written = try await database.read { try $0.value("SELECT count(*) FROM handover", as: Int.self) }
            #expect(written == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `only one's own grids, only posts one may fill, and packs only of grids one reaches`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await posts(
                database,
                [
                    Town.post(60, 1, .gridWorker, on: Town.yaoqianOne), Town.post(61, 3, .instructor, on: Town.anpingOne),
                    Town.post(62, 4, .gridWorker, on: Town.estate),
                ])
            func give(_ post: UInt8, by principal: Principal, request: UInt8) async throws -> ID<Handover> {
                try await hand(database, seed: UInt64(request))(
                    HandoverOrder([Town.id(post)], to: Town.person(2), from: Town.today), by: principal, request: Town.id(request)
                )
            }
            await #expect(throws: NotFound()) { _ = try await give(60, by: chief, request: 90) }
            await #expect(throws: Forbidden("town-appoints")) { _ = try await give(61, by: chief, request: 91) }
            let read = ReadHandover(database: database)
            let theirs = try await give(60, by: Town.principal(), request: 92)
            await #expect(throws: NotFound()) { _ = try await read(theirs, for: chief, in: .zh) }
            let own = try await give(62, by: chief, request: 93)
            #expect(try await read(own, for: chief, in: .zh).handover.to.id == Town.person(2))
            let listed = try await database.read { try HandoverStore($0, town: Town.town).latest(9, in: .grids([Town.anping])) }
            #expect(listed.map(\.id) == [own])
            let unknown = try await codes {
                _ = try await hand(database)(
                    HandoverOrder([Town.id(62)], to: Town.person(99), from: Town.today), by: chief, request: Town.id(94))
            }
            #expect(unknown == ["person-unknown"])
        }
    }

    @Test(arguments: Engine.available)
    func `whoever stood in for the post or by the leaver stops on the last day`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await posts(
                database,
                [
                    Town.post(60, 1, .gridWorker, on: Town.estate), Town.post(61, 2, .gridWorker, on: Town.anpingTwo),
                    Town.post(62, 3, .gridWorker, on: Town.anpingOne),
                ])
            let (today, start) = (Town.today, Town.today.adding(days: -3))
            try await database.write { tx in
                let store = StandInStore(tx, town: Town.town)
                // One for the post that ends, one by who leaves, one that has nothing to do with it, one still to come.
                for (number, post, person, from) in [
                    (80, 60, 2, start), (81, 61, 1, start), (82, 62, 2, start), (83, 60, 3, today.adding(days: 20)),
                ]
                    as [(UInt8, UInt8, UInt8, Day)]
                {
                    try store.insert(
                        StandIn(
                            id: Town.id(number), post: Town.id(post), person: Town.person(person), reason: "产假", from: from,
                            to: from.adding(days: 30)))
                }
            }
            try await hand(database)(
                HandoverOrder([Town.id(60)], to: Town.person(4), from: today.adding(days: 5)), by: chief, request: Town.id(90))
            func standIns(_ person: UInt8, in days: Int) async throws -> [ID<StandIn>] {
                try await database.read {
                    try StandInStore($0, town: Town.town).held(by: Town.person(person), on: today.adding(days: days)).map(\.id)
                }
            }
            // Until the last day everything is as it was.
            #expect(try await standIns(2, in: 4) == [Town.id(80), Town.id(82)])
            #expect(try await standIns(1, in: 4) == [Town.id(81)])
            #expect(try await standIns(2, in: 5) == [Town.id(82)])
            #expect(try await standIns(1, in: 5) == [])
            #expect(try await standIns(3, in: 21) == [])
        }
    }
}
