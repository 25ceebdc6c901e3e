package import Kernel

/// How a town counts, besides its calendar. Changing it makes a new edition; none is ever deleted. 计时规则
package struct ClockSetting: Hashable, Sendable {
    /// 0 as the product ships it.
    package let edition: Int
    package let hours: WorkingHours
    /// How long after the work somebody must have asked again.
    package let followUp: TimeLimit
    /// A warning comes when so much of the time is used, in percent.
    package let warnPercent: Int

    package static let standard = ClockSetting(edition: 0, hours: .standard, followUp: .twoDays, warnPercent: 75)

    package init(edition: Int, hours: WorkingHours, followUp: TimeLimit, warnPercent: Int) {
        (self.edition, self.hours, self.followUp, self.warnPercent) = (edition, hours, followUp, warnPercent)
    }

    package func timing(_ calendar: WorkingCalendar) -> ClockTiming {
        ClockTiming(calendar: calendar, hours: hours, warnPercent: Int64(warnPercent))
    }

    package func limits(respond: TimeLimit?, finish: TimeLimit?) -> ClockLimits {
        ClockLimits(respond: respond, finish: finish, followUp: followUp)
    }
}
