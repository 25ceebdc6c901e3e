package import Kernel

/// What stands out between the teams of a round, for the chief to look at: it decides nothing by itself (peers.md §7: 人情分). Pure.
package enum OutlierRules {
    /// One team's sheet in figures.
    package struct Team: Sendable, Hashable {
        package let team: ID<GridNode>
        package let target: ID<GridNode>
        package let seen: Int
        package let deducted: Int
        /// Whether every household seen got the same.
        package let isUniform: Bool

        package init(team: ID<GridNode>, target: ID<GridNode>, seen: Int, deducted: Int, isUniform: Bool) {
            self.team = team
            self.target = target
            self.seen = seen
            self.deducted = deducted
            self.isUniform = isUniform
        }

        /// Deductions a household, in hundredths of a point.
        package var mean: Int { seen == 0 ? 0 : deducted * 100 / seen }
    }

    /// The raw value is the last part of its word's key.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case strict, lenient, uniform, unseen
    }

    package struct Finding: Sendable, Hashable {
        package let team: Team
        package let kind: Kind
        /// The other teams' deductions a household, in hundredths of a point.
        package let others: Int
    }

    /// - A team is strict or lenient when its mean differs from the other teams' by one whole point or more and by more than half of the
    ///   larger of the two.
    /// - A sheet is uniform when five households or more all got the same, though not all nothing wrong, or when the other teams' did not.
    /// - A sheet is unseen when fewer than half of `expected` were looked at.
    package static func findings(_ teams: [Team], expected: [ID<GridNode>: Int]) -> [Finding] {
        teams.flatMap { team -> [Finding] in
            let rest = teams.filter { $0.team != team.team && $0.seen > 0 }
            let seen = rest.reduce(0) { $0 + $1.seen }
            let others = seen == 0 ? 0 : rest.reduce(0) { $0 + $1.deducted } * 100 / seen
            var kinds: [Kind] = []
            let (gap, larger) = (abs(team.mean - others), max(team.mean, others))
            if seen > 0, team.seen > 0, gap >= 100, gap * 2 > larger { kinds.append(team.mean > others ? .strict : .lenient) }
            if team.isUniform, team.seen >= 5, team.deducted > 0 || rest.contains(where: { !$0.isUniform }) {
                kinds.append(.uniform)
            }
            if team.seen * 2 < expected[team.target, default: 0] { kinds.append(.unseen) }
            return kinds.map { Finding(team: team, kind: $0, others: others) }
        }
    }
}
