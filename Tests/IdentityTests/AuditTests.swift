import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@testable import Identity

@Suite struct AuditTests {
    let town = ID<Town>(UUID(uuid: (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)))

    private func fill(_ database: any Database, count: Int, ambient: Ambient) async throws {
        try await database.write { [town] tx in
            for index in 0..<count {
                try AuditTrail(tx).record(
                    "matter.report", by: nil, town: town, subject: "m\(index)", detail: ["note": "路灯 ' \" \u{0}"],
                    address: "127.0.0.1",
                    ambient: ambient)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `the chain is whole after sealing in several goes`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            let clock = TestClock()
            let ambient = Ambient.fixed(clock)
            for _ in 1...3 {
                try await fill(database, count: 7, ambient: ambient)
                clock.advance(by: .seconds(1))
                try await database.write { [town] in _ = try AuditSeal($0).seal(town, limit: 5) }
            }
            let verdict = try await database.read { [town] in try AuditSeal($0).verify(town) }
            guard case .whole(let sealed, let waiting, let head) = verdict else { return #expect(Bool(false), "\(verdict)") }
            #expect(sealed == 15 && waiting == 6 && head.count == 64)
        }
    }

    @Test(arguments: Engine.available)
    func `one changed byte is found where it is`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            try await fill(database, count: 9, ambient: .fixed())
            try await database.write { [town] in _ = try AuditSeal($0).seal(town) }
            // Somebody with the rights of the database's owner: the triggers off, one letter changed.
            let dialect = database.dialect
            try await database.migrate { schema in
                for statement in Self.withoutTriggers(dialect) { try schema.define(statement) }
                try schema.execute("UPDATE audit_entry SET subject = \("m4x") WHERE seq = 5")
            }
            let verdict = try await database.read { [town] in try AuditSeal($0).verify(town) }
            #expect(verdict == .broken(at: 5))
        }
    }

    @Test(arguments: Engine.available)
    func `a missing entry is found`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            try await fill(database, count: 9, ambient: .fixed())
            try await database.write { [town] in _ = try AuditSeal($0).seal(town) }
            let dialect = database.dialect
            try await database.migrate { schema in
                for statement in Self.withoutTriggers(dialect) { try schema.define(statement) }
                try schema.execute("DELETE FROM audit_entry WHERE seq = 3")
            }
            let verdict = try await database.read { [town] in try AuditSeal($0).verify(town) }
            #expect(verdict == .broken(at: 3))
        }
    }

    @Test(arguments: Engine.available)
    func `an entry can be neither changed nor removed`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            try await fill(database, count: 2, ambient: .fixed())
            await #expect(throws: StorageError.self) {
                try await database.write { try $0.execute("UPDATE audit_entry SET subject = 'x'") }
            }
            try await database.write { [town] in _ = try AuditSeal($0).seal(town) }
            await #expect(throws: StorageError.self) {
                try await database.write { try $0.execute("UPDATE audit_entry SET hash = 'x'") }
            }
            await #expect(throws: StorageError.self) { try await database.write { try $0.execute("DELETE FROM audit_entry") } }
        }
    }

    private static func withoutTriggers(_ dialect: Dialect) -> [String] {
        switch dialect {
        case .sqlite: ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"]
        case .postgres: ["DROP TRIGGER audit_entry_append_only ON audit_entry"]
        }
    }
}
