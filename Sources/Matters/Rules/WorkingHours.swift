package import Kernel

/// The hours of a working day in which working time runs. 08:00–12:00 and 14:30–17:30 unless the town says otherwise. 工作时
package struct WorkingHours: Hashable, Sendable, CustomStringConvertible {
    /// Minutes after midnight, in order, apart from one another.
    package let spans: [Range<Int>]

    package static let standard = WorkingHours(spans: [480..<720, 870..<1050])

    private init(spans: [Range<Int>]) { self.spans = spans }

    /// Reads `08:00-12:00 14:30-17:30`: one to four spans within the day, in order, each with some minutes. Nil for anything else.
    package init?(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard (1...4).contains(words.count) else { return nil }
        var (spans, last) = ([Range<Int>](), -1)
        for word in words {
            let ends = word.replacing("–", with: "-").split(separator: "-").compactMap(Self.minute)
            guard ends.count == 2, ends[0] > last, ends[0] < ends[1] else { return nil }
            spans.append(ends[0]..<ends[1])
            last = ends[1]
        }
        self.spans = spans
    }

    /// How much working time a whole working day has.
    package var length: Span { .minutes(Int64(spans.reduce(0) { $0 + $1.count })) }

    package var description: String {
        spans.map { "\(Self.clock($0.lowerBound))-\(Self.clock($0.upperBound))" }.joined(separator: " ")
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) }), let hour = Int(parts[0]),
            let minute = Int(parts[1]),
            (0...59).contains(minute), hour >= 0, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }

    private static func clock(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
