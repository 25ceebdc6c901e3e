import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Registers

@Suite struct PrivacyTests {
    @Test(arguments: Engine.available)
    func `what is sealed is shown for a reason only, and every look is logged`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let document = Scene.document("1960-05-01", "001")
            let person = try await desk.resident(
                "陈志强", in: try await desk.household("平安巷12号"), document: document, phones: ["15412345678"])
            #expect(
                try await faults { _ = try await RevealPerson(desk)(person, by: Scene.worker, reason: " ") } == [
                    "/reason reason-required"
                ])
            let open = try await RevealPerson(desk)(person, by: Scene.worker, reason: "联系补贴发放", address: "10.0.0.1").open
            #expect(open == OpenPerson(document: document, phones: ["15412345678"]))
            let file = try await ExportPerson(desk)(person, by: Scene.chief, reason: "本人申请")
            #expect(file.reveals.count == 1 && file.open.document == document && file.homes.count == 1)
            let columns = try await desk.database.read { tx in
                try tx.query("SELECT document_sealed, phone_sealed, document_mark, phone_mark FROM person").flatMap(\.values)
            }
            for value in columns {
                let text = "\(value)"
                #expect(!text.contains(document) && !text.contains("15412345678"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a new key seals, old values are sealed again once, and people are still found`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let home = try await desk.household("平安巷12号")
            let document = Scene.document("1960-05-01", "001")
            let person = try await desk.resident("陈志强", in: home, document: document, phones: ["15412345678", "059585780000"])
            try await EditPerson(desk)(
                person, PersonEdit(name: "陈志刚", sex: .male, birth: Day("1960-05-01"), isPartyMember: false), seen: 1,
                by: Scene.worker,
                request: desk.ambient.newID())
            try await RecordVisit(desk)(
                to: .household(home), .door, at: .testStart, note: "灯坏了", by: Scene.worker, request: desk.ambient.newID())
            let keys: [UInt8: [UInt8]] = [1: Array(repeating: 7, count: 32), 2: Array(repeating: 9, count: 32)]
            let columns = PeopleSealStore.columns + RegistersSealStore.columns
            let both = Vault(keys: keys)
            let reseal = Reseal(database: desk.database, vault: both, columns: columns)
            #expect(try await reseal(Scene.town) == 5)
            #expect(try await reseal(Scene.town) == 0, "a second run finds nothing to do")
            let fresh = RegisterDesk(database: desk.database, ambient: desk.ambient, vault: both, directory: DirectoryCache())
            #expect(
                try await RevealPerson(fresh)(person, by: Scene.worker, reason: "核对").open.phones == [
                    "15412345678", "059585780000",
                ])
            #expect(try await FindPeople(fresh)(document, by: Scene.worker).people.count == 1)
            #expect(try await FindPeople(fresh)("5678", by: Scene.worker).people.count == 1)
            #expect(try await ReadHousehold(fresh)(home, by: Scene.worker).visits.map(\.note) == ["灯坏了"])
            // Without the new key nothing sealed can be read any more.
            await #expect(throws: Vault.Unreadable.self) {
                _ = try await RevealPerson(desk)(person, by: Scene.worker, reason: "核对")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `data of an emergency goes when it is over, everything else when its time is`(_ engine: Engine) async throws {
        let clock = TestClock()
        try await Scene.run(clock: clock, on: engine) { desk in
            let home = try await desk.household("平安巷12号")
            let person = try await desk.resident("陈志强", in: home, document: Scene.document("1960-05-01", "001"))
            let end = Scene.today.adding(days: 10)
            let code = try await KeepPurpose(desk)(
                nil, nameZh: "台风转移", nameEn: "Typhoon evacuation", basis: .emergency, isEmergency: true, retentionDays: 0,
                endsOn: end,
                seen: 0, by: Scene.office, request: desk.ambient.newID())
            let drafts = [
                CareDraft(.emergency, purpose: code, from: Scene.today, to: end),
                CareDraft(.livingAlone, purpose: "care", from: Scene.today, to: Scene.today.adding(days: 5)),
            ]
            for draft in drafts { try await KeepCare(desk).mark(person, draft, by: Scene.worker, request: desk.ambient.newID()) }
            #expect(try await DestroyData(desk)(Scene.town).isEmpty)
            clock.advance(by: .days(11))
            let first = try await DestroyData(desk)(Scene.town)
            #expect(first.map(\.reason) == [.purposeOver] && first.map(\.records) == [1] && first.map(\.purpose) == [code])
            #expect(try await desk.count("care_mark") == 1)
            clock.advance(by: .days(365))
            #expect(try await DestroyData(desk)(Scene.town).map(\.reason) == [.retentionOver])
            #expect(try await desk.count("care_mark") == 0)
            // Moved away, and five years later nothing says who they were.
            try await EndResidency(desk)(
                of: person, in: home, .moved, on: desk.today, by: Scene.worker, request: desk.ambient.newID())
            clock.advance(by: .days(1826))
            #expect(try await DestroyData(desk)(Scene.town).isEmpty)
            clock.advance(by: .days(1))
            #expect(try await DestroyData(desk)(Scene.town).map(\.what) == [.people])
            let record = try await desk.record(person)
            #expect(record.name == "—" && record.birth == nil && record.document == nil && record.destroyedAt != nil)
            #expect(try await FindPeople(desk)("陈志强", by: Scene.office).people.isEmpty)
            #expect(try await desk.count("register_value") == 0)
            #expect(try await desk.count("destruction_record") == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `a child's guardian consents, and withdrawing ends what stood on it`(_ engine: Engine) async throws {
        let clock = TestClock()
        try await Scene.run(clock: clock, on: engine) { desk in
            let home = try await desk.household("平安巷12号")
            let mother = try await desk.resident("曾秀丽", in: home, birth: Day("1985-01-01"))
            let child = try await desk.resident("陈小明", in: home, birth: Scene.today.adding(days: -3000))
            let consent = KeepConsent(desk)
            let mark = CareDraft(.illness, purpose: "health", from: Scene.today, to: Scene.today.adding(days: 90))
            #expect(
                try await faults {
                    _ = try await KeepCare(desk).mark(child, mark, by: Scene.worker, request: desk.ambient.newID())
                }
                    == ["/purpose consent-missing"])
            func give(by guardian: ID<PersonNode>?, _ act: Consent.Act = .given) async throws -> [String] {
                clock.advance(by: .minutes(1))
                return try await faults {
                    try await consent.record(
                        act, of: child, for: "health", way: .paper, guardian: guardian, by: Scene.worker,
                        request: desk.ambient.newID())
                }
            }
            #expect(try await give(by: nil) == ["/guardian guardian-needed"])
            #expect(try await give(by: mother) == ["/guardian not-a-guardian"])
            #expect(try await give(by: nil, .withdrawn) == ["/act nothing-to-withdraw"])
            try await consent.appoint(mother, for: child, relation: "母亲", by: Scene.worker, request: desk.ambient.newID())
            #expect(
                try await faults {
                    try await consent.appoint(child, for: child, relation: "自己", by: Scene.worker, request: desk.ambient.newID())
                } == ["/guardian person-unknown", "/guardian guardian-too-young"])
            #expect(try await give(by: mother) == [])
            try await KeepCare(desk).mark(child, mark, by: Scene.worker, request: desk.ambient.newID())
            #expect(try await ReadPerson(desk)(child, by: Scene.worker).marks.count == 1)
            #expect(try await give(by: mother, .withdrawn) == [])
            let sight = try await ReadPerson(desk)(child, by: Scene.worker)
            #expect(sight.consents.map(\.act) == [.withdrawn, .given] && sight.marks.isEmpty)
            #expect(sight.guardians.map(\.name) == ["曾秀丽"])
        }
    }

    @Test(arguments: Engine.available)
    func `a record that was joined to somebody is destroyed with them`(_ engine: Engine) async throws {
        let clock = TestClock()
        try await Scene.run(clock: clock, on: engine) { desk in
            let home = try await desk.household("平安巷12号")
            let kept = try await desk.resident("陈志强", in: home, document: Scene.document("1960-05-01", "001"))
            let gone = try await desk.resident("陈志强", in: home, phones: ["15412345678"], birth: Day("1960-05-01"))
            try await MergePeople(desk)(kept, gone, by: Scene.chief, request: desk.ambient.newID())
            try await EndResidency(desk)(
                of: kept, in: home, .moved, on: desk.today, by: Scene.worker, request: desk.ambient.newID())
            clock.advance(by: .days(1826))
            #expect(try await DestroyData(desk)(Scene.town).isEmpty)
            clock.advance(by: .days(1))
            #expect(try await DestroyData(desk)(Scene.town).map(\.records) == [2])
            for person in [kept, gone] {
                let record = try await desk.record(person)
                #expect(record.name == "—" && record.destroyedAt != nil)
            }
            let phones = try await desk.database.read { try PersonRecordStore($0, town: Scene.town).open([gone], Scene.vault) }
            #expect(phones[gone]?.phones == [])
        }
    }
}
