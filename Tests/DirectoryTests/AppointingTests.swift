import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct AppointingTests {
    typealias Town = SmallTown

    private func appoint(
        _ database: any Database, _ person: UInt8, _ kind: PostKind, on grid: ID<GridNode>?, from: Day = Town.start,
        to: Day? = nil,
        by principal: Principal = Town.principal(), request: UInt8
    ) async throws {
        let use = AppointToPost(database: database, ambient: .fixed(seed: UInt64(request)), vault: Town.vault)
        try await use(
            Appointment(.known(Town.person(person)), as: kind, on: grid, from: from, to: to), by: principal,
            request: Town.id(request))
    }

    @Test(arguments: Engine.available)
    func `of two appointments at the same moment one succeeds`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let outcomes = await withTaskGroup(of: [String].self) { group in
                for number in 1...6 as ClosedRange<UInt8> {
                    group.addTask {
                        do {
                            try await appoint(database, number, .townLead, on: Town.anping, request: 40 + number)
                            return []
                        } catch let invalid as Invalid {
                            return invalid.faults.map(\.code)
                        } catch {
                            return ["\(error)"]
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0.isEmpty } == 1)
            #expect(outcomes.count { $0 == ["post-taken"] } == 5)
            let posts = try await database.read { try PostStore($0, town: Town.town).ever(on: Town.anping) }
            #expect(posts.count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `a retry appoints once, and other contents under its id are refused`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            for _ in 1...3 { try await appoint(database, 1, .gridWorker, on: Town.estate, request: 40) }
            await #expect(throws: Conflict("request-reused")) {
                try await appoint(database, 2, .gridWorker, on: Town.estate, request: 40)
            }
            let (posts, events, audit) = try await database.read { tx in
                (
                    try PostStore(tx, town: Town.town).ever(on: Town.estate),
                    try DirectoryEventStore(tx, town: Town.town).latest(9, on: Town.estate),
                    try tx.value("SELECT count(*) FROM audit_entry", as: Int.self)
                )
            }
            #expect(posts.count == 1 && events.map(\.act) == ["post.appoint"] && audit == 1)
            #expect(events.first?.post == "镇党建办")
        }
    }

    @Test(arguments: Engine.available)
    func `a third village is refused, a second is not`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let third: ID<GridNode> = Town.id(30)
            try await database.write { tx in
                try GridStore(tx, town: Town.town).insert(Town.grid(third, nil, .one, .village, "350582101230", "前埔村"))
            }
            try await appoint(database, 1, .townLead, on: Town.anping, request: 40)
            try await appoint(database, 1, .townLead, on: Town.yaoqian, request: 41)
            let refused = try await codes { try await appoint(database, 1, .townLead, on: third, request: 42) }
            #expect(refused == ["third-village"])
        }
    }

    @Test(arguments: Engine.available)
    func `a chief appoints workers in their own village and nothing else`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let chief = Town.principal(.grids([Town.anping]))
            try await appoint(database, 1, .gridWorker, on: Town.estate, by: chief, request: 40)
            await #expect(throws: NotFound()) {
                try await appoint(database, 2, .gridWorker, on: Town.yaoqianOne, by: chief, request: 41)
            }
            await #expect(throws: Forbidden("town-appoints")) {
                try await appoint(database, 2, .instructor, on: Town.anpingOne, by: chief, request: 42)
            }
            await #expect(throws: Forbidden("town-appoints")) {
                try await appoint(database, 2, .townOffice, on: nil, by: chief, request: 43)
            }
            let worker = Principal(town: Town.town, account: Town.id(201), person: nil, name: "", grants: [:], post: "")
            await #expect(throws: Forbidden()) {
                try await appoint(database, 2, .gridWorker, on: Town.estate, by: worker, request: 44)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `ids of another town are not found`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await database.write { try TownStore($0).insert(Town.record(2, name: "东石镇", host: "dongshi.example")) }
            let stranger = Town.principal(.town, in: Town.id(2))
            await #expect(throws: NotFound()) {
                try await appoint(database, 1, .gridWorker, on: Town.estate, by: stranger, request: 40)
            }
            let refused = try await codes { try await appoint(database, 1, .townOffice, on: nil, by: stranger, request: 41) }
            #expect(refused == ["person-unknown"])
            try await appoint(database, 1, .gridWorker, on: Town.estate, request: 42)
            await #expect(throws: NotFound()) {
                try await EndPost(database: database, ambient: .fixed())(
                    Town.id(42), on: Town.today, by: stranger, request: Town.id(43))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `an ended post gives nothing from the day after`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await appoint(database, 1, .gridWorker, on: Town.estate, request: 40)
            try await appoint(database, 1, .gridChief, on: Town.yaoqian, request: 41)
            let end = EndPost(database: database, ambient: .fixed(seed: 9))
            try await end(Town.id(40), on: Town.today, by: Town.principal(), request: Town.id(42))
            try await end(Town.id(40), on: Town.today, by: Town.principal(), request: Town.id(42))
            let see = Permission("x.see")
            let grants = PostGrants(
                cache: DirectoryCache(),
                permissions: PostGrants.merged([[.gridWorker: [see]], [.gridChief: [see]], [.gridChief: [.postAppoint]]]))
            let held = try await database.read { tx in
                try [Town.today, Town.today.adding(days: 1)].map {
                    try grants(tx, town: Town.town, person: Town.person(1), day: $0)
                }
            }
            #expect(held[0].grants == [see: .grids([Town.estate, Town.yaoqian]), .postAppoint: .grids([Town.yaoqian])])
            #expect(held[1].grants == [see: .grids([Town.yaoqian]), .postAppoint: .grids([Town.yaoqian])])
            #expect(held[1].post == "一级网格长 · 瑶前村")
        }
    }

    @Test(arguments: Engine.available)
    func `somebody by name and number is entered once and their number is sealed`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let use = AppointToPost(database: database, ambient: .fixed(), vault: Town.vault)
            let who = Appointment.Appointee.named(" 林晓岚 ", phone: "138 1234 1234")
            for (number, grid) in [(40, Town.estate), (41, Town.anpingTwo)] as [(UInt8, ID<GridNode>)] {
                try await use(
                    Appointment(who, as: .gridWorker, on: grid, from: Town.start), by: Town.principal(), request: Town.id(number))
            }
            let (people, stored, phone) = try await database.read { tx in
                let row = try tx.first(
                    "SELECT name, phone_sealed FROM person WHERE town_id = \(Town.town) AND phone_mark IS NOT NULL")
                return (
                    try tx.value("SELECT count(*) FROM person WHERE phone_mark IS NOT NULL", as: Int.self),
                    try row?.get("phone_sealed", as: [UInt8].self),
                    try PersonStore(tx, town: Town.town).phone(of: Town.id(40), Town.vault)
                )
            }
            #expect(people == 1 && phone == "13812341234")
            #expect(!String(decoding: stored ?? [], as: UTF8.self).contains("1234"))
            let refused = try await codes {
                try await use(
                    Appointment(.named("", phone: "call me"), as: .gridWorker, on: Town.estate, from: Town.start),
                    by: Town.principal(),
                    request: Town.id(42))
            }
            #expect(refused == ["required", "not-a-phone"])
        }
    }
}
