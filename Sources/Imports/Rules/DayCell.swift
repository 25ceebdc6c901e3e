import Kernel
import Spreadsheets

/// Days as villages write them. Pure.
enum DayCell {
    /// Days before this one are mistakes: nobody alive was born earlier.
    static let earliest = 1880
    static let latest = 2100

    /// - Throws: ``Invalid`` for what is no day, and for one of which the month or the day is missing.
    static func read(_ cell: Cell) throws(Invalid) -> String {
        let day: Day
        switch cell {
        case .day(let found): day = found
        case .number(let number): day = try self.day(number)
        default: day = try self.day(cell.shown)
        }
        guard (earliest...latest).contains(day.year) else { throw Invalid("", "day-unlikely") }
        return day.description
    }

    /// 19491231 written as a number, or a count of days whose format was lost.
    private static func day(_ number: Double) throws(Invalid) -> Day {
        guard number.rounded(.down) >= 1, number < 1e9 else { throw Invalid("", "not-a-date") }
        let whole = Int(number)
        if whole >= 10_000_000 { return try day(String(whole)) }
        // A bare year, 1949, is not the 2nd of May 1905.
        if (earliest...latest).contains(whole) { throw Invalid("", "day-incomplete") }
        guard let day = DateSerial.day(number, .from1900) else { throw Invalid("", "not-a-date") }
        return day
    }

    /// 2022-08-31, 2022/8/31, 2022.8.31, 20220831, 2022年8月31日, each with or without a time of day.
    private static func day(_ text: String) throws(Invalid) -> Day {
        let plain = PlainCharacters.narrow(text).trimmed
        let parts = plain.split { !$0.isNumber }.map(String.init)
        guard let first = parts.first, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
            throw Invalid("", "not-a-date")
        }
        if first.utf8.count == 8, parts.count == 1 || plain.contains(":") {
            return try make(String(first.prefix(4)), String(first.dropFirst(4).prefix(2)), String(first.suffix(2)))
        }
        guard first.utf8.count == 4 else { throw Invalid("", "not-a-date") }
        guard parts.count >= 3 else {
            throw Invalid("", parts.count == 2 || plain.contains("年") || plain == first ? "day-incomplete" : "not-a-date")
        }
        guard parts[1].utf8.count <= 2, parts[2].utf8.count <= 2, isSeparated(plain) else { throw Invalid("", "not-a-date") }
        return try make(first, parts[1], parts[2])
    }

    /// Whether only the usual signs stand between the numbers.
    private static func isSeparated(_ text: String) -> Bool {
        text.allSatisfy { $0.isNumber || $0.isWhitespace || "-/.年月日号:T时分秒".contains($0) }
    }

    private static func make(_ year: String, _ month: String, _ day: String) throws(Invalid) -> Day {
        guard let year = Int(year), let month = Int(month), let number = Int(day),
            let day = Day(year: year, month: month, day: number)
        else {
            throw Invalid("", "not-a-date")
        }
        return day
    }
}
