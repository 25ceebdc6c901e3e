import Kernel
import Web

struct SignInPage: Page {
    static let template = "identity-sign-in"
    let next: String
    let login: String
    let phone: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, next: String?, faults: [Fault]) {
        let shown = ShownFaults(faults, call)
        self.next = next ?? ""
        login = call.form["login"] ?? ""
        phone = call.form["phone"] != nil
        self.faults = shown.lines
        fault = shown.byField
    }
}

struct SecondFactorPage: Page {
    static let template = "identity-second-factor"
    let next: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, next: String?, faults: [Fault]) {
        let shown = ShownFaults(faults, call)
        self.next = next ?? ""
        self.faults = shown.lines
        fault = shown.byField
    }
}

struct PasswordPage: Page {
    static let template = "identity-password"
    let next: String
    let login: String
    let reason: String?
    let rules: [String]
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, account: Account, policy: SecurityPolicy, faults: [Fault]) {
        let shown = ShownFaults(faults, call)
        next = call.query["next"] ?? call.form["next"] ?? ""
        login = account.login
        let days = (call.now - account.passwordChangedAt).milliseconds / Span.days(1).milliseconds
        if account.mustChangePassword {
            reason = call.text("identity.password.first")
        } else {
            let expired = PasswordRules.isExpired(changedAt: account.passwordChangedAt, now: call.now, policy: policy)
            reason = expired ? call.text("identity.password.expired", ["days": String(days)]) : nil
        }
        rules = [
            call.text("identity.password.rule-length", ["limit": String(policy.passwordLength)]),
            call.text("identity.password.rule-classes"),
            call.text("identity.password.rule-name"),
            call.text("identity.password.rule-reuse", ["count": String(policy.passwordHistory)]),
        ]
        self.faults = shown.lines
        fault = shown.byField
    }
}
