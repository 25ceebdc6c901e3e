import Foundation
import Kernel
import Testing

@testable import Identity

@Suite struct LockoutTests {
    let policy = SecurityPolicy()
    let start = Instant(milliseconds: 1_772_413_200_000)

    @Test func `five failures within fifteen minutes lock for thirty`() {
        var state = Lockout.State()
        for count in 1...4 {
            state = Lockout.afterFailure(state, at: start + .minutes(Int64(count)), policy: policy)
            #expect(Lockout.minutesLeft(state, at: start + .minutes(Int64(count))) == nil)
        }
        let fifth = start + .minutes(16)
        state = Lockout.afterFailure(state, at: fifth, policy: policy)
        #expect(Lockout.minutesLeft(state, at: fifth) == 30)
        #expect(Lockout.minutesLeft(state, at: fifth + .minutes(29) + .seconds(1)) == 1)
        #expect(Lockout.minutesLeft(state, at: fifth + .minutes(30)) == nil)
    }

    @Test func `a failure after the window begins a new count`() {
        let old = Lockout.State(count: 4, since: start)
        let new = Lockout.afterFailure(old, at: start + .minutes(15) + Span(milliseconds: 1), policy: policy)
        #expect(new == Lockout.State(count: 1, since: start + .minutes(15) + Span(milliseconds: 1)))
    }
}

@Suite struct PasswordRulesTests {
    let policy = SecurityPolicy()

    @Test(arguments: [
        ("Abcdefgh1", ["password-too-short"]),
        ("Abcdefghi1", []),
        ("abcdefghij", ["password-too-simple"]),
        ("abcdefghi1", ["password-too-simple"]),
        ("abcdefgh1!", []),
        ("近邻近邻近邻近邻A1", []),
        ("Lin-Xiaolan-2026", ["password-contains-name"]),
        ("", ["password-too-short", "password-too-simple"]),
        (String(repeating: "Aa1", count: 70), ["too-long"]),
    ])
    func `names every rule a password breaks`(_ password: String, _ codes: [String]) {
        let faults = PasswordRules.faults(of: password, personal: ["xiaolan", "林"], policy: policy, at: "/new")
        #expect(faults.map(\.code) == codes)
    }

    @Test func `a password expires after ninety days, not on the ninetieth`() {
        let changed = Instant(milliseconds: 0)
        #expect(!PasswordRules.isExpired(changedAt: changed, now: changed + .days(90), policy: policy))
        #expect(PasswordRules.isExpired(changedAt: changed, now: changed + .days(90) + Span(milliseconds: 1), policy: policy))
    }
}

@Suite struct SessionRulesTests {
    @Test(arguments: [
        (SignedInSession.Kind.web, false, Span.minutes(30)), (.phone, false, .days(7)), (.web, true, .minutes(15)),
        (.phone, true, .minutes(15)),
    ])
    func `a session ends when idle for its kind's limit`(_ kind: SignedInSession.Kind, _ isOffice: Bool, _ limit: Span) {
        let start = Instant(milliseconds: 0)
        let session = SignedInSession(
            account: ID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))), kind: kind, stage: .full, createdAt: start,
            lastSeenAt: start)
        #expect(SessionRules.isAlive(session, isOffice: isOffice, at: start + limit, policy: SecurityPolicy()))
        #expect(
            !SessionRules.isAlive(
                session, isOffice: isOffice, at: start + limit + Span(milliseconds: 1), policy: SecurityPolicy()))
    }
}

@Suite struct TOTPTests {
    /// RFC 6238 appendix B, SHA-1, the last six of its eight digits.
    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ])
    func `makes the standard's own codes`(_ seconds: Int64, _ code: String) {
        let secret = Array("12345678901234567890".utf8)
        #expect(TOTP.code(secret: secret, step: TOTP.step(at: Instant(milliseconds: seconds * 1000))) == code)
    }

    @Test func `accepts the neighbouring steps and no code twice`() {
        let secret = Array("12345678901234567890".utf8)
        let now = Instant(milliseconds: 59_000)
        let step = TOTP.step(at: now)
        for offset in -1...1 as ClosedRange<Int64> {
            #expect(
                TOTP.match(TOTP.code(secret: secret, step: step + offset), secret: secret, at: now, lastUsed: -1) == step + offset
            )
        }
        #expect(TOTP.match(TOTP.code(secret: secret, step: step + 2), secret: secret, at: now, lastUsed: -1) == nil)
        #expect(TOTP.match("287 082", secret: secret, at: now, lastUsed: -1) == step)
        #expect(TOTP.match("287082", secret: secret, at: now, lastUsed: step) == nil)
    }

    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `writes the base32 of RFC 4648`(_ text: String, _ expected: String) {
        #expect(TOTP.base32(Array(text.utf8)) == expected)
    }
}

@Suite struct VaultTests {
    let vault = Vault(keys: [1: Array(repeating: 7, count: 32)])

    @Test(arguments: ["", "13905951234", "林晓岚\u{0}😀"])
    func `opens what it sealed, at its own place only`(_ text: String) throws {
        let sealed = try vault.seal(text, for: "person.phone/1")
        #expect(try vault.open(sealed, for: "person.phone/1") == text)
        #expect(throws: Vault.Unreadable.self) { try vault.open(sealed, for: "person.phone/2") }
    }

    @Test func `refuses a changed byte, a missing key and rubbish`() throws {
        var sealed = try vault.seal("secret", for: "x")
        let other = Vault(keys: [2: Array(repeating: 9, count: 32)])
        #expect(throws: Vault.Unreadable.self) { try other.open(sealed, for: "x") }
        sealed[sealed.count - 1] ^= 1
        #expect(throws: Vault.Unreadable.self) { try vault.open(sealed, for: "x") }
        #expect(throws: Vault.Unreadable.self) { try vault.open([], for: "x") }
        #expect(throws: Vault.Unreadable.self) { try vault.open([1, 2, 3], for: "x") }
    }

    @Test func `a new key seals, the old one still opens, and marks stay comparable`() throws {
        let rotated = Vault(keys: [1: Array(repeating: 7, count: 32), 2: Array(repeating: 8, count: 32)])
        let old = try vault.seal("secret", for: "x")
        let new = try rotated.seal("secret", for: "x")
        #expect(try rotated.open(old, for: "x") == "secret")
        #expect(new.first == 2)
        #expect(rotated.mark("13905951234", kind: "phone") == vault.mark("13905951234", kind: "phone"))
        #expect(vault.mark("1", kind: "phone") != vault.mark("1", kind: "identity"))
    }
}

@Suite struct PasswordHashTests {
    @Test func `verifies only the password that was hashed, with a fresh salt each time`() async throws {
        let first = try await PasswordHash.make("Correct-Horse-1", ambient: .system)
        let second = try await PasswordHash.make("Correct-Horse-1", ambient: .system)
        #expect(first.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(first != second)
        #expect(try await PasswordHash.verify("Correct-Horse-1", against: first))
        #expect(try await !PasswordHash.verify("correct-horse-1", against: first))
        #expect(try await !PasswordHash.verify("x", against: "not a hash"))
    }
}
