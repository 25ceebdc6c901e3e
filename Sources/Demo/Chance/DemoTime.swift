import Kernel

/// The days the demo town counts from. Everything happens before the day it is made, so the same day makes the same town.
struct DemoTime: Sendable {
    /// The day it is made; nothing has happened on it yet.
    let today: Day
    /// Since when the grids have stood: 1 March 2022, the spring before the article.
    let opened: Day
    /// When the town began to work with the product.
    let installed: Day

    init(now: Instant) {
        today = now.day()
        opened = min(Day(year: 2022, month: 3, day: 1) ?? today, today.adding(days: -900))
        installed = today.adding(days: -400)
    }

    /// The first moment of today: the end of everything that has happened.
    var end: Instant { today.instant(hour: 0) }
}

extension Day {
    /// That time of day in China, which has had no other than UTC+8 since 1991.
    func instant(hour: Int, minute: Int = 0) -> Instant {
        Instant(milliseconds: (Int64(ordinal) * 1440 + Int64(hour * 60 + minute) - 480) * 60_000)
    }
}
