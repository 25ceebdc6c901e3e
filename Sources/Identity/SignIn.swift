package import Kernel
import Storage

/// Signing in with a login and a password, and where enrolled with a code. 登录
package struct SignIn: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault
    let findPrincipal: FindPrincipal

    /// How far a right password led.
    package enum Outcome: Sendable, Hashable {
        case signedIn(token: String)
        case codeNeeded(token: String)
    }

    package struct Attempt: Sendable {
        package let login: String
        package let password: String
        package let kind: SignedInSession.Kind
        package let address: String
        package let agent: String

        package init(login: String, password: String, kind: SignedInSession.Kind, address: String, agent: String) {
            self.login = login
            self.password = password
            self.kind = kind
            self.address = address
            self.agent = agent
        }
    }

    /// - Throws: ``Invalid`` with `wrong-credentials` (whichever of the two was wrong) or `locked`.
    package func callAsFunction(_ attempt: Attempt, town: ID<Town>) async throws -> Outcome {
        let (account, policy) = try await database.read { tx in
            (try AccountStore(tx).find(login: attempt.login.trimmed, town: town), try AccountStore(tx).policy(of: town))
        }
        if let minutes = account.flatMap({ Lockout.minutesLeft($0.failures, at: ambient.now()) }) {
            throw Invalid("/login", "locked", ["minutes": String(minutes)])
        }
        let isRight = try await PasswordHash.verify(attempt.password, against: account?.passwordHash ?? PasswordHash.decoy ?? "")
        guard let account, isRight, isOpen(account, policy) else {
            try await fail(account, attempt, town: town, policy: policy)
            throw Invalid("/password", "wrong-credentials")
        }
        let token = SessionStore.newToken(ambient)
        let stage: SignedInSession.Stage = account.totpSecret == nil ? .full : .password
        try await database.write { [ambient] tx in
            try SessionStore(tx).insert(
                token: token, account: account, kind: attempt.kind, stage: stage, address: attempt.address, agent: attempt.agent,
                at: ambient.now())
            if stage == .full { try finish(account, address: attempt.address, tx: tx) }
        }
        return stage == .full ? .signedIn(token: token) : .codeNeeded(token: token)
    }

    /// The second step. The session gets a new token, so one seen before the code is worth nothing after it.
    /// - Throws: ``Unauthenticated`` when the first step is gone; ``Invalid`` with `code-wrong` or `locked`.
    package func code(_ code: String, session token: String, town: ID<Town>, address: String, agent: String) async throws
        -> String
    {
        let (session, account, policy) = try await database.read { tx in
            let session = try SessionStore(tx).find(token: token, town: town)
            return (
                session, try session.flatMap { try AccountStore(tx).find($0.account, town: town) },
                try AccountStore(tx).policy(of: town)
            )
        }
        guard let session, session.stage == .password, ambient.now() - session.createdAt <= .minutes(10), let account,
            let sealed = account.totpSecret
        else { throw Unauthenticated() }
        if let minutes = Lockout.minutesLeft(account.failures, at: ambient.now()) {
            throw Invalid("/code", "locked", ["minutes": String(minutes)])
        }
        let secret = Array(try vault.open(sealed, for: EnrolSecondFactor.place(account.id)).utf8)
        let fresh = SessionStore.newToken(ambient)
        let step = TOTP.match(code, secret: secret, at: ambient.now(), lastUsed: account.totpStep)
        let done = try await database.write { [ambient] tx -> Bool in
            guard let step, try AccountStore(tx).useTOTP(step: step, of: account) else { return false }
            try SessionStore(tx).end(token: token, town: town)
            try SessionStore(tx).insert(
                token: fresh, account: account, kind: session.kind, stage: .full, address: address, agent: agent,
                at: ambient.now())
            try finish(account, address: address, tx: tx)
            return true
        }
        guard done else {
            try await fail(account, nil, town: town, policy: policy, address: address)
            throw Invalid("/code", "code-wrong")
        }
        return fresh
    }

    /// Ends the session.
    package func out(session token: String, by principal: Principal?, town: ID<Town>) async throws {
        try await database.write { [ambient] tx in
            try SessionStore(tx).end(token: token, town: town)
            if let principal {
                try AuditTrail(tx).record(
                    "session.end", by: principal, town: town, subject: principal.account.description, ambient: ambient)
            }
        }
    }

    /// 等保 访问控制 c: an account that nobody has used for long is closed until somebody opens it again.
    private func isOpen(_ account: Account, _ policy: SecurityPolicy) -> Bool {
        let used = max(account.lastSignIn ?? account.openedAt, account.openedAt)
        return account.disabledAt == nil && ambient.now() - used <= .days(Int64(policy.unusedDays))
    }

    private func finish(_ account: Account, address: String, tx: any Transaction) throws {
        try AccountStore(tx).setSignedIn(account, at: ambient.now())
        try AuditTrail(tx).record(
            "session.start", by: try findPrincipal.principal(of: account, tx: tx), town: account.town,
            subject: account.id.description,
            address: address, ambient: ambient)
    }

    private func fail(_ account: Account?, _ attempt: Attempt?, town: ID<Town>, policy: SecurityPolicy, address: String? = nil)
        async throws
    {
        try await database.write { [ambient] tx in
            // Read again: another failure may have been counted meanwhile.
            if let account, let current = try AccountStore(tx).find(account.id, town: town) {
                try AccountStore(tx).setFailures(
                    Lockout.afterFailure(current.failures, at: ambient.now(), policy: policy), of: current)
            }
            try AuditTrail(tx).record(
                "session.start", by: nil, town: town, subject: account?.id.description ?? "unknown", done: false,
                address: attempt?.address ?? address, ambient: ambient)
        }
    }
}
