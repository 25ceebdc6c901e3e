import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct TownTests {
    typealias Town = SmallTown

    @Test(
        arguments: [
            ("350582101", "nbs", []), ("35058210", "nbs", ["town-code"]), ("35058210１", "nbs", ["town-code"]),
            ("350582101", "iso", ["not-a-choice"]),
        ] as [(String, String, [String])])
    func `a town has nine digits of a known register`(_ code: String, _ system: String, _ expected: [String]) {
        let town = TownRecord(
            id: Town.id(9), codeSystem: system, code: code, nameZh: "镇", nameEn: "Town", hostUnit: "镇政府", filing: "")
        #expect(TownRules.faults(in: town, beside: []).map(\.code) == expected)
    }

    @Test func `no two towns share a code in one register, nor a host name`() {
        func town(_ number: UInt8, _ system: String, _ hosts: [String]) -> TownRecord {
            TownRecord(
                id: Town.id(number), codeSystem: system, code: "350582101", nameZh: "镇", nameEn: "Town", hostUnit: "镇政府",
                filing: "",
                hostnames: hosts)
        }
        // The two registers give 安海 and 陈埭 each other's number.
        #expect(TownRules.faults(in: town(2, "mca", ["b.example"]), beside: [town(1, "nbs", ["a.example"])]) == [])
        #expect(TownRules.faults(in: town(2, "nbs", []), beside: [town(1, "nbs", [])]).map(\.pointer) == ["/code"])
        #expect(
            TownRules.faults(in: town(2, "mca", ["a.example"]), beside: [town(1, "nbs", ["a.example"])]).map(\.pointer) == [
                "/hostnames"
            ])
    }

    @Test(
        arguments: [
            ("anhai.example", true), ("localhost", true), ("a-b.c1", true), ("", false), ("a..b", false), ("-a.b", false),
            ("a b", false),
            ("http://a", false), ("A.example", false), ("镇.example", false), (String(repeating: "a", count: 64), false),
        ])
    func `host names are spelled as the net has them`(_ name: String, _ isOne: Bool) {
        #expect(TownRules.isHostname(name) == isOne)
    }

    @Test(arguments: Engine.available)
    func `only the whole town changes the town, and nobody overwrites what they did not see`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let edit = EditTown(database: database, ambient: .fixed())
            func words(_ name: String, phone: String? = nil) -> EditTown.Words {
                EditTown.Words(nameZh: name, nameEn: "Anhai", hostUnit: "镇政府", filing: "", dutyPhone: phone)
            }
            let office = Town.principal()
            await #expect(throws: Forbidden()) {
                try await edit(words("x"), by: Town.principal(.grids([Town.anping])), request: Town.id(40))
            }
            for _ in 1...2 { try await edit(words("新镇名"), by: office, request: Town.id(41), seen: .nothing) }
            #expect(try await database.read { try TownStore($0).find(Town.town)?.nameZh } == "新镇名")
            let refused1 = try await codes { try await edit(words("旧名"), by: office, request: Town.id(42), seen: .nothing) }
            #expect(refused1 == ["changed-meanwhile"])
            let refused2 = try await codes { try await edit(words("", phone: "不知道"), by: office, request: Town.id(43)) }
            #expect(refused2 == ["required", "not-a-phone"])
            #expect(try await database.read { try TownStore($0).find(Town.town)?.nameZh } == "新镇名")
        }
    }

    @Test(arguments: Engine.available)
    func `the town office is never left without anybody`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let appoint = AppointToPost(database: database, ambient: .fixed(), vault: Town.vault)
            let end = EndPost(database: database, ambient: .fixed())
            func officer(_ person: UInt8, _ from: Day) -> Appointment {
                Appointment(.known(Town.person(person)), as: .townOffice, on: nil, from: from)
            }
            let first = try await appoint(officer(1, Town.start), by: Town.principal(), request: Town.id(40))
            let refused3 = try await codes {
                _ = try await end(first, on: Town.today, by: Town.principal(), request: Town.id(41))
            }
            #expect(refused3 == ["last-officer"])
            // A successor who begins a day too late leaves a gap; one who begins the day after does not.
            _ = try await appoint(officer(2, Town.today.adding(days: 2)), by: Town.principal(), request: Town.id(42))
            let refused4 = try await codes {
                _ = try await end(first, on: Town.today, by: Town.principal(), request: Town.id(43))
            }
            #expect(refused4 == ["last-officer"])
            _ = try await end(first, on: Town.today.adding(days: 1), by: Town.principal(), request: Town.id(44))
        }
    }
}
