import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Demo

@Suite struct SamenessTests {
    /// Every table in an order of its own, without what is secret or sealed and so differs by design.
    private static let contents: [(String, SQL)] = [
        ("town", "SELECT * FROM town ORDER BY town_id"), ("policy", "SELECT * FROM security_policy ORDER BY town_id"),
        ("grid", "SELECT * FROM grid ORDER BY id"), ("closure", "SELECT * FROM grid_closure ORDER BY ancestor_id, descendant_id"),
        ("area", "SELECT * FROM grid_area ORDER BY grid_id"),
        (
            "person",
            "SELECT id, name, phone_mark, created_at, sex, birth, document_kind, document_mark, is_party_member FROM person ORDER BY id"
        ),
        ("find", "SELECT person_id FROM person_find ORDER BY person_id"),
        ("visit", "SELECT id, household_id, grid_id, channel, at, account_id, by_name, by_post FROM visit ORDER BY id"),
        (
            "enterprise",
            "SELECT id, grid_id, kind, trade, name, credit_code, no_code_reason, phone_mark FROM enterprise ORDER BY id"
        ),
        (
            "property",
            "SELECT id, grid_id, address_words, kind, use, rooms_let, owner_kind, owner_name, owner_id, valid_from FROM property ORDER BY id"
        ),
        ("organisation", "SELECT * FROM organisation ORDER BY id"),
        ("household", "SELECT * FROM household ORDER BY id"),
        ("residency", "SELECT * FROM residency ORDER BY id"), ("post", "SELECT * FROM post ORDER BY id"),
        ("station", "SELECT * FROM station ORDER BY id"), ("natural", "SELECT * FROM natural_village ORDER BY id"),
        ("profile", "SELECT * FROM village_profile ORDER BY grid_id"),
        ("switch", "SELECT * FROM capability_switch ORDER BY grid_id, capability"),
        ("figure", "SELECT * FROM reported_figure ORDER BY grid_id, key, as_of"),
        ("directory event", "SELECT * FROM directory_event ORDER BY id"),
        ("account", "SELECT id, login, name, person_id, roles, must_change, opened_at, disabled_at FROM account ORDER BY id"),
        ("category", "SELECT * FROM category ORDER BY code"), ("matter", "SELECT * FROM matter ORDER BY id"),
        ("matter event", "SELECT * FROM matter_event ORDER BY id"),
        ("reporter", "SELECT id, matter_id, phone_mark, account_id, entered_by, at FROM matter_reporter ORDER BY id"),
        ("saved filters", "SELECT * FROM matter_filter ORDER BY id"),
        ("rule sets", "SELECT * FROM points_rule_set ORDER BY id"), ("rules", "SELECT * FROM points_rule ORDER BY id"),
        ("wallets", "SELECT * FROM points_wallet ORDER BY household_id"), ("entries", "SELECT * FROM points_entry ORDER BY id"),
        ("rounds", "SELECT * FROM points_round ORDER BY id"),
        ("scores", "SELECT * FROM points_score ORDER BY sheet_id, household_id"),
        ("environment days", "SELECT * FROM points_environment_day ORDER BY id"),
        ("points event", "SELECT * FROM points_event ORDER BY id"), ("joint units", "SELECT * FROM joint_unit ORDER BY id"),
        ("joint tasks", "SELECT * FROM joint_task ORDER BY id"),
        ("joint events", "SELECT * FROM joint_task_event ORDER BY id"), ("audit", "SELECT * FROM audit_entry ORDER BY seq"),
    ]

    private func fingerprints(_ engine: Engine, seed: UInt64, now: Instant = .testStart) async throws -> [String: String] {
        try await withDatabase(engine, migrations: migrations) { database in
            _ = try await DemoTown(seed: seed, scale: 0.02, now: now).build(
                in: database, vault: testVault, password: nil, progress: { _ in })
            return try await database.read { tx in
                var prints: [String: String] = [:]
                for (name, sql) in Self.contents {
                    let rows = try tx.query(sql)
                    #expect(!rows.isEmpty, "\(name)")
                    prints[name] = testFingerprint(rows.map { "\($0.values)" }.joined(separator: "\n"))
                }
                return prints
            }
        }
    }

    @Test func `the same seed on the same day makes the same town, row by row, on every engine`() async throws {
        let first = try await fingerprints(.sqlite, seed: 7)
        for engine in Engine.available {
            let again = try await fingerprints(engine, seed: 7, now: .testStart + .hours(9))
            for (name, _) in Self.contents { #expect(first[name] == again[name], "\(name) on \(engine)") }
        }
        let other = try await fingerprints(.sqlite, seed: 8)
        for name in ["grid", "area", "person", "post", "matter", "matter event", "audit"] {
            #expect(first[name] != other[name], "\(name)")
        }
    }

    @Test(arguments: Engine.available)
    func `a database that has a town is left as it is`(_ engine: Engine) async throws {
        let made = try await SharedTowns.shared.town(engine)
        let before = try await made.database.read { try $0.value("SELECT count(*) FROM grid", as: Int.self) }
        await #expect(throws: DemoTown.Refused.self) {
            try await DemoTown(seed: 2, scale: 0.02, now: .testStart).build(
                in: made.database, vault: testVault, password: nil, progress: { _ in })
        }
        #expect(try await made.database.read { try $0.value("SELECT count(*) FROM grid", as: Int.self) } == before)
    }
}
