import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Registers

@Suite struct PropertyTests {
    private static func draft(
        _ address: String = "平安巷12号", _ use: Property.Use = .selfLived, rooms: Int? = nil, owner: String = "",
        _ kind: Property.Owner.Kind? = nil, phone: String? = nil, in grid: ID<GridNode> = Scene.anpingOne
    ) -> PropertyDraft {
        PropertyDraft(
            grid: grid, address: Address(reading: address), kind: .house, use: use, roomsLet: rooms, ownerKind: kind,
            owner: owner,
            phone: phone)
    }

    @Test(arguments: [
        (draft(), [String]()), (draft(""), ["/address required"]),
        (draft(String(repeating: "巷", count: 80)), []), (draft(String(repeating: "巷", count: 81)), ["/address too-long"]),
        (draft("平安巷12号", .whollyLet, rooms: 1), []), (draft("平安巷12号", .partlyLet, rooms: 500), []),
        (draft("平安巷12号", .whollyLet, rooms: 0), ["/rooms not-in-range"]),
        (draft("平安巷12号", .whollyLet, rooms: 501), ["/rooms not-in-range"]),
        (draft("平安巷12号", .vacant, rooms: 3), ["/rooms property-not-let"]),
        (draft(owner: "曾秀丽", .person, phone: "15412345678"), []),
        (draft(owner: "", .person), ["/owner required"]), (draft(owner: "曾秀丽"), ["/ownerKind property-owner-kind"]),
        (draft(owner: "曾秀丽", .person, phone: "12"), ["/phone not-a-phone"]),
        (draft(phone: "15412345678"), ["/phone property-phone-of-nobody"]),
    ])
    func `a property keeps its rules`(_ draft: PropertyDraft, _ expected: [String]) {
        var found: [String] = []
        do throws(Invalid) { _ = try PropertyRules.check(draft) } catch {
            found = error.faults.map { "\($0.pointer) \($0.code)" }
        }
        #expect(found == expected)
    }

    @Test(arguments: Engine.available)
    func `a property is entered once, within reach, with its owner and who lives behind its door`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let keep = KeepProperty(desk)
            let home = try await desk.household("平安巷12号")
            let upstairs = try await desk.household("平安巷12号2楼")
            let owner = try await desk.resident("曾秀丽", in: try await desk.household("三里巷1号"), phones: ["15412345678"])
            let request: ID<RegisterEvent> = desk.ambient.newID()
            let draft = Self.draft("平安巷12号", .partlyLet, rooms: 4, owner: "曾秀丽", .person, phone: "154 1234 5678")
            var ids: Set<ID<Property>> = []
            for _ in 1...2 { ids.insert(try await keep.enter(draft, by: Scene.worker, request: request)) }
            let id = try #require(ids.first)
            #expect(ids.count == 1)
            #expect(
                try await faults { _ = try await keep.enter(draft, by: Scene.worker, request: desk.ambient.newID()) } == [
                    "/address property-taken"
                ])
            await #expect(throws: NotFound()) {
                _ = try await keep.enter(draft, by: Scene.stranger, request: desk.ambient.newID())
            }
            await #expect(throws: NotFound()) { _ = try await ReadProperty(desk)(id, by: Scene.stranger) }
            let sight = try await ReadProperty(desk)(id, by: Scene.worker)
            #expect(sight.maskedPhone == "154****5678" && sight.seesOwner && sight.property.owner?.record?.uuid == owner.uuid)
            #expect(sight.households.map(\.id) == [home] && sight.behind.map(\.id) == [upstairs])

            try await keep.settle([home, upstairs], in: id, seen: 1, by: Scene.worker, request: desk.ambient.newID())
            await #expect(throws: Conflict("stale")) {
                try await keep.settle([], in: id, seen: 1, by: Scene.worker, request: desk.ambient.newID())
            }
            let far = try await desk.household("瑶前1号", in: Scene.yaoqianOne)
            #expect(
                try await faults {
                    try await keep.settle([far], in: id, seen: 2, by: Scene.office, request: desk.ambient.newID())
                } == ["/households not-a-choice"])
            #expect(try await ReadHousehold(desk)(upstairs, by: Scene.worker).properties.map(\.id) == [id])
            #expect(try await RevealPerson(desk)(id, by: Scene.worker, reason: "消防检查").phone == "15412345678")
        }
    }

    @Test(arguments: Engine.available)
    func `a change keeps what it replaced, the telephone stays with its owner, and what is gone leaves the list`(_ engine: Engine)
        async throws
    {
        try await Scene.run(on: engine) { desk in
            let keep = KeepProperty(desk)
            let id = try await keep.enter(
                Self.draft(owner: "曾秀丽", .person, phone: "15412345678"), by: Scene.worker, request: desk.ambient.newID())
            func edit(_ draft: PropertyDraft, gone: Day? = nil, seen: Int) async throws -> [String] {
                try await faults {
                    try await keep.edit(id, draft, goneOn: gone, seen: seen, by: Scene.worker, request: desk.ambient.newID())
                }
            }
            func phone() async throws -> String? { try await ReadProperty(desk)(id, by: Scene.worker).maskedPhone }
            #expect(try await edit(Self.draft("平安巷12号", .vacant, owner: "曾秀丽", .person), seen: 1) == [])
            #expect(try await phone() == "154****5678")
            // Another owner does not answer that telephone.
            #expect(try await edit(Self.draft("平安巷12号", .vacant, owner: "陈志强", .person), seen: 2) == [])
            #expect(try await phone() == nil)
            #expect(try await edit(Self.draft(), gone: Scene.today.adding(days: 1), seen: 3) == ["/gone in-the-future"])
            await #expect(throws: Conflict("stale")) { _ = try await edit(Self.draft(), seen: 2) }
            let listed = { (filter: PropertyFilter) in
                try await desk.database.read {
                    try PropertyStore($0, town: Scene.town, vault: Scene.vault).list(
                        filter, in: [Scene.anpingOne], after: nil, limit: 9
                    ).map(\.id)
                }
            }
            #expect(try await listed(PropertyFilter(use: .vacant, text: "志强")) == [id])
            #expect(try await listed(PropertyFilter(use: .whollyLet)) == [])
            #expect(try await edit(Self.draft(), gone: Scene.today, seen: 3) == [])
            #expect(try await listed(PropertyFilter()) == [])
            let acts = try await ReadProperty(desk)(id, by: Scene.worker).history
            let replaced = try await desk.database.read { tx in
                try acts.compactMap { try RegisterEventStore(tx, town: Scene.town).replaced(by: $0.id, Scene.vault) }
            }
            #expect(acts.count == 4 && replaced.contains { $0["owner"] == "曾秀丽" && $0["phone"] == "15412345678" })
        }
    }
}
