package import Kernel
import Storage

/// Changing one's own password. 修改密码
package struct ChangePassword: Sendable {
    let database: any Database
    let ambient: Ambient

    /// - Parameter session: the session that stays; all others of the account end.
    /// - Throws: ``Invalid`` with every rule the new password breaks, or `wrong-credentials` for the present one.
    package func callAsFunction(current: String, new: String, repeated: String, by principal: Principal, session: String?)
        async throws
    {
        let town = principal.town
        let (account, policy, former) = try await database.read { tx -> (Account, SecurityPolicy, [String]) in
            guard let account = try AccountStore(tx).find(principal.account, town: town) else { throw NotFound() }
            let policy = try AccountStore(tx).policy(of: town)
            return (account, policy, try AccountStore(tx).formerPasswords(of: account, limit: max(0, policy.passwordHistory - 1)))
        }
        guard try await PasswordHash.verify(current, against: account.passwordHash) else {
            throw Invalid("/current", "wrong-credentials")
        }
        var faults = PasswordRules.faults(of: new, personal: [account.login, account.name], policy: policy, at: "/password")
        if new != repeated { faults.append(Fault("/again", "password-mismatch")) }
        if faults.isEmpty {
            for hash in [account.passwordHash] + former where try await PasswordHash.verify(new, against: hash) {
                faults = [Fault("/password", "password-reused", ["count": String(policy.passwordHistory)])]
                break
            }
        }
        guard faults.isEmpty else { throw Invalid(faults) }
        let hash = try await PasswordHash.make(new, ambient: ambient)
        try await database.write { [ambient] tx in
            try AccountStore(tx).setPassword(hash, of: account, mustChange: false, at: ambient.now())
            try SessionStore(tx).endAll(of: account.id, town: town, but: session)
            try AuditTrail(tx).record(
                "account.password", by: principal, town: town, subject: account.id.description, ambient: ambient)
        }
    }
}

/// Setting up the second factor. 双因素
package struct EnrolSecondFactor: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault

    static func place(_ account: ID<AccountNode>) -> String { "account.totp_secret/\(account)" }

    /// Turns on the second factor with the secret that was shown, once a code proves that the app has it.
    /// - Throws: ``Invalid`` with `code-wrong`; ``Conflict`` when one is on already.
    package func callAsFunction(secret: [UInt8], code: String, by principal: Principal) async throws {
        guard let step = TOTP.match(code, secret: secret, at: ambient.now(), lastUsed: 0) else {
            throw Invalid("/code", "code-wrong")
        }
        let text = String(decoding: secret, as: UTF8.self)
        let sealed = try vault.seal(text, for: Self.place(principal.account))
        try await database.write { [ambient] tx in
            guard let account = try AccountStore(tx).find(principal.account, town: principal.town) else { throw NotFound() }
            guard account.totpSecret == nil else { throw Conflict("second-factor-on") }
            try AccountStore(tx).setTOTP(sealed, step: step, of: account)
            try AuditTrail(tx).record(
                "account.second-factor", by: principal, town: principal.town, subject: account.id.description, ambient: ambient)
        }
    }

    /// A secret of 20 random letters and digits: 119 bits, and valid text wherever it is kept.
    package func newSecret() -> [UInt8] {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        return ambient.bytes(20).map { letters[Int($0 & 63)] }
    }
}
