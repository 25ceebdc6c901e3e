extension Instant {
    /// Reads an RFC 3339 time with its zone, such as `2026-08-01T10:03:04.5+08:00`; nil for anything else, also for
    /// 30 February and 25 o'clock, which Foundation would carry over. Digits beyond the millisecond are dropped.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8.prefix(64))
        func number(_ start: Int, below limit: Int64) -> Int64? {
            guard bytes.count >= start + 2, let tens = Self.digit(bytes[start]), let ones = Self.digit(bytes[start + 1]) else {
                return nil
            }
            let number = tens * 10 + ones
            return number < limit ? number : nil
        }
        func isMark(_ place: Int, _ marks: String) -> Bool { place < bytes.count && marks.utf8.contains(bytes[place]) }

        guard text.utf8.count <= 64, let day = Day(String(decoding: bytes.prefix(10), as: UTF8.self)), isMark(10, "Tt "),
            let hour = number(11, below: 24), isMark(13, ":"), let minute = number(14, below: 60), isMark(16, ":"),
            let second = number(17, below: 60)
        else { return nil }

        var rest = 19
        var thousandths: Int64 = 0
        if isMark(19, ".") {
            let fraction = bytes[20...].prefix { Self.digit($0) != nil }
            guard !fraction.isEmpty else { return nil }
            rest = fraction.endIndex
            thousandths = (0..<3).reduce(0) { sum, place in
                sum * 10 + (fraction.dropFirst(place).first.flatMap(Self.digit) ?? 0)
            }
        }

        var offset: Int64 = 0
        if isMark(rest, "Zz") {
            rest += 1
        } else {
            guard isMark(rest, "+-"), let hours = number(rest + 1, below: 24), isMark(rest + 3, ":"),
                let minutes = number(rest + 4, below: 60)
            else { return nil }
            offset = (hours * 60 + minutes) * (bytes[rest] == UInt8(ascii: "-") ? -1 : 1)
            rest += 6
        }
        guard rest == bytes.count else { return nil }

        let minutes = (Int64(day.ordinal) * 24 + hour) * 60 + minute - offset
        self.init(milliseconds: (minutes * 60 + second) * 1000 + thousandths)
    }

    private static func digit(_ byte: UInt8) -> Int64? { (48...57).contains(byte) ? Int64(byte) - 48 : nil }
}
