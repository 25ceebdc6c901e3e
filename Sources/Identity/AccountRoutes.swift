import Kernel
import Media
import Storage
import Web

/// One's own account: who I am here, my sessions, my password, my second factor.
extension IdentityRoom {
    var accountRoutes: [Route] {
        [
            Route(.get, IdentityPath.account, .signedIn, handle: account),
            Route(.get, IdentityPath.password, .signedIn) { call in call.page(try await passwordPage(call, [])) },
            Route(.post, IdentityPath.password, .signedIn, bodyLimit: 16_384, perMinute: 20, handle: changePassword),
            Route(.get, IdentityPath.secondFactor, .signedIn) { call in
                call.page(
                    try await accountPage(
                        call, secret: EnrolSecondFactor(database: database, ambient: ambient, vault: vault).newSecret(), []))
            },
            Route(.post, IdentityPath.secondFactor, .signedIn, bodyLimit: 16_384, perMinute: 20, handle: enrol),
            Route(.post, "/account/sessions/ending", .signedIn, bodyLimit: 16_384, handle: endOtherSessions),
        ]
    }

    private func account(_ call: Call) async throws -> Answer { call.page(try await accountPage(call, secret: nil, [])) }

    private func passwordPage(_ call: Call, _ faults: [Fault]) async throws -> PasswordPage {
        let principal = try call.signedIn()
        let (account, policy) = try await database.read { tx in
            (try AccountStore(tx).find(principal.account, town: principal.town), try AccountStore(tx).policy(of: principal.town))
        }
        guard let account else { throw NotFound() }
        return PasswordPage(call, account: account, policy: policy, faults: faults)
    }

    private func changePassword(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        do {
            try await ChangePassword(database: database, ambient: ambient)(
                current: call.form["current"] ?? "", new: call.form["password"] ?? "", repeated: call.form["again"] ?? "",
                by: principal,
                session: call.cookies[Site.sessionCookie])
            return call.done(Answer.localPath(call.form["next"]) ?? IdentityPath.account, flash: "identity.password.done")
        } catch let invalid as Invalid {
            return call.page(try await passwordPage(call, invalid.faults), status: 422)
        }
    }

    private func enrol(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let secret = Array((call.form["secret"] ?? "").utf8)
        guard secret.count == 20 else { throw Malformed("no-secret") }
        do {
            try await EnrolSecondFactor(database: database, ambient: ambient, vault: vault)(
                secret: secret, code: call.form["code"] ?? "", by: principal)
            return call.done(IdentityPath.account, flash: "identity.account.factor-done")
        } catch let invalid as Invalid {
            return call.page(try await accountPage(call, secret: secret, invalid.faults), status: 422)
        }
    }

    private func endOtherSessions(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let own = call.cookies[Site.sessionCookie]
        try await database.write { [ambient] tx in
            try SessionStore(tx).endAll(of: principal.account, town: principal.town, but: own)
            try AuditTrail(tx).record(
                "session.end-others", by: principal, town: principal.town, subject: principal.account.description,
                ambient: ambient)
        }
        return call.done(IdentityPath.account, flash: "identity.account.sessions-ended")
    }

    /// - Parameter secret: a second factor being set up.
    private func accountPage(_ call: Call, secret: [UInt8]?, _ faults: [Fault]) async throws -> AccountPage {
        let principal = try call.signedIn()
        let (account, sessions, policy) = try await database.read { tx in
            (
                try AccountStore(tx).find(principal.account, town: principal.town),
                try SessionStore(tx).list(of: principal.account, town: principal.town),
                try AccountStore(tx).policy(of: principal.town)
            )
        }
        guard let account else { throw NotFound() }
        return AccountPage(
            call, account: account, policy: policy, sessions: sessions, secret: account.totpSecret == nil ? secret : nil,
            faults: faults,
            isOffice: findPrincipal.isOffice(principal))
    }
}
