import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Registers

@Suite struct RecordTests {
    @Test(arguments: Engine.available)
    func `somebody with the same document stays one person with two residencies`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let (here, there) = (try await desk.household("平安巷12号"), try await desk.household("瑶前路3号", in: Scene.yaoqianOne))
            let document = Scene.document("1960-05-01", "001")
            let first = try await desk.resident("曾秀丽", in: here, document: document)
            let arrival = Arrival(
                PersonDraft(name: "曾秀丽", document: document.lowercased(), phones: ["154 1234 5678"]), as: .tenant,
                from: Scene.today)
            let (second, wasKnown) = try await EnterResident(desk)(
                arrival, in: there, by: Scene.stranger, request: desk.ambient.newID())
            #expect(second == first && wasKnown)
            let sight = try await ReadPerson(desk)(first, by: Scene.office)
            #expect(sight.homes.map(\.household.address.words) == ["平安巷12号", "瑶前路3号"])
            #expect(sight.maskedDocument == "350599********" + document.suffix(4) && sight.maskedPhones == ["154****5678"])
            #expect(sight.person.birth == Day("1960-05-01") && sight.person.sex == .male)
            // Entering them again where they live already says so beside the document.
            let again = try await faults {
                _ = try await EnterResident(desk)(arrival, in: there, by: Scene.stranger, request: desk.ambient.newID())
            }
            #expect(again == ["/document already-here"])
            #expect(try await desk.count("person") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `a retry enters once, and the same id with other contents is refused`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let home = try await desk.household("平安巷12号")
            let request: ID<RegisterEvent> = desk.ambient.newID()
            for _ in 1...3 {
                _ = try await EnterResident(desk)(
                    Arrival(PersonDraft(name: "陈志强"), as: .registered, from: Scene.today), in: home, by: Scene.worker,
                    request: request)
            }
            #expect(try await desk.count("person") == 1)
            #expect(try await desk.count("residency") == 1)
            await #expect(throws: Conflict("request-reused")) {
                _ = try await EnterResident(desk)(
                    Arrival(PersonDraft(name: "陈志勇"), as: .registered, from: Scene.today), in: home, by: Scene.worker,
                    request: request)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a change names the version it was made on, and keeps what it replaced sealed`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let person = try await desk.resident("陈志强", in: try await desk.household("平安巷12号"), phones: ["15412345678"])
            let event: ID<RegisterEvent> = desk.ambient.newID()
            let edit = PersonEdit(
                name: "陈志刚", sex: .male, birth: Day("1970-01-02"), isPartyMember: true, skills: [.mediation],
                phones: ["15487654321", "0595-85780000"])
            try await EditPerson(desk)(person, edit, seen: 1, by: Scene.worker, request: event)
            let record = try await desk.record(person)
            #expect(record.name == "陈志刚" && record.version == 2 && record.isPartyMember)
            await #expect(throws: Conflict("stale")) {
                try await EditPerson(desk)(person, edit, seen: 1, by: Scene.worker, request: desk.ambient.newID())
            }
            // A retry of what was done is not stale.
            try await EditPerson(desk)(person, edit, seen: 1, by: Scene.worker, request: event)
            let (replaced, texts) = try await desk.database.read { tx in
                (
                    try RegisterEventStore(tx, town: Scene.town).replaced(by: event, Scene.vault) ?? [:],
                    try tx.query("SELECT detail FROM register_event UNION ALL SELECT detail FROM audit_entry").map {
                        try $0.get("detail", as: String.self)
                    }
                )
            }
            #expect(replaced == ["name": "陈志强", "sex": "", "birth": "", "party": "0", "skills": "", "phones": "15412345678"])
            #expect(!texts.isEmpty)
            #expect(texts.allSatisfy { !$0.contains("陈") && !$0.contains("15412345678") && !$0.contains("1970-01-02") })
            await #expect(throws: (any Error).self, "history is append-only") {
                try await desk.database.write { _ = try $0.execute("UPDATE register_event SET act = 'x'") }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `nobody sees or changes people and households of other grids`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let home = try await desk.household("平安巷12号")
            let person = try await desk.resident("陈志强", in: home)
            let edit = PersonEdit(name: "别人", sex: nil, birth: nil, isPartyMember: false)
            await #expect(throws: NotFound()) { _ = try await ReadPerson(desk)(person, by: Scene.stranger) }
            await #expect(throws: NotFound()) { _ = try await ReadHousehold(desk)(home, by: Scene.stranger) }
            await #expect(throws: NotFound()) {
                try await EditPerson(desk)(person, edit, seen: 1, by: Scene.stranger, request: desk.ambient.newID())
            }
            await #expect(throws: NotFound()) { _ = try await RevealPerson(desk)(person, by: Scene.stranger, reason: "好奇") }
            await #expect(throws: NotFound()) {
                _ = try await RecordVisit(desk)(
                    to: .household(home), .door, at: .testStart, note: nil, by: Scene.stranger, request: desk.ambient.newID())
            }
            #expect(try await FindPeople(desk)("陈志强", by: Scene.stranger).people.isEmpty)
            #expect(try await FindPeople(desk)("陈志强", by: Scene.worker).people.count == 1)
            #expect(try await ReadHouseholds(desk)(in: nil, address: "", after: nil, by: Scene.stranger).lines.isEmpty)
            await #expect(throws: Forbidden()) {
                _ = try await RevealPerson(desk)(person, by: Scene.principal(.instructor, .town), reason: "看看")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `whoever moved lives in the new place only, whoever died nowhere, and the old place keeps the record`(_ engine: Engine)
        async throws
    {
        try await Scene.run(on: engine) { desk in
            let (old, new) = (try await desk.household("平安巷12号"), try await desk.household("瑶前路3号", in: Scene.yaoqianOne))
            let document = Scene.document("1960-05-01", "003")
            let person = try await desk.resident("陈志强", in: old, document: document)
            try await desk.resident("陈志强", in: new, document: document, kind: .tenant)
            let yesterday = Scene.today.adding(days: -1)
            try await EndResidency(desk)(
                of: person, in: old, .moved, on: yesterday, by: Scene.worker, request: desk.ambient.newID())
            #expect(try await FindPeople(desk)("陈志强", by: Scene.worker).people.isEmpty)
            await #expect(throws: NotFound()) { _ = try await ReadPerson(desk)(person, by: Scene.worker) }
            try await EndResidency(desk)(
                of: person, in: new, .deceased, on: yesterday, by: Scene.stranger, request: desk.ambient.newID())
            #expect(try await desk.record(person).deceasedOn == yesterday)
            #expect(try await ReadPerson(desk)(person, by: Scene.worker).homes.count == 2)
            let found = try await FindPeople(desk)("czq", by: Scene.stranger).people
            #expect(found.map(\.hasLeft) == [true])
            #expect(try await ReadHousehold(desk)(new, by: Scene.stranger).former.map(\.person.id) == [person])
        }
    }

    @Test(arguments: Engine.available)
    func `an address is one household in its grid, and its people move with it`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let home = try await desk.household("平安巷 １２号")
            #expect(try await faults { _ = try await desk.household("平安巷12号") } == ["/address address-taken"])
            let person = try await desk.resident("陈志强", in: home)
            try await KeepHousehold(desk).edit(
                home, HouseholdDraft(grid: Scene.anpingTwo, address: Address(reading: "和平路8号"), head: person), seen: 1,
                by: Scene.chief, request: desk.ambient.newID())
            #expect(try await FindPeople(desk)("和平路 czq", by: Scene.chief).people.count == 1)
            #expect(try await FindPeople(desk)("平安巷", by: Scene.chief).people.isEmpty)
            #expect(try await FindPeople(desk)("陈志强", by: Scene.worker).people.isEmpty)
            await #expect(throws: Conflict("stale")) {
                try await KeepHousehold(desk).edit(
                    home, HouseholdDraft(grid: Scene.anpingTwo, address: Address(reading: "和平路9号")), seen: 1, by: Scene.chief,
                    request: desk.ambient.newID())
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a birth stays unless it is replaced, so that nobody has to see it to change the rest`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let born = Day("1950-02-03")
            let person = try await desk.resident("曾秀丽", in: try await desk.household("平安巷12号"), birth: born)
            let edits: [(PersonEdit, Day?)] = [
                (PersonEdit(name: "曾秀莉", sex: .female, isPartyMember: false), born),
                (PersonEdit(name: "曾秀莉", sex: .female, birth: Day("1950-03-02"), isPartyMember: false), Day("1950-03-02")),
                (PersonEdit(name: "曾秀莉", sex: .female, birth: .some(nil), isPartyMember: false), nil),
            ]
            for (number, (edit, birth)) in edits.enumerated() {
                try await EditPerson(desk)(person, edit, seen: number + 1, by: Scene.worker, request: desk.ambient.newID())
                #expect(try await desk.record(person).birth == birth)
            }
        }
    }
}
