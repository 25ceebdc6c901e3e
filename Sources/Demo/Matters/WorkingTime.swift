import Kernel

/// When people report and when the staff act: by day, except where life is at risk.
enum WorkingTime {
    /// Some minutes after `instant`; in the night that is the next morning, unless it cannot wait.
    static func after(_ instant: Instant, minutes: ClosedRange<Int>, isUrgent: Bool, _ chance: inout Chance) -> Instant {
        let due = instant + .minutes(Int64(chance.within(minutes)))
        let (hour, day) = (due.clock().hour, due.day())
        if isUrgent || (8..<18).contains(hour) { return due }
        let morning = (hour < 8 ? day : day.adding(days: 1)).instant(hour: 8, minute: 5)
        return morning + .minutes(Int64(chance.within(0...170)))
    }

    /// A time of the day at which somebody reports.
    static func report(on day: Day, _ chance: inout Chance) -> Instant {
        hours.pick(&chance).at(day) + .seconds(Int64(chance.within(0...3599)))
    }

    private struct Hour: Sendable {
        let hour: Int
        func at(_ day: Day) -> Instant { day.instant(hour: hour) }
    }
    private static let hours = Weighted(
        [0, 0, 0, 0, 0, 2, 15, 40, 85, 95, 90, 70, 45, 45, 65, 80, 80, 75, 70, 85, 80, 50, 20, 6].enumerated().map {
            (Hour(hour: $0), $1)
        })
}
