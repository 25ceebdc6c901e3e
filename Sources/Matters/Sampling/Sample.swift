package import Kernel

/// Closed matters of one unit and one month that the level above looks at again 抽查.
package struct Sample: Hashable, Sendable {
    /// What was found of one of them.
    package struct Finding: Hashable, Sendable {
        package let satisfied: Bool
        package let way: FollowUpWay
        package let words: String
        package let at: Instant
        package let actor: MatterEvent.Actor
    }

    package struct Line: Hashable, Sendable {
        package let matter: ID<Matter>
        package let position: Int
        package var finding: Finding?
    }

    /// Made by whoever draws, so that a retry draws once.
    package let id: ID<Sample>
    package let unit: ID<GridNode>
    package let month: SampleMonth
    package let percent: Int
    /// How many were closed then, of which it was drawn.
    package let eligible: Int
    package let seed: String
    package let at: Instant
    package let actor: MatterEvent.Actor
    package var lines: [Line]

    package var satisfiedPercent: Int? { SampleRules.satisfiedPercent(lines.compactMap { $0.finding?.satisfied }) }
}
