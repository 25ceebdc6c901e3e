package import Directory
package import Kernel

/// Which of a village's two rule sets a household falls under. Pure.
package enum AudienceRules {
    /// By how the people of the household live there on the day: one registered person 户籍 or owner 业主 among them makes it a villagers'
    /// household; otherwise one tenant 租户 or floating person 流动人口 makes it a tenants' household (F58).
    /// - Returns: nil when nobody is known to live there on that day.
    package static func audience(of kinds: some Sequence<Residency.Kind>) -> Audience? {
        let kinds = Set(kinds)
        if !kinds.isDisjoint(with: [.registered, .owner]) { return .villagers }
        return kinds.isEmpty ? nil : .tenants
    }

    /// The version that binds on `day`: of those decided and begun, the one that began last; of two that began together, the later version.
    package static func inForce(_ versions: some Sequence<RuleSet>, on day: Day) -> RuleSet? {
        versions.filter { !$0.isDraft && ($0.from ?? day) <= day }.max {
            ($0.from ?? day, $0.version) < ($1.from ?? day, $1.version)
        }
    }
}
