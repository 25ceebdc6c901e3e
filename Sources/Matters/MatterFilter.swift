package import Kernel

/// Which matters a list shows, within what its reader may see.
package struct MatterFilter: Hashable, Sendable {
    package var isOpen = true
    package var stage: MatterStage?
    package var category: String?
    /// A piece of the words or the spot; white space at its ends does not count.
    package var text = ""
    /// Only what is late, due by the end of today, or on the ledger; counts for open matters.
    package var due: Due?
    package var tier: Tier?
    package var channel: Channel?
    /// Reported at this time or later, and before that one.
    package var from: Instant?
    package var to: Instant?
    package var hands: Hands?
    /// The nearest deadline first instead of the newest; counts for open matters.
    package var byDue = false

    package enum Due: String, Sendable, CaseIterable {
        case late
        case today
        /// On the long-term ledger 挂账, whenever it is to be looked at again.
        case shelved
    }

    /// In whose hands: those of some grids, or the town's own.
    package enum Hands: Hashable, Sendable {
        case grids(Set<ID<GridNode>>)
        case town
    }

    package init(isOpen: Bool = true, stage: MatterStage? = nil, category: String? = nil, text: String = "") {
        self.isOpen = isOpen
        self.stage = stage
        self.category = category
        self.text = text
    }
}

/// Where a list goes on: after the matter reported at this time with this id. Written as `milliseconds.id`.
package struct MatterCursor: Hashable, Sendable, CustomStringConvertible {
    package let at: Instant
    package let id: ID<Matter>

    package init(at: Instant, id: ID<Matter>) {
        self.at = at
        self.id = id
    }

    /// Nil for anything that ``description`` would not write.
    package init?(_ text: some StringProtocol) {
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, let at = Int64(halves[0]), let id = ID<Matter>(String(halves[1])) else { return nil }
        self.init(at: Instant(milliseconds: at), id: id)
    }

    package var description: String { "\(at.milliseconds).\(id)" }
}

/// A stretch of a list.
package struct MatterList: Hashable, Sendable {
    package let matters: [Matter]
    /// Nil at the end.
    package let next: MatterCursor?
}
