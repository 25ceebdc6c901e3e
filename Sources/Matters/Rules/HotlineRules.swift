package import Kernel

/// The hotline's own clock, beside the matter's (domain.md §2.12): an order is taken in within 24 hours around the clock and answered
/// within five working days, unless the order itself names another time.
package enum HotlineRules {
    package static let takeWithin = TimeLimit.twentyFourHours
    package static let replyWithin = TimeLimit.fiveDays

    /// An order's number as it is kept: letters, digits and hyphens, in capitals; nil for anything else.
    package static func number(_ text: String) -> String? {
        let number = text.trimmed.uppercased()
        let isPlain = number.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || $0 == 45 }
        return !number.isEmpty && number.utf8.count <= HotlineOrder.numberLimit && isPlain ? number : nil
    }

    /// The clocks of taking in and of answering, as of `now`.
    package static func clocks(_ order: HotlineOrder, _ timing: ClockTiming, at now: Instant) -> [MatterClock] {
        let limits = ClockLimits(respond: takeWithin, finish: order.replyWithin, followUp: nil)
        let facts =
            [ClockFact(.reported, at: order.receivedAt), ClockFact(.responded, at: order.takenAt)]
            + (order.repliedAt.map { [ClockFact(.handled, at: $0)] } ?? [])
        return ClockRules.clocks(limits, facts, timing, at: now)
    }

    /// By when an order that was handed over at `received` is to be answered.
    package static func due(_ limit: TimeLimit, from received: Instant, _ timing: ClockTiming) -> Instant {
        timing.moment(limit.isAroundTheClock, after: timing.budget(limit, from: received), from: received)
    }

    /// How an order stands: answered in time or late; open, soon due or late.
    package enum Standing: String, Sendable, CaseIterable {
        case open, soon, late
        case answered
        case answeredLate = "answered-late"
    }

    package static func standing(_ order: HotlineOrder, _ timing: ClockTiming, at now: Instant) -> Standing {
        let clock = clocks(order, timing, at: now).last { $0.kind == .finish }
        let isLate = clock?.isBreached ?? false
        guard order.repliedAt == nil else { return isLate ? .answeredLate : .answered }
        if isLate { return .late }
        return clock?.marks.contains { $0.kind == .warning && $0.at < now } ?? false ? .soon : .open
    }
}
