package import Kernel

/// What the law says of consents (个人信息保护法 art. 14–16, 31).
package enum ConsentRules {
    /// Whether consent for a purpose stands: its latest line says given.
    /// - Parameter entries: of one person, in any order.
    package static func holds(_ entries: [Consent], for purpose: String) -> Bool {
        entries.filter { $0.purpose == purpose }.max { ($0.at, $0.id) < ($1.at, $1.id) }?.act == .given
    }

    /// - Parameters:
    ///   - guardian: who consents for the person; nil when they do so themselves.
    ///   - guardians: who may.
    package static func faults(
        _ act: Consent.Act, birth: Day?, guardian: ID<PersonNode>?, guardians: Set<ID<PersonNode>>, holds: Bool, today: Day
    ) -> [Fault] {
        var validation = Validation()
        let isChild = birth.map { Age.needsGuardian(bornOn: $0, on: today) } ?? false
        if isChild, act == .given { validation.check(guardian != nil, at: "/guardian", "guardian-needed") }
        if let guardian { validation.check(guardians.contains(guardian), at: "/guardian", "not-a-guardian") }
        validation.check(act == .given || holds, at: "/act", "nothing-to-withdraw")
        return validation.faults
    }
}
