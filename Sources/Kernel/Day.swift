package import Foundation

/// A civil day of the proleptic Gregorian calendar, without a zone. Stored as ISO `YYYY-MM-DD`, which sorts as it reads.
package struct Day: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Nil when there is no such day, such as 30 February, or when the year has not four digits.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, year: year) else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `YYYY-MM-DD`; nil for any other form.
    package init?(_ text: some StringProtocol) {
        var (numbers, part, place) = ([0, 0, 0], 0, 0)
        for byte in text.utf8 {
            switch (place, byte) {
            case (4, 0x2D), (7, 0x2D): part += 1
            case (4, _), (7, _), (10..., _): return nil
            case (_, 0x30...0x39): numbers[part] = numbers[part] * 10 + Int(byte - 0x30)
            default: return nil
            }
            place += 1
        }
        guard place == 10 else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// The day at `ordinal` days after 1970-01-01.
    ///
    /// The conversion counts in eras of 400 years starting on 1 March, so a leap day is the last of its year.
    package init(ordinal: Int) {
        let shifted = ordinal + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days after 1970-01-01.
    package var ordinal: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    package var weekday: Int { ((ordinal + 3) % 7 + 7) % 7 + 1 }

    package func adding(days: Int) -> Day { Day(ordinal: ordinal + days) }

    package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension TimeZone {
    /// The zone of every Chinese town.
    package static let china = TimeZone(identifier: "Asia/Shanghai") ?? .gmt
}

extension Day {
    /// The moment at which this day begins in `zone`.
    package func start(in zone: TimeZone = .china) -> Instant {
        let utc = Instant(milliseconds: Int64(ordinal) * 86_400_000)
        return utc - .seconds(Int64(zone.secondsFromGMT(for: utc.date)))
    }
}

extension Instant {
    /// A day and a time of day as forms send them, such as `2026-03-02` and `21:05`; nil for anything else.
    package init?(day: String, time: String, in zone: TimeZone = .china) {
        let parts = time.trimmed.split(separator: ":").compactMap { Int($0) }
        guard let day = Day(day.trimmed), parts.count >= 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
            return nil
        }
        self = day.start(in: zone) + .minutes(Int64(parts[0] * 60 + parts[1]))
    }

    /// The civil day on which this moment falls in `zone`.
    package func day(in zone: TimeZone = .china) -> Day {
        let local = milliseconds + Int64(zone.secondsFromGMT(for: date)) * 1000
        return Day(ordinal: Int(local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000))
    }

    /// Hour and minute on the clock of `zone`.
    package func clock(in zone: TimeZone = .china) -> (hour: Int, minute: Int) {
        let local = milliseconds + Int64(zone.secondsFromGMT(for: date)) * 1000
        let minutes = Int(((local % 86_400_000) + 86_400_000) % 86_400_000 / 60_000)
        return (minutes / 60, minutes % 60)
    }

    /// `2026-08-01 09:05` on the clock of `zone`: the form people read on every page.
    package func stamp(in zone: TimeZone = .china) -> String {
        let (hour, minute) = clock(in: zone)
        return "\(day(in: zone)) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
