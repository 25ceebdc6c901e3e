import Kernel

/// Which categories come up where and when: what a town reports in a year, roughly.
struct Occasions: Sendable {
    private let homes = Weighted<String>([
        ("0101", 90), ("0102", 4), ("0103", 22), ("0104", 40), ("0105", 60), ("0106", 18), ("0201", 140), ("0202", 45),
        ("0203", 40),
        ("0204", 45), ("0205", 22), ("0206", 14), ("0207", 16), ("0301", 4), ("0303", 60), ("0304", 22), ("0305", 12),
        ("0306", 40),
        ("0401", 45), ("0402", 4), ("0403", 5), ("0404", 10), ("0405", 10), ("0501", 8), ("0502", 40), ("0503", 30), ("0601", 12),
        ("0602", 12), ("0603", 5), ("0604", 8), ("0605", 70), ("0801", 3), ("0802", 12), ("0803", 12), ("0901", 20), ("1001", 20),
    ])
    private let firms = Weighted<String>([
        ("0103", 6), ("0104", 20), ("0105", 15), ("0201", 20), ("0301", 70), ("0302", 6), ("0303", 25), ("0403", 30),
        ("0503", 20),
        ("0701", 14), ("0702", 30), ("0703", 35), ("0901", 10), ("0605", 15),
    ])
    private let hospital = Weighted<String>([
        ("0101", 20), ("0103", 5), ("0104", 8), ("0201", 25), ("0303", 30), ("0306", 40), ("0703", 15), ("0605", 20),
        ("0802", 20), ("1001", 10),
    ])

    enum Surroundings: Sendable { case homes, firm, hospital }

    /// The code of a category; out of season it is drawn again a few times.
    func category(_ surroundings: Surroundings, month: Int, _ chance: inout Chance) -> String {
        let choices =
            switch surroundings {
            case .homes: homes
            case .firm: firms
            case .hospital: hospital
            }
        var code = choices.pick(&chance)
        for _ in 0..<5 where !chance.happens(Self.season(of: code, month: month)) { code = choices.pick(&chance) }
        return code
    }

    /// How often of a thousand times it stands as drawn.
    private static func season(of code: String, month: Int) -> Int {
        switch code {
        case "0901": (6...9).contains(month) ? 1000 : 15
        case "0105": (4...9).contains(month) ? 1000 : 550
        case "0104", "0204", "0205": (6...9).contains(month) ? 1000 : 500
        case "0604": (5...8).contains(month) ? 1000 : 250
        case "0801": month < 4 || month > 10 ? 1000 : 300
        case "0305": (4...9).contains(month) ? 1000 : 400
        default: 1000
        }
    }

    /// How busy a day is beside others: summer more, February and Sundays less.
    static func weight(of day: Day) -> Int {
        let months = [0, 80, 60, 90, 95, 105, 115, 125, 125, 110, 95, 95, 90]
        let week = [0, 110, 105, 100, 100, 105, 85, 75]
        return months[day.month] * week[day.weekday]
    }
}
