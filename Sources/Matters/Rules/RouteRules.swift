package import Kernel

/// Which of the town's rules decides about a new matter, and who gets it (domain.md F19). Without one, it is as ``RoutingRules`` says.
package enum RouteRules {
    /// The first rule in the order of its numbers that is switched on and fits.
    package static func first(
        of rules: [RoutingRule], for occasion: RoutingOccasion, _ timing: ClockTiming
    ) -> RoutingRule? {
        rules.filter { fits($0, occasion, timing) }.min { $0.number < $1.number }
    }

    /// Whether all of a rule's conditions hold.
    package static func fits(_ rule: RoutingRule, _ occasion: RoutingOccasion, _ timing: ClockTiming) -> Bool {
        let day = occasion.at.day()
        return rule.isOn && (rule.category.isEmpty || occasion.category.hasPrefix(rule.category))
            && (rule.grid.map(occasion.path.contains) ?? true) && (rule.from.map { $0 <= day } ?? true)
            && (rule.to.map { day <= $0 } ?? true) && holds(rule.moment, at: occasion.at, timing)
    }

    /// Hours begin with their first minute and end before their last: 12:00 is no working time any more.
    package static func holds(_ moment: RoutingRule.Moment, at: Instant, _ timing: ClockTiming) -> Bool {
        let (hour, minute) = at.clock()
        let isWorkday = timing.calendar.isWorkday(at.day())
        let isWorking = isWorkday && timing.hours.spans.contains { $0.contains(hour * 60 + minute) }
        return switch moment {
        case .always: true
        case .workingHours: isWorking
        case .outsideHours: !isWorking
        case .night: hour >= 22 || hour < 6
        case .restDays: !isWorkday
        }
    }

    /// Where the matter starts by `rule`; without one, and where a unit is asked along, by its tier.
    package static func holder(_ rule: RoutingRule?, _ tier: Tier, path: [Rung]) -> Holder {
        switch rule?.target {
        case .levelThree: RoutingRules.nearest(atMost: 3, path)
        case .levelTwo: RoutingRules.nearest(atMost: 2, path)
        case .levelOne: RoutingRules.nearest(atMost: 1, path)
        case .town: .town
        case .unit, nil: RoutingRules.start(tier, path: path)
        }
    }
}
