package import Kernel

/// That two records were joined, and what moved. 合并记录
package struct PersonMerge: Sendable, Hashable {
    /// The ids of what moved from one record to the other.
    package struct Moved: Sendable, Hashable, Codable {
        package var stays: [String] = []
        package var marks: [String] = []
        package var memberships: [String] = []
        package var guardians: [String] = []
        package var children: [String] = []
    }

    package let id: ID<PersonMerge>
    package let kept: ID<PersonNode>
    package let gone: ID<PersonNode>
    package let at: Instant
    package let moved: Moved
    package let undoneAt: Instant?

    package init(
        id: ID<PersonMerge>, kept: ID<PersonNode>, gone: ID<PersonNode>, at: Instant, moved: Moved, undoneAt: Instant?
    ) {
        self.id = id
        self.kept = kept
        self.gone = gone
        self.at = at
        self.moved = moved
        self.undoneAt = undoneAt
    }
}
