import Directory
import Foundation
import Identity
import Kernel
import Logging
import Storage
import TestSupport
import Testing
import Web

@testable import Application

/// A page that stays open asks for news by itself; that alone keeps nobody signed in.
@Suite struct OpenPageTests {
    @Test(arguments: Engine.available)
    func `a session that is only asked about ends in its time`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Schema.migrations) { database in
            let (clock, vault) = (TestClock(), Vault(keys: [1: [UInt8](repeating: 7, count: 32)]))
            let ambient = Ambient.fixed(clock)
            let town = TownRecord(
                id: ambient.newID(), codeSystem: "nbs", code: "350582101", nameZh: "新镇", nameEn: "Newtown", hostUnit: "新镇人民政府",
                filing: "", hostnames: ["new.example"])
            _ = try await FoundTown(database: database, vault: vault, ambient: ambient)(
                town, officer: .init(login: "office", name: "蔡文", phone: nil))
            let folder = FileManager.default.temporaryDirectory.appending(path: "jinlin-open-\(ambient.newUUID())")
            let site = try Instance(
                configuration: Configuration(data: folder), database: database,
                keys: try MasterKeys(parsing: "1:" + String(repeating: "ab", count: 32)), ambient: ambient,
                logger: Logger(label: "test")
            ).site
            let token = SessionStore.newToken(ambient)
            try await database.write { tx in
                let account = try #require(try AccountStore(tx).find(login: "office", town: town.id))
                try SessionStore(tx).insert(
                    token: token, account: account, kind: .web, stage: .full, address: "", agent: "", at: ambient.now())
            }
            func lastSeen() async throws -> Instant? {
                try await database.read { try SessionStore($0).find(token: token, town: town.id)?.lastSeenAt }
            }
            func visit(keepsSession: Bool) async throws -> Principal? {
                try await site.findVisit(
                    Credentials(host: "new.example", session: token, bearer: nil, keepsSession: keepsSession)
                ).principal
            }
            let start = clock.now
            clock.advance(by: .minutes(5))
            #expect(try await visit(keepsSession: false) != nil)
            #expect(try await lastSeen() == start, "asking is not being there")
            #expect(try await visit(keepsSession: true) != nil)
            #expect(try await lastSeen() == clock.now)
            clock.advance(by: .days(1))
            #expect(try await visit(keepsSession: false) == nil)
        }
    }
}
