package import Directory
package import Kernel

/// Which household of each grid has the highest total of a month (F52). Pure.
package enum MonthRules {
    /// With how many points a household begins every round; a round it was not seen in counts nothing.
    package static let perRound = 100

    package struct Candidate: Sendable, Hashable {
        package let household: ID<Household>
        package let grid: ID<GridNode>
        /// Over all rounds of the month: 100 less what was deducted, never below 0.
        package let score: Int
        package let wins: Int
        /// Flags in the twelve months before.
        package let flags: Int

        package init(household: ID<Household>, grid: ID<GridNode>, score: Int, wins: Int, flags: Int) {
            self.household = household
            self.grid = grid
            self.score = score
            self.wins = wins
            self.flags = flags
        }
    }

    package struct Prize: Sendable, Hashable {
        package let household: ID<Household>
        package let grid: ID<GridNode>
        package let score: Int
        package let reason: TieReason
        package let hasFlag: Bool
    }

    /// One household a grid: the highest total; among equals fewest flags in the last twelve months, because the flag travels; then most
    /// wins in the month; then by lot. With the flag for the whole village, the best of these by the same order has it.
    package static func prizes(among candidates: [Candidate], flag: FlagScope, seed: String) -> [Prize] {
        let byGrid = Dictionary(grouping: candidates, by: \.grid)
        let best = byGrid.keys.sorted().compactMap { grid -> (Candidate, TieReason)? in
            let order = sorted(byGrid[grid, default: []], seed)
            guard let first = order.first else { return nil }
            return (first, order.count > 1 ? reason(first, before: order[1]) : .unopposed)
        }
        let top = sorted(best.map(\.0), seed).first
        return best.map { candidate, reason in
            Prize(
                household: candidate.household, grid: candidate.grid, score: candidate.score, reason: reason,
                hasFlag: flag == .perGrid || candidate == top)
        }
    }

    /// Only the two best are ever asked for, so only those who tie for the top draw lots.
    private static func sorted(_ candidates: [Candidate], _ seed: String) -> [Candidate] {
        func key(_ candidate: Candidate) -> (Int, Int, Int) { (-candidate.score, candidate.flags, -candidate.wins) }
        guard let top = candidates.map(key).min(by: <) else { return [] }
        let equals = candidates.filter { key($0) == top }.map { ($0, DrawRules.ticket(seed, $0.household.description)) }
            .sorted { $0.1 < $1.1 }.map(\.0)
        guard equals.count == 1, let next = candidates.filter({ key($0) != top }).min(by: { key($0) < key($1) }) else {
            return equals
        }
        return equals + [next]
    }

    private static func reason(_ winner: Candidate, before loser: Candidate) -> TieReason {
        if winner.score != loser.score { return .score }
        if winner.flags != loser.flags { return .flags }
        return winner.wins != loser.wins ? .moreWins : .lot
    }
}
