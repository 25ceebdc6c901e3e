/// What stands between the fields of a text file.
enum CSVDialect {
    static let delimiters: [UInt8] = [UInt8(ascii: ","), 9, UInt8(ascii: ";"), UInt8(ascii: "|")]

    /// The delimiter that stands most evenly in the first lines, outside quotation marks; a comma when none does.
    /// `sep=;` on the first line, as Excel reads it, decides by itself.
    static func delimiter(in start: [UInt8]) -> (delimiter: UInt8, skipping: Int) {
        if start.count > 5, start.starts(with: "sep=".utf8), start[5] == 13 || start[5] == 10 {
            return (start[4], start[5] == 13 && start.count > 6 && start[6] == 10 ? 7 : 6)
        }
        let counts = counts(in: start)
        let best = delimiters.max { score(counts[$0] ?? []) < score(counts[$1] ?? []) }
        return (best.flatMap { score(counts[$0] ?? []) > 0 ? $0 : nil } ?? delimiters[0], 0)
    }

    /// How often each delimiter stands in each of the first lines.
    private static func counts(in start: [UInt8]) -> [UInt8: [Int]] {
        var counts = Dictionary(uniqueKeysWithValues: delimiters.map { ($0, [0]) })
        var (isQuoted, lines) = (false, 1)
        for byte in start {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == 10 {
                lines += 1
                if lines > 40 { break }
                for delimiter in delimiters { counts[delimiter, default: []].append(0) }
            } else if !isQuoted, let line = counts[byte]?.indices.last {
                counts[byte]?[line] += 1
            }
        }
        return counts
    }

    /// The number of lines that agree with the commonest number above nought, times that number.
    private static func score(_ counts: [Int]) -> Int {
        let tally = Dictionary(grouping: counts.filter { $0 > 0 }) { $0 }.mapValues(\.count)
        guard let (number, lines) = tally.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return 0 }
        return lines * 100 + min(number, 99)
    }
}
