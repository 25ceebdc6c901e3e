/// Ages in full years 周岁, as the law counts them.
package enum Age {
    /// How many full years somebody born on `birth` has at the beginning of `day`.
    ///
    /// The day of birth is not counted, so a year is full at the end of the birthday and the age holds from the day after; where the
    /// month has no such day, its last day takes the place (民法典 art. 201, 202: "没有对应日的，月末日为期间的最后日").
    package static func years(of birth: Day, on day: Day) -> Int {
        let years = day.year - birth.year
        return max(0, day > birthday(of: birth, in: day.year) ? years : years - 1)
    }

    /// The birthday in a year: of 29 February, in a common year, the 28th.
    package static func birthday(of birth: Day, in year: Int) -> Day {
        let last = Day.length(ofMonth: birth.month, year: year)
        return Day(year: year, month: birth.month, day: min(birth.day, last)) ?? birth
    }

    /// Whether a guardian consents for somebody born on `birth`: under fourteen (个人信息保护法 art. 31). Unknown births need none.
    package static func needsGuardian(bornOn birth: Day, on day: Day) -> Bool { years(of: birth, on: day) < 14 }
}
