import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@testable import Identity

/// A town with one account, `lin`, and everything that signs it in.
private struct Office {
    let database: any Database
    let clock = TestClock()
    let ambient: Ambient
    let vault = Vault(keys: [1: Array(repeating: 7, count: 32)])
    let town: ID<Town>
    let signIn: SignIn
    let find: FindPrincipal
    var account: Account

    static let password = "Stone-Lion-88"

    init(_ database: any Database, mustChange: Bool = false, roles: Set<AccountRole> = [.auditor]) async throws {
        self.database = database
        let ambient = Ambient.fixed(clock)
        self.ambient = ambient
        town = ambient.newID()
        find = FindPrincipal(ambient: ambient, officePermissions: [.readAudit]) { _, _, _, _ in .none }
        signIn = SignIn(database: database, ambient: ambient, vault: vault, findPrincipal: find)
        account = Account(
            town: town, id: ambient.newID(), login: "lin", name: "林晓岚", person: nil, roles: roles,
            passwordHash: try await PasswordHash.make(Self.password, ambient: ambient), passwordChangedAt: ambient.now(),
            mustChangePassword: mustChange, failures: .init(), totpSecret: nil, totpStep: 0, lastSignIn: nil,
            openedAt: ambient.now(),
            disabledAt: nil)
        try await database.write { [account] in
            try AccountStore($0).insert(account, at: ambient.now())
            var policy = SecurityPolicy()
            policy.secondFactorForOffice = false
            try AccountStore($0).setPolicy(policy, of: account.town)
        }
    }

    func attempt(_ password: String, login: String = "lin") async throws -> SignIn.Outcome {
        try await signIn(.init(login: login, password: password, kind: .web, address: "127.0.0.1", agent: "test"), town: town)
    }

    func found(_ token: String) async throws -> FindPrincipal.Found? {
        try await database.read { [find, town] in try find(session: token, town: town, tx: $0) }
    }
}

