package import Directory
package import Kernel

/// What a sheet may say. Pure.
package enum SheetRules {
    /// The same thing more often than this at one door is a slip of the finger.
    package static let timesLimit = 9

    /// What a team sends of one household.
    package struct Line: Sendable, Hashable {
        package let household: ID<Household>
        package let seen: Bool
        package let items: [String: Int]

        package init(household: ID<Household>, seen: Bool, items: [String: Int]) {
            self.household = household
            self.seen = seen
            self.items = items
        }
    }

    /// The scores of a sheet, by the lines of the round's own rule set, or everything that is wrong with it.
    /// - Parameters:
    ///   - known: the households of the grid that is inspected.
    ///   - own: the household of whoever scores, which somebody else must.
    package static func scores(
        _ lines: [Line], by set: RuleSet, known: Set<ID<Household>>, own: Set<ID<Household>>
    ) throws(Invalid) -> [HouseholdScore] {
        let prices = Dictionary(set.rules.filter { $0.use == .inspection }.map { ($0.code, abs($0.points)) }) { first, _ in first
        }
        var validation = Validation()
        var met: Set<ID<Household>> = []
        validation.check(lines.contains(where: \.seen), at: "/scores", "nobody-seen")
        let scores = lines.enumerated().map { index, line in
            let pointer = "/scores/\(index)"
            validation.check(known.contains(line.household), at: "\(pointer)/household", "household-elsewhere")
            validation.check(met.insert(line.household).inserted, at: "\(pointer)/household", "household-twice")
            validation.check(!line.seen || !own.contains(line.household), at: "\(pointer)/household", "own-household")
            validation.check(line.seen || line.items.isEmpty, at: "\(pointer)/seen", "unseen-scored")
            for (code, times) in line.items {
                validation.check(prices[code] != nil, at: "\(pointer)/items", "rule-unknown")
                validation.check(
                    (1...timesLimit).contains(times), at: "\(pointer)/items", "times-out-of-range", ["limit": String(timesLimit)])
            }
            let deducted = line.items.reduce(0) { $0 + prices[$1.key, default: 0] * min(max($1.value, 0), timesLimit) }
            return HouseholdScore(household: line.household, seen: line.seen, deducted: deducted, items: line.items)
        }
        try validation.finish()
        return scores
    }
}
