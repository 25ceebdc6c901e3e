import Kernel
import Media
import Web

/// One's own account.
struct AccountPage: Page {
    static let template = "identity-account"

    struct PostLine: Sendable {
        let post: String
    }

    struct SessionLine: Sendable {
        let device: String
        let seenWords: String
    }

    let name: String
    let login: String
    let posts: [PostLine]
    let passwordWords: String
    let totpOn: Bool
    let totpRequired: Bool
    let mayEnrol: Bool
    let enrolling: Bool
    let secret: String?
    let seed: String?
    let qr: String?
    let sessions: [SessionLine]
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(
        _ call: Call, account: Account, policy: SecurityPolicy, sessions: [(address: String, agent: String, lastSeen: Instant)],
        secret: [UInt8]?, faults: [Fault], isOffice: Bool
    ) {
        let shown = ShownFaults(faults, call)
        name = account.name
        login = account.login
        posts = (call.principal?.post ?? "").split(separator: "、").map { PostLine(post: call.posts(String($0))) }
        let age = (call.now - account.passwordChangedAt).milliseconds / Span.days(1).milliseconds
        let key = age == 0 ? "identity.account.password-new" : "identity.account.password-age"
        passwordWords = call.text(key, ["age": String(age), "limit": String(policy.passwordDays)])
        totpOn = account.totpSecret != nil
        totpRequired = !totpOn && isOffice && policy.secondFactorForOffice
        enrolling = secret != nil
        mayEnrol = !totpOn && !enrolling
        self.secret = secret.map { TOTP.base32($0) }.map { base32 in
            stride(from: 0, to: base32.count, by: 4).map { String(base32.dropFirst($0).prefix(4)) }.joined(separator: " ")
        }
        seed = secret.map { String(decoding: $0, as: UTF8.self) }
        qr = secret.flatMap { QRCode(TOTP.link(secret: $0, login: account.login, issuer: "Jinlin \(call.visit.town.nameEn)")) }
            .map { $0.svg(label: call.text("identity.enrol.qr")) }
        self.sessions = sessions.map { session in
            SessionLine(
                device: Self.device(session.agent),
                seenWords: call.text("identity.account.seen", ["when": session.lastSeen.stamp(), "address": session.address]))
        }
        self.faults = shown.lines
        fault = shown.byField
    }

    /// The browser and system in a few words, from what the browser says of itself.
    static func device(_ agent: String) -> String {
        let systems = [
            ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
            ("Linux", "Linux"),
        ]
        let browsers = [
            ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
        ]
        let parts = [systems, browsers].compactMap { names in names.first { agent.contains($0.0) }?.1 }
        return parts.isEmpty ? "—" : parts.joined(separator: " · ")
    }
}

/// Where a page of accounts shows an account's state.
struct AccountState: Sendable {
    let words: String
    let colour: String

    init(_ account: Account, _ call: Call) {
        let standing = account.standing(at: call.now)
        words = call.text("identity.state.\(standing.rawValue)")
        colour =
            switch standing {
            case .disabled: "line"
            case .locked: "red"
            case .new: "amber"
            case .active: "green"
            }
    }
}

struct AccountsPage: Page {
    static let template = "identity-accounts"
    static let length = 50

    struct Line: Sendable {
        let href: String
        let name: String
        let login: String
        let posts: String
        let lastSeen: String
        let state: String
        let stateClass: String
        let totp: Bool
    }

    let mayCreate = true
    let text: String
    let filtered: Bool
    let accounts: [Line]
    let newest: String?
    let older: String?
    let export: String

    init(_ call: Call, accounts: [(Account, String)], text: String, after: String) {
        self.text = text
        filtered = !text.isEmpty
        self.accounts = accounts.prefix(Self.length).map { account, posts in
            let state = AccountState(account, call)
            return Line(
                href: "/accounts/\(account.id)", name: account.name, login: account.login, posts: call.posts(posts),
                lastSeen: account.lastSignIn?.stamp() ?? call.text("identity.accounts.never"), state: state.words,
                stateClass: state.colour,
                totp: account.totpSecret != nil)
        }
        let query = Form.query([("text", text)])
        newest = after.isEmpty ? nil : "/accounts?\(query)"
        export = "/office/exports/accounts" + (query.isEmpty ? "" : "?\(query)")
        older =
            accounts.count > Self.length
            ? "/accounts?" + Form.query([("text", text), ("after", accounts[Self.length - 1].0.login)]) : nil
    }
}

struct NewAccountPage: Page {
    static let template = "identity-account-edit"

    struct Role: Sendable {
        let value: String
        let label: String
        let about: String
        let on: Bool
    }

    let heading: String
    let existing = false
    let action = "/accounts/new"
    let request: String
    let name: String
    let login: String
    let person: String
    let roles: [Role]
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, faults: [Fault]) {
        let shown = ShownFaults(faults, call)
        heading = call.text("identity.edit.new")
        request = call.form["request"] ?? call.site.ambient.newID(AccountNode.self).description
        name = call.form["name"] ?? ""
        login = call.form["login"] ?? ""
        person = call.form["person"] ?? ""
        let chosen = call.form.all("role")
        roles = AccountRole.allCases.map { role in
            Role(
                value: role.rawValue, label: call.text("identity.role.\(role.rawValue)"),
                about: call.text("identity.role.\(role.rawValue).about"),
                on: chosen.contains(role.rawValue))
        }
        self.faults = shown.lines
        fault = shown.byField
    }
}

struct ShownAccountPage: Page {
    static let template = "identity-account-edit"
    let heading: String
    let existing = true
    let action: String
    let state: String
    let stateClass: String
    let lastSeen: String
    let login: String
    let posts: String
    let locked: Bool
    let totp: Bool
    let disabled: Bool
    let oneTimePassword: String?

    init(_ call: Call, account: Account, posts: String, password: String?) {
        let shown = AccountState(account, call)
        heading = account.name
        action = "/accounts/\(account.id)/changes"
        state = shown.words
        stateClass = shown.colour
        lastSeen = account.lastSignIn?.stamp() ?? call.text("identity.accounts.never")
        login = account.login
        self.posts = posts.isEmpty ? "—" : call.posts(posts)
        locked = Lockout.minutesLeft(account.failures, at: call.now) != nil
        totp = account.totpSecret != nil
        disabled = account.disabledAt != nil
        oneTimePassword = password
    }
}
