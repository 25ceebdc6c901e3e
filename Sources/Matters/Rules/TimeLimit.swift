package import Storage

/// How long something may take, as domain.md §5 writes it: `4h` working hours, `3d` working days, `24U` hours around the clock. 时限
package struct TimeLimit: Hashable, Sendable, CustomStringConvertible, SQLValue {
    package enum Unit: Character, Sendable, CaseIterable {
        /// 工作时.
        case workingHours = "h"
        /// 工作日.
        case workingDays = "d"
        /// 紧急工作时, day and night.
        case hours = "U"
    }

    /// Tenths of the unit: `0.5U` is 5. Days are whole.
    package let tenths: Int
    package let unit: Unit

    /// Nil unless above 0 and below 1,000, with at most one decimal place.
    package init?(_ text: some StringProtocol) {
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        guard let unit = text.last.flatMap(Unit.init), (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }), parts[0].utf8.count <= 3,
            let whole = Int(parts[0]),
            let tenth = parts.count == 2 && parts[1].utf8.count == 1 ? Int(parts[1]) : parts.count == 1 ? 0 : nil
        else { return nil }
        self.init(tenths: whole * 10 + tenth, unit)
    }

    package init?(tenths: Int, _ unit: Unit) {
        guard (1..<10_000).contains(tenths), unit != .workingDays || tenths % 10 == 0 else { return nil }
        self.init(known: tenths, unit)
    }

    private init(known tenths: Int, _ unit: Unit) { (self.tenths, self.unit) = (tenths, unit) }

    /// All that was handled is asked about within two working days (domain.md §5).
    package static let twoDays = TimeLimit(known: 20, .workingDays)
    /// What a unit outside the grids has to say whether it takes a task, and for the task, unless the town says otherwise.
    package static let oneDay = TimeLimit(known: 10, .workingDays)
    package static let threeDays = TimeLimit(known: 30, .workingDays)

    /// The hotline's (domain.md §2.12).
    package static let fiveDays = TimeLimit(known: 50, .workingDays)
    package static let twentyFourHours = TimeLimit(known: 240, .hours)

    package var isAroundTheClock: Bool { unit == .hours }
    /// The number alone: `0.5`, `3`.
    package var amount: String { tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)" }
    package var description: String { amount + String(unit.rawValue) }

    package var stored: StoredValue { .text(description) }
    package init?(stored: StoredValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}
