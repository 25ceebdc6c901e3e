import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Registers

@Suite struct CareTests {
    @Test(arguments: Engine.available)
    func `the list shows who was not visited for sixty days, who waits longest first`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            // Visited 59, 60 and 61 days ago, and never.
            let days = [59, 60, 61, -1]
            for (index, ago) in days.enumerated() {
                let home = try await desk.household("平安巷\(index + 1)号")
                let person = try await desk.resident("老人\(index)", in: home)
                try await KeepCare(desk).mark(
                    person, CareDraft(.livingAlone, purpose: "care", from: Scene.today, to: Scene.today.adding(days: 300)),
                    by: Scene.worker, request: desk.ambient.newID())
                if ago >= 0 {
                    try await RecordVisit(desk)(
                        to: .household(home), .door, at: Scene.today.adding(days: -ago).start() + .hours(12), note: "平安",
                        by: Scene.worker, request: desk.ambient.newID())
                }
            }
            let due = try await ReadCare(desk)(in: nil, kind: nil, onlyDue: true, by: Scene.worker)
            #expect(due.map(\.person.name) == ["老人3", "老人2", "老人1"] && due.allSatisfy(\.isDue))
            let all = try await ReadCare(desk)(in: Scene.anpingOne, kind: .livingAlone, onlyDue: false, by: Scene.chief)
            #expect(all.map(\.isDue) == [true, true, true, false])
            #expect(try await ReadCare(desk)(in: nil, kind: .disability, onlyDue: false, by: Scene.worker).isEmpty)
            #expect(try await ReadCare(desk)(in: nil, kind: nil, onlyDue: false, by: Scene.stranger).isEmpty)
            let households = try await ReadHouseholds(desk)(in: nil, address: "", after: nil, limit: 2, by: Scene.worker)
            #expect(households.lines.map(\.household.address.words) == ["平安巷4号", "平安巷3号"])
            let rest = try await ReadHouseholds(desk)(in: nil, address: "", after: households.next, limit: 2, by: Scene.worker)
            #expect(rest.lines.map(\.household.address.words) == ["平安巷2号", "平安巷1号"] && rest.next == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `a mark is seen by its circle only`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let person = try await desk.resident("曾秀丽", in: try await desk.household("平安巷1号"))
            let until = Scene.today.adding(days: 100)
            let drafts = [
                CareDraft(.livingAlone, purpose: "care", from: Scene.today, to: until),
                CareDraft(.lostOnlyChild, purpose: "care", audience: .village, from: Scene.today, to: until),
                CareDraft(.illness, purpose: "care", audience: .town, note: "定期随访", from: Scene.today, to: until),
            ]
            for draft in drafts { try await KeepCare(desk).mark(person, draft, by: Scene.office, request: desk.ambient.newID()) }
            func seen(by principal: Principal) async throws -> [CareMark.Kind] {
                try await ReadPerson(desk)(person, by: principal).marks.map(\.kind)
            }
            #expect(try await seen(by: Scene.worker) == [.livingAlone])
            #expect(Set(try await seen(by: Scene.chief)) == [.livingAlone, .lostOnlyChild])
            #expect(try await seen(by: Scene.office).count == 3)
            #expect(
                try await faults {
                    _ = try await KeepCare(desk).mark(person, drafts[1], by: Scene.worker, request: desk.ambient.newID())
                } == ["/audience not-permitted"])
            let mark = try #require(try await ReadPerson(desk)(person, by: Scene.chief).marks.first { $0.kind == .lostOnlyChild })
            await #expect(throws: NotFound()) {
                _ = try await KeepCare(desk).end(mark.id, by: Scene.worker, request: desk.ambient.newID())
            }
            try await KeepCare(desk).end(mark.id, by: Scene.chief, request: desk.ambient.newID())
            #expect(try await ReadPerson(desk)(person, by: Scene.chief).marks.map(\.kind) == [.livingAlone])
        }
    }

    @Test(arguments: [
        (CareMark.Kind.livingAlone, CareMark.Audience.grid, "2026-03-02", "2027-03-03", [String]()),
        (.livingAlone, .grid, "2026-03-02", "2027-03-04", ["/to care-too-long"]),
        (.lostOnlyChild, .grid, "2026-03-02", "2026-04-01", ["/audience audience-too-wide"]),
        (.lostOnlyChild, .village, "2026-03-02", "2026-04-01", []),
        (.livingAlone, .grid, "2026-03-03", "2026-04-01", ["/from in-the-future"]),
        (.livingAlone, .grid, "2026-03-02", "2026-03-01", ["/to dates-reversed"]),
        (.livingAlone, .grid, "2026-03-02", "", ["/to required"]),
    ])
    func `a mark keeps its rules`(
        _ kind: CareMark.Kind, _ audience: CareMark.Audience, _ from: String, _ to: String, _ expected: [String]
    ) throws {
        let faults = CareRules.faults(
            kind, audience, purpose: DataPurpose.usual[1], from: try #require(Day(from)), to: Day(to), today: Scene.today)
        #expect(faults.map { "\($0.pointer) \($0.code)" } == expected)
    }

    @Test(arguments: Engine.available)
    func `a neighbour who stands in sees the grid on the days it is for`(_ engine: Engine) async throws {
        let clock = TestClock()
        try await Scene.run(clock: clock, on: engine) { desk in
            let (absent, neighbour, far): (ID<PersonNode>, ID<PersonNode>, ID<PersonNode>) = (
                Scene.id(301), Scene.id(302), Scene.id(303)
            )
            let post: ID<Post> = Scene.id(401)
            try await desk.database.write { tx in
                for (person, name) in [(absent, "林一"), (neighbour, "林二"), (far, "林三")] {
                    try PersonStore(tx, town: Scene.town).insert(Person(id: person, name: name), phone: nil, at: .testStart)
                }
                let posts = PostStore(tx, town: Scene.town)
                try posts.insert(Post(id: post, person: absent, kind: .gridWorker, grid: Scene.anpingOne, from: Scene.start))
                try posts.insert(
                    Post(id: Scene.id(402), person: neighbour, kind: .gridWorker, grid: Scene.anpingTwo, from: Scene.start))
                try posts.insert(
                    Post(id: Scene.id(403), person: far, kind: .gridWorker, grid: Scene.yaoqianOne, from: Scene.start))
            }
            let grants = PostGrants(cache: desk.directory, permissions: RegistersPermissions.grants)
            func scope(_ person: ID<PersonNode>) async throws -> Scope? {
                try await desk.database.read { try grants($0, town: Scene.town, person: person, day: desk.today) }.grants[
                    .readResident]
            }
            let arrange = ArrangeStandIn(database: desk.database, ambient: desk.ambient, cache: desk.directory)
            func stand(_ person: ID<PersonNode>, _ from: Int, _ to: Int) async throws -> [String] {
                try await faults {
                    _ = try await arrange(
                        for: post, by: person, from: Scene.today.adding(days: from), to: Scene.today.adding(days: to),
                        reason: "产假",
                        in: .grids([Scene.anping]), as: Scene.chief, request: desk.ambient.newID())
                }
            }
            #expect(try await stand(far, 1, 3) == ["/person not-a-neighbour"])
            #expect(try await stand(absent, 1, 3) == ["/person stands-in-for-self"])
            #expect(try await stand(neighbour, 1, 61) == ["/to stand-in-too-long"])
            #expect(try await stand(neighbour, 1, 3) == [])
            #expect(try await stand(neighbour, 3, 5) == ["/from stand-in-taken"])
            let seen = try await (0...4).asyncMap { _ in
                defer { clock.advance(by: .days(1)) }
                return try await scope(neighbour)
            }
            let (own, both): (Scope, Scope) = (.grids([Scene.anpingTwo]), .grids([Scene.anpingOne, Scene.anpingTwo]))
            #expect(seen == [own, both, both, both, own])
            await #expect(throws: NotFound()) {
                _ = try await arrange(
                    for: post, by: neighbour, from: desk.today, to: desk.today, reason: "外出", in: .grids([Scene.yaoqian]),
                    as: Scene.chief, request: desk.ambient.newID())
            }
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
