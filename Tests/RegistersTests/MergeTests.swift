import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Registers

@Suite struct MergeTests {
    @Test(arguments: Engine.available)
    func `two records become one and two again, and nothing is lost`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let (here, there) = (try await desk.household("平安巷12号"), try await desk.household("和平路8号", in: Scene.anpingTwo))
            let birth = Day("1960-05-01")
            let document = Scene.document("1960-05-01", "001")
            let kept = try await desk.resident("曾秀丽", in: here, phones: ["15411111111"], birth: birth)
            let gone = try await desk.resident("曾秀丽", in: there, document: document, phones: ["15422222222"], birth: birth)
            try await KeepCare(desk).mark(
                gone, CareDraft(.livingAlone, purpose: "care", from: Scene.today, to: Scene.today.adding(days: 30)),
                by: Scene.chief,
                request: desk.ambient.newID())
            let pairs = try await ReadDuplicates(desk)(by: Scene.chief)
            // The one with a document stays.
            #expect(pairs.map(\.reason) == [.nameAndBirth] && pairs.map(\.kept.person.id) == [gone])
            let merge = try await MergePeople(desk)(kept, gone, by: Scene.chief, request: desk.ambient.newID())

            var sight = try await ReadPerson(desk)(kept, by: Scene.chief)
            #expect(sight.homes.count == 2 && sight.marks.count == 1 && sight.maskedPhones == ["154****1111", "154****2222"])
            #expect(sight.maskedDocument?.hasSuffix(document.suffix(4)) == true)
            #expect(try await desk.record(gone).mergedInto == kept)
            #expect(try await FindPeople(desk)("曾秀丽", by: Scene.chief).people.map(\.person.id) == [kept])
            #expect(try await FindPeople(desk)("2222", by: Scene.chief).people.map(\.person.id) == [kept])
            #expect(try await ReadDuplicates(desk)(by: Scene.chief).isEmpty)
            #expect(sight.history.map(\.act).filter { $0 == "person.enter" }.count == 2, "the history of both")

            // What is changed meanwhile stays with the record that was kept.
            try await EditPerson(desk)(
                kept,
                PersonEdit(
                    name: "曾秀丽", sex: sight.person.sex, birth: birth, isPartyMember: true,
                    phones: ["15411111111", "15422222222", "15433333333"]), seen: sight.person.version, by: Scene.chief,
                request: desk.ambient.newID())
            _ = try await MergePeople(desk).undo(merge, by: Scene.chief, request: desk.ambient.newID())
            sight = try await ReadPerson(desk)(kept, by: Scene.chief)
            #expect(sight.homes.count == 1 && sight.marks.isEmpty && sight.maskedPhones == ["154****1111", "154****3333"])
            #expect(sight.maskedDocument == nil && sight.person.isPartyMember)
            let other = try await ReadPerson(desk)(gone, by: Scene.chief)
            #expect(other.homes.count == 1 && other.marks.count == 1 && other.maskedPhones == ["154****2222"])
            #expect(other.maskedDocument != nil && other.person.mergedInto == nil)
            #expect(try await FindPeople(desk)("曾秀丽", by: Scene.chief).people.count == 2)
            await #expect(throws: Conflict("already-separated")) {
                _ = try await MergePeople(desk).undo(merge, by: Scene.chief, request: desk.ambient.newID())
            }
        }
    }

    @Test(arguments: Engine.available)
    func `two documents are two people, a worker joins nobody, and two said to be two are not suggested`(_ engine: Engine)
        async throws
    {
        try await Scene.run(on: engine) { desk in
            let home = try await desk.household("平安巷12号")
            let one = try await desk.resident("陈志强", in: home, document: Scene.document("1960-05-01", "001"))
            let other = try await desk.resident("陈志强", in: home, document: Scene.document("1960-05-01", "003"))
            let third = try await desk.resident("陈志强", in: home, birth: Day("1960-05-01"))
            #expect(
                try await faults { _ = try await MergePeople(desk)(one, other, by: Scene.chief, request: desk.ambient.newID()) }
                    == ["/gone two-documents"])
            await #expect(throws: Forbidden()) {
                _ = try await MergePeople(desk)(one, third, by: Scene.worker, request: desk.ambient.newID())
            }
            #expect(try await ReadDuplicates(desk)(by: Scene.chief).count == 2)
            try await MergePeople(desk).keepApart(third, one, by: Scene.chief, request: desk.ambient.newID())
            let left = try await ReadDuplicates(desk)(by: Scene.chief)
            #expect(left.count == 1 && left.allSatisfy { $0.kept.person.id == other })
            #expect(try await ReadPerson(desk)(third, by: Scene.chief).alike.map(\.person.id) == [other])
        }
    }

    @Test(arguments: [
        ("陈志强", "1960-05-01", "a", "陈志强", "1970-01-01", "a", DuplicateRules.Reason.document),
        ("陈志强", "1960-05-01", "", "陈志强", "1960-05-01", "b", .nameAndBirth), ("陈志强", "", "", "陈志强", "", "", .nameAndPhone),
        ("陈志强", "1960-05-01", "", "陈志强", "", "", .nameAndPhone), ("陈志强", "1960-05-01", "a", "陈志强", "1960-05-01", "b", nil),
        ("陈志强", "1960-05-01", "", "陈志强", "1960-05-02", "", nil), ("陈志强", "1960-05-01", "", "陈志刚", "1960-05-01", "", nil),
    ])
    func `what speaks for two records being one person`(
        _ name: String, _ birth: String, _ document: String, _ otherName: String, _ otherBirth: String, _ otherDocument: String,
        _ reason: DuplicateRules.Reason?
    ) {
        func trait(_ number: Int, _ name: String, _ birth: String, _ document: String) -> DuplicateRules.Trait {
            DuplicateRules.Trait(
                id: Scene.id(number), name: name, birth: Day(birth), document: document.isEmpty ? nil : document, phones: ["x"])
        }
        let (one, other) = (trait(1, name, birth, document), trait(2, otherName, otherBirth, otherDocument))
        #expect(DuplicateRules.reason(one, other) == reason && DuplicateRules.reason(other, one) == reason)
    }
}
