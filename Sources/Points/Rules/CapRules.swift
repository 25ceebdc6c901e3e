package import Kernel

/// The spans of time a cap is set for.
package enum CapPeriod: String, Sendable, Hashable, CaseIterable {
    case day, week, month, year

    /// The first and the last day of the span that `day` lies in; weeks begin on Monday.
    package func term(around day: Day) -> (from: Day, to: Day) {
        switch self {
        case .day: return (day, day)
        case .week:
            let monday = day.adding(days: 1 - day.weekday)
            return (monday, monday.adding(days: 6))
        case .month:
            let first = day.adding(days: 1 - day.day)
            return (first, first.adding(days: Day.length(ofMonth: day.month, year: day.year) - 1))
        case .year:
            let first = Day(year: day.year, month: 1, day: 1) ?? day
            return (first, Day(year: day.year, month: 12, day: 31) ?? day)
        }
    }
}

/// How caps are applied to one award. Pure.
package enum CapRules {
    /// What an award comes to, and the cap that made it less than was asked.
    package struct Grant: Sendable, Hashable {
        package let points: Int
        package let limit: CapPeriod?

        package init(points: Int, limit: CapPeriod?) {
            self.points = points
            self.limit = limit
        }
    }

    /// As much of `asked` as the tightest cap leaves; of equally tight ones the longest span is named, because it opens last.
    /// - Parameters:
    ///   - asked: above 0.
    ///   - taken: what the household has been given under the same rule within each span, taken-back entries left out.
    package static func grant(_ asked: Int, under caps: PointCaps, taken: [CapPeriod: Int]) -> Grant {
        var grant = Grant(points: asked, limit: nil)
        for period in CapPeriod.allCases {
            guard let cap = caps[period] else { continue }
            let left = max(0, cap - taken[period, default: 0])
            if left < grant.points || (left == grant.points && grant.limit != nil) { grant = Grant(points: left, limit: period) }
        }
        return grant
    }
}
