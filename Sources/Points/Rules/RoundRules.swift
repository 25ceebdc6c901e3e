package import Directory
package import Kernel
import Storage

/// By what a household came before the best one that was left out. The raw value is the last part of its word's key.
package enum TieReason: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// Fewer deductions in the round, or the higher total of the month.
    case score
    /// Fewer deductions earlier in the month.
    case month = "month-deductions"
    /// Not chosen as often in the month.
    case wins = "month-wins"
    /// Fewer flags in the twelve months before.
    case flags = "fewer-flags"
    /// Chosen more often in the month.
    case moreWins = "more-wins"
    /// By lot, with the recorded seed.
    case lot
    /// Nobody was left out.
    case unopposed
}

/// Whose households come out best in a round (F51). Pure.
package enum RoundRules {
    /// What is known of a household that was looked at.
    package struct Candidate: Sendable, Hashable {
        package let household: ID<Household>
        package let grid: ID<GridNode>
        package let deducted: Int
        /// In the earlier rounds of the month.
        package let deductedInMonth: Int
        package let winsInMonth: Int

        package init(household: ID<Household>, grid: ID<GridNode>, deducted: Int, deductedInMonth: Int, winsInMonth: Int) {
            self.household = household
            self.grid = grid
            self.deducted = deducted
            self.deductedInMonth = deductedInMonth
            self.winsInMonth = winsInMonth
        }
    }

    /// The best of each grid: fewest deductions in the round; among equals fewest in the month so far; then fewest wins in the month so
    /// far, so that it goes round; then by lot. Each is told by what it came before the best of those left out.
    package static func models(among candidates: [Candidate], count: Int, seed: String) -> [ModelHousehold] {
        let byGrid = Dictionary(grouping: candidates, by: \.grid)
        return byGrid.keys.sorted().flatMap { grid -> [ModelHousehold] in
            let order = sorted(byGrid[grid, default: []], seed)
            let left = order.count > count ? order[count] : nil
            return order.prefix(count).enumerated().map { index, candidate in
                ModelHousehold(
                    household: candidate.household, grid: grid, place: index + 1, deducted: candidate.deducted,
                    reason: left.map { reason(candidate, before: $0) } ?? .unopposed)
            }
        }
    }

    private static func key(_ candidate: Candidate) -> (Int, Int, Int) {
        (candidate.deducted, candidate.deductedInMonth, candidate.winsInMonth)
    }

    private static func sorted(_ candidates: [Candidate], _ seed: String) -> [Candidate] {
        // Lots are drawn only where they decide: a hash of every household of a large grid would cost more than the rest.
        let groups = Dictionary(grouping: candidates) { [$0.deducted, $0.deductedInMonth, $0.winsInMonth] }
        return groups.keys.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { key -> [Candidate] in
            let equals = groups[key, default: []]
            guard equals.count > 1 else { return equals }
            return equals.map { ($0, DrawRules.ticket(seed, $0.household.description)) }.sorted { $0.1 < $1.1 }.map(\.0)
        }
    }

    private static func reason(_ winner: Candidate, before loser: Candidate) -> TieReason {
        if winner.deducted != loser.deducted { return .score }
        if winner.deductedInMonth != loser.deductedInMonth { return .month }
        return winner.winsInMonth != loser.winsInMonth ? .wins : .lot
    }

    /// Whether somebody with these grants belongs to the grid that is to be inspected: a post on it or below it. A post above, such as
    /// the chief's, is not one of the grid's own.
    package static func isOwn(_ target: ID<GridNode>, _ scope: Scope, _ tree: GridTree) -> Bool {
        guard case .grids(let roots) = scope else { return false }
        return roots.contains { root in tree.path(root).contains { $0.id == target } }
    }
}
