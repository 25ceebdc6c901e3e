package import Kernel

/// What a password must be (等保 §8.1.4.1 a; figures from ``SecurityPolicy``).
package enum PasswordRules {
    /// Every way in which `password` is not good enough.
    /// - Parameter personal: words it must not contain: the login, the name, the phone number.
    package static func faults(of password: String, personal: [String], policy: SecurityPolicy, at pointer: String) -> [Fault] {
        var faults: [Fault] = []
        if password.count < policy.passwordLength {
            faults.append(Fault(pointer, "password-too-short", ["limit": String(policy.passwordLength)]))
        }
        // Argon2 would take any length; a limit keeps a hostile megabyte from costing anything.
        if password.utf8.count > 200 { faults.append(Fault(pointer, "too-long", ["limit": "200"])) }
        if classes(of: password) < policy.passwordClasses {
            faults.append(Fault(pointer, "password-too-simple", ["classes": String(policy.passwordClasses)]))
        }
        let folded = password.lowercased()
        if personal.contains(where: { $0.count >= 3 && folded.contains($0.lowercased()) }) {
            faults.append(Fault(pointer, "password-contains-name"))
        }
        return faults
    }

    /// How many of the four classes occur: lower case, upper case, digits, anything else.
    package static func classes(of password: String) -> Int {
        var found: Set<Int> = []
        for character in password {
            if character.isLowercase {
                found.insert(0)
            } else if character.isUppercase {
                found.insert(1)
            } else if character.isNumber {
                found.insert(2)
            } else {
                found.insert(3)
            }
        }
        return found.count
    }

    /// Whether a password of this age must be changed at the next sign-in.
    package static func isExpired(changedAt: Instant, now: Instant, policy: SecurityPolicy) -> Bool {
        now - changedAt > .days(Int64(policy.passwordDays))
    }
}
