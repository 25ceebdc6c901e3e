import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Registers

@Suite struct EnterpriseTests {
    private static func draft(_ name: String, code: String = "", reason: String = "", phone: String? = "15412345678")
        -> EnterpriseDraft
    {
        EnterpriseDraft(
            grid: Scene.anpingOne, kind: .smallShop, trade: .catering, name: name, code: code, noCodeReason: reason,
            address: "平安巷1号", phone: phone)
    }

    @Test(arguments: Engine.available)
    func `an enterprise has a code or a reason, and a code is had once`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let keep = KeepEnterprise(desk)
            func enter(_ draft: EnterpriseDraft, by principal: Principal = Scene.worker) async throws -> [String] {
                try await faults { _ = try await keep.enter(draft, by: principal, request: desk.ambient.newID()) }
            }
            #expect(try await enter(Self.draft("阿明面馆")) == ["/code credit-or-reason"])
            #expect(try await enter(Self.draft("阿明面馆", code: "91440300708461136T", reason: "无")) == ["/reason credit-and-reason"])
            #expect(try await enter(Self.draft("阿明面馆", code: "91440300708461136U")) == ["/code credit-check"])
            #expect(try await enter(Self.draft("阿明面馆", code: "91440300708461136t")) == [])
            #expect(try await enter(Self.draft("阿华面馆", code: "91440300708461136T")) == ["/code credit-taken"])
            #expect(try await enter(Self.draft("老陈修车铺", reason: "正在办理")) == [])
            await #expect(throws: NotFound()) { _ = try await enter(Self.draft("别处", reason: "无"), by: Scene.stranger) }
            let firms = try await desk.database.read { tx in
                try EnterpriseStore(tx, town: Scene.town, vault: Scene.vault).list(
                    EnterpriseFilter(text: "91440300708461136T"), in: [Scene.anpingOne], after: nil, limit: 10)
            }
            #expect(firms.map(\.name) == ["阿明面馆"])
        }
    }

    @Test(arguments: Engine.available)
    func `a closed shop leaves the list, gives its code free, and keeps its telephone unless another is given`(_ engine: Engine)
        async throws
    {
        try await Scene.run(on: engine) { desk in
            let keep = KeepEnterprise(desk)
            let id = try await keep.enter(
                Self.draft("阿明面馆", code: "91440300708461136T"), by: Scene.worker, request: desk.ambient.newID())
            try await RecordVisit(desk)(
                to: .enterprise(id), .door, at: .testStart, note: nil, by: Scene.worker, request: desk.ambient.newID())
            try await keep.edit(
                id, Self.draft("阿明面馆", code: "91440300708461136T", phone: nil), closedOn: Scene.today, seen: 1, by: Scene.worker,
                request: desk.ambient.newID())
            let sight = try await ReadEnterprise(desk)(id, by: Scene.worker)
            #expect(sight.maskedPhone == "154****5678" && sight.firm.term.to == Scene.today && sight.firm.visitedAt == .testStart)
            #expect(sight.visits.count == 1 && sight.firm.version == 2)
            let code = try CreditCode(reading: "91440300708461136T")
            let holder = try await desk.database.read {
                try EnterpriseStore($0, town: Scene.town, vault: Scene.vault).holder(of: code)
            }
            #expect(holder == nil)
            #expect(try await RevealPerson(desk)(id, by: Scene.worker, reason: "安全检查").phone == "15412345678")
            await #expect(throws: Conflict("stale")) {
                try await keep.edit(
                    id, Self.draft("阿明面馆", reason: "注销"), closedOn: nil, seen: 1, by: Scene.worker, request: desk.ambient.newID())
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a dispute finds who can mediate in the same grids`(_ engine: Engine) async throws {
        try await Scene.run(on: engine) { desk in
            let person = try await desk.resident("曾秀丽", in: try await desk.household("平安巷1号"), party: true)
            let plain = try await desk.resident("陈志强", in: try await desk.household("平安巷2号"))
            try await EditPerson(desk)(
                person, PersonEdit(name: "曾秀丽", sex: nil, birth: nil, isPartyMember: true, skills: [.mediation]), seen: 1,
                by: Scene.worker, request: desk.ambient.newID())
            func helpers(_ scope: Scope) async throws -> [String] {
                try await desk.database.read {
                    try OrganisationStore($0, town: Scene.town).people(with: .mediation, in: scope, on: desk.today).map(\.name)
                }
            }
            #expect(try await helpers(.grids([Scene.anpingOne])) == ["曾秀丽"])
            #expect(try await helpers(.grids([Scene.anpingTwo])) == [])
            let keep = KeepOrganisation(desk)
            let branch = try await keep.open(
                .partyBranch, named: "安平党支部", address: nil, in: Scene.anping, by: Scene.chief, request: desk.ambient.newID())
            func admit(_ person: ID<PersonNode>) async throws -> [String] {
                try await faults {
                    try await keep.admit(person, to: branch, as: .member, by: Scene.chief, request: desk.ambient.newID())
                }
            }
            #expect(try await admit(plain) == ["/person not-a-party-member"])
            #expect(try await admit(person) == [])
            #expect(try await admit(person) == ["/person already-member"])
        }
    }
}