@Suite struct SignInTests {
    @Test(arguments: Engine.available)
    func `the right password opens a session that ends when idle`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            let office = try await Office(database)
            guard case .signedIn(let token) = try await office.attempt(Office.password, login: " LIN ") else {
                return #expect(Bool(false), "a code was asked for")
            }
            #expect(try await office.found(token)?.principal.may(.readAudit) == true)
            #expect(try await office.found(token + "x") == nil)
            office.clock.advance(by: .minutes(15))
            #expect(try await office.found(token) != nil)
            office.clock.advance(by: Span(milliseconds: 1))
            #expect(try await office.found(token) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `five wrong passwords lock the right one out, for thirty minutes`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            let office = try await Office(database)
            for _ in 1...5 {
                await #expect(throws: Invalid("/password", "wrong-credentials")) { try await office.attempt("Wrong-Guess-1") }
            }
            await #expect(throws: Invalid("/login", "locked", ["minutes": "30"])) { try await office.attempt(Office.password) }
            office.clock.advance(by: .minutes(30))
            _ = try await office.attempt(Office.password)
        }
    }

    @Test(arguments: Engine.available)
    func `an unknown login says the same as a wrong password`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            let office = try await Office(database)
            await #expect(throws: Invalid("/password", "wrong-credentials")) {
                try await office.attempt(Office.password, login: "nobody")
            }
            await #expect(throws: Invalid("/password", "wrong-credentials")) {
                try await office.attempt(Office.password, login: "' OR 1=1 --")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `with a second factor the password alone opens nothing, and a code works once`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            let office = try await Office(database)
            let enrol = EnrolSecondFactor(database: database, ambient: office.ambient, vault: office.vault)
            let secret = enrol.newSecret()
            let principal = try await database.read { try office.find.principal(of: office.account, tx: $0) }
            await #expect(throws: Invalid("/code", "code-wrong")) {
                try await enrol(secret: secret, code: "000000", by: principal)
            }
            let step = TOTP.step(at: office.ambient.now())
            try await enrol(secret: secret, code: TOTP.code(secret: secret, step: step), by: principal)

            guard case .codeNeeded(let pending) = try await office.attempt(Office.password) else {
                return #expect(Bool(false), "no code was asked for")
            }
            #expect(try await office.found(pending) == nil)
            let code = { (step: Int64) in
                try await office.signIn.code(
                    TOTP.code(secret: secret, step: step), session: pending, town: office.town, address: "", agent: "")
            }
            // The code that proved the enrolment is used up.
            await #expect(throws: Invalid("/code", "code-wrong")) { try await code(step) }
            office.clock.advance(by: .seconds(30))
            let token = try await code(step + 1)
            #expect(try await office.found(token) != nil)
            await #expect(throws: Unauthenticated.self) { try await code(step + 2) }
        }
    }

    @Test(arguments: Engine.available)
    func `a given password is a gate, and changing it ends the other sessions`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            let office = try await Office(database, mustChange: true)
            guard case .signedIn(let first) = try await office.attempt(Office.password),
                case .signedIn(let second) = try await office.attempt(Office.password)
            else { return #expect(Bool(false), "a code was asked for") }
            let found = try await office.found(first)
            #expect(found?.gate == IdentityPath.password)
            let principal = try #require(found?.principal)
            let change = ChangePassword(database: database, ambient: office.ambient)
            await #expect(throws: Invalid("/password", "password-reused", ["count": "5"])) {
                try await change(
                    current: Office.password, new: Office.password, repeated: Office.password, by: principal, session: first)
            }
            await #expect(throws: Invalid("/current", "wrong-credentials")) {
                try await change(current: "x", new: "Rain-Bridge-77", repeated: "Rain-Bridge-77", by: principal, session: first)
            }
            try await change(
                current: Office.password, new: "Rain-Bridge-77", repeated: "Rain-Bridge-77", by: principal, session: first)
            #expect(try await office.found(first)?.gate == nil)
            #expect(try await office.found(second) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `a disabled or long unused account signs nobody in`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            let office = try await Office(database, roles: [.resident])
            let boss = Principal(
                town: office.town, account: office.ambient.newID(), person: nil, name: "operator",
                grants: [.manageAccounts: .town], post: "operator")
            let manage = ManageAccounts(database: database, ambient: office.ambient)
            guard case .signedIn(let token) = try await office.attempt(Office.password) else { return #expect(Bool(false)) }
            _ = try await manage.change(.disable, account: office.account.id, by: boss)
            #expect(try await office.found(token) == nil)
            await #expect(throws: Invalid("/password", "wrong-credentials")) { try await office.attempt(Office.password) }
            _ = try await manage.change(.enable, account: office.account.id, by: boss)
            _ = try await office.attempt(Office.password)
            office.clock.advance(by: .days(91))
            await #expect(throws: Invalid("/password", "wrong-credentials")) { try await office.attempt(Office.password) }
            await #expect(throws: Conflict("own-account")) { try await manage.change(.disable, account: boss.account, by: boss) }
        }
    }

    @Test(arguments: Engine.available)
    func `a new account gets a password that its own rules accept, and its login is its own`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            let office = try await Office(database)
            let boss = Principal(
                town: office.town, account: office.ambient.newID(), person: nil, name: "operator",
                grants: [.manageAccounts: .town], post: "operator")
            let manage = ManageAccounts(database: database, ambient: office.ambient)
            let new = ManageAccounts.NewAccount(id: office.ambient.newID(), login: "Chen.1", name: "陈秀珠", person: nil, roles: [])
            let password = try await manage.create(new, by: boss)
            #expect(PasswordRules.faults(of: password, personal: [], policy: SecurityPolicy(), at: "").isEmpty)
            _ = try await office.attempt(password, login: "chen.1")
            let twin = ManageAccounts.NewAccount(id: office.ambient.newID(), login: "chen.1", name: "陈", person: nil, roles: [])
            await #expect(throws: Invalid("/login", "taken")) { try await manage.create(twin, by: boss) }
            let odd = ManageAccounts.NewAccount(id: office.ambient.newID(), login: "a b<", name: "", person: nil, roles: [])
            await #expect(throws: Invalid([Fault("/name", "required"), Fault("/login", "login-form")])) {
                try await manage.create(odd, by: boss)
            }
            let nobody = Principal(town: office.town, account: boss.account, person: nil, name: "", grants: [:], post: "")
            await #expect(throws: Forbidden.self) { try await manage.create(new, by: nobody) }
        }
    }
}
