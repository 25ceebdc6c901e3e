package import Kernel

/// What a line of a rule set may say. Pure.
package enum RuleRules {
    /// - Throws: ``Invalid`` with everything that is wrong.
    package static func check(_ rule: PointRule) throws(Invalid) {
        var validation = Validation()
        _ = validation.text(rule.nameZh, at: "/nameZh", limit: 40)
        _ = validation.text(rule.nameEn, at: "/nameEn", limit: 80)
        validation.check(isCode(rule.code), at: "/code", "code-form")
        validation.check(rule.points != 0 && abs(rule.points) <= 1000, at: "/points", "points-out-of-range", ["limit": "1000"])
        let sign = rule.use == .inspection ? rule.points < 0 : rule.use == .open || rule.points > 0
        validation.check(sign, at: "/points", rule.use == .inspection ? "must-deduct" : "must-award")
        for (field, cap) in [
            ("capDay", rule.caps.day), ("capWeek", rule.caps.week), ("capMonth", rule.caps.month), ("capYear", rule.caps.year),
        ] {
            validation.check(
                cap.map { (1...100_000).contains($0) } ?? true, at: "/\(field)", "points-out-of-range", ["limit": "100000"])
        }
        validation.check(
            rule.expiryMonths.map { (1...120).contains($0) } ?? true, at: "/expiry", "not-between",
            ["least": "1", "most": "120"])
        try validation.finish()
    }

    /// Small letters, digits and hyphens, 2 to 40.
    package static func isCode(_ text: String) -> Bool {
        (2...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}

extension PointRuleUse {
    /// Whether a set may have several lines of this use.
    package var isRepeatable: Bool { self == .open || self == .inspection }
}

extension PointRule {
    /// The same line of another set.
    func copied(as id: ID<PointRule>) -> PointRule {
        PointRule(
            id: id, code: code, domain: domain, nameZh: nameZh, nameEn: nameEn, points: points, caps: caps, evidence: evidence,
            approver: approver, use: use, expiryMonths: expiryMonths)
    }
}
