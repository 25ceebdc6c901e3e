import Kernel
import Web

extension IdentityRoom {
    var signInRoutes: [Route] {
        [
            Route(.get, IdentityPath.signIn, .anyone) { call in
                if call.principal != nil { return .seeOther(Answer.localPath(call.query["next"]) ?? "/start") }
                return call.page(SignInPage(call, next: call.query["next"], faults: []))
            },
            Route(.post, IdentityPath.signIn, .anyone, bodyLimit: 16_384, perMinute: 60, handle: signIn),
            Route(.get, IdentityPath.code, .anyone) { call in
                call.page(SecondFactorPage(call, next: call.query["next"], faults: []))
            },
            Route(.post, IdentityPath.code, .anyone, bodyLimit: 16_384, perMinute: 30, handle: enterCode),
            Route(.post, "/sign-out", .anyone, bodyLimit: 16_384, handle: signOut),
        ]
    }

    private var signInUseCase: SignIn { SignIn(database: database, ambient: ambient, vault: vault, findPrincipal: findPrincipal) }

    private func signIn(_ call: Call) async throws -> Answer {
        let next = call.form["next"]
        do {
            let outcome = try await signInUseCase(
                .init(
                    login: call.form["login"] ?? "", password: call.form["password"] ?? "",
                    kind: call.form["phone"] == nil ? .web : .phone,
                    address: call.address, agent: call.headers("user-agent") ?? ""), town: call.town)
            switch outcome {
            case .signedIn(let token): return enter(call, token, next: next, keep: call.form["phone"] != nil)
            case .codeNeeded(let token):
                let query = Answer.localPath(next).map { "?" + Form.query([("next", $0)]) } ?? ""
                var answer = Answer.seeOther(IdentityPath.code + query)
                answer.setCookie(
                    SetCookie(Site.sessionCookie, token, maxAge: call.form["phone"] == nil ? nil : 600), secure: call.site.secure)
                return answer
            }
        } catch let invalid as Invalid {
            return call.page(SignInPage(call, next: next, faults: invalid.faults), status: 422)
        }
    }

    private func enterCode(_ call: Call) async throws -> Answer {
        guard let session = call.cookies[Site.sessionCookie] else { return .seeOther(IdentityPath.signIn) }
        do {
            let token = try await signInUseCase.code(
                call.form["code"] ?? "", session: session, town: call.town, address: call.address,
                agent: call.headers("user-agent") ?? "")
            return enter(call, token, next: call.form["next"], keep: true)
        } catch let invalid as Invalid {
            return call.page(SecondFactorPage(call, next: call.form["next"], faults: invalid.faults), status: 422)
        } catch is Unauthenticated {
            return .seeOther(IdentityPath.signIn)
        }
    }

    private func signOut(_ call: Call) async throws -> Answer {
        if let session = call.cookies[Site.sessionCookie] {
            try await signInUseCase.out(session: session, by: call.principal, town: call.town)
        }
        var answer = Answer.seeOther("/")
        answer.setCookie(SetCookie(Site.sessionCookie, "", maxAge: 0), secure: call.site.secure)
        return answer
    }

    private func enter(_ call: Call, _ token: String, next: String?, keep: Bool) -> Answer {
        var answer = Answer.seeOther(Answer.localPath(next) ?? "/start")
        answer.setCookie(SetCookie(Site.sessionCookie, token, maxAge: keep ? 30 * 86_400 : nil), secure: call.site.secure)
        return answer
    }
}
