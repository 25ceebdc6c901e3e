package import Kernel

/// A need somebody has told the town of, from report to follow-up 事项 (domain.md F16–F19).
package struct Matter: Hashable, Sendable {
    package let id: ID<Matter>
    /// What the reporter asks by.
    package let number: PublicNumber
    /// The code of its ``Category``.
    package let category: String
    package var tier: Tier
    /// Copied from the category, so that every list can leave it out by itself.
    package let isRestricted: Bool
    package let words: String
    package var place: MatterPlace
    package let channel: Channel
    package let reportedAt: Instant
    package var stage: MatterStage
    package var holder: Holder
    /// How often a follow-up found it not done.
    package var reopened: Int
    /// How often it was sent back down.
    package var returned: Int
    package var outcome: Outcome?
    package var closedAt: Instant?
    /// Its deadlines, kept up to date by every act and by the sweep.
    package var clock = ClockStanding.unknown
    /// Grows by one with every act; whoever acts says which one they saw.
    package var version: Int

    package init(
        id: ID<Matter>, number: PublicNumber, category: Category, words: String, place: MatterPlace, channel: Channel,
        reportedAt: Instant,
        holder: Holder
    ) {
        self.init(
            id: id, number: number, category: category.code, tier: category.tier, isRestricted: category.isRestricted,
            words: words,
            place: place, channel: channel, reportedAt: reportedAt, stage: .collected, holder: holder, reopened: 0, returned: 0,
            outcome: nil, closedAt: nil, version: 1)
    }

    package init(
        id: ID<Matter>, number: PublicNumber, category: String, tier: Tier, isRestricted: Bool, words: String, place: MatterPlace,
        channel: Channel, reportedAt: Instant, stage: MatterStage, holder: Holder, reopened: Int, returned: Int,
        outcome: Outcome?,
        closedAt: Instant?, version: Int
    ) {
        self.id = id
        self.number = number
        self.category = category
        self.tier = tier
        self.isRestricted = isRestricted
        self.words = words
        self.place = place
        self.channel = channel
        self.reportedAt = reportedAt
        self.stage = stage
        self.holder = holder
        self.reopened = reopened
        self.returned = returned
        self.outcome = outcome
        self.closedAt = closedAt
        self.version = version
    }

    /// Sent back again after it had come up once 推诿 (domain.md §2.2).
    package var isPassedAround: Bool { returned >= 2 }

    /// The longest account of a need, in characters (GeoReport v2 allows 4,000).
    package static let wordsLimit = 4000
    /// The longest description of the spot, reason, note or reply, in characters.
    package static let noteLimit = 1000
    package static let photoLimit = 3
}

/// Where a matter is: the deepest grid known, the village above it, and what else was said of the spot.
package struct MatterPlace: Hashable, Sendable {
    package let grid: ID<GridNode>
    package let village: ID<GridNode>
    package let coordinate: Coordinate?
    /// Such as "××巷 12 号门口".
    package let spot: String

    package init(grid: ID<GridNode>, village: ID<GridNode>, coordinate: Coordinate? = nil, spot: String = "") {
        self.grid = grid
        self.village = village
        self.coordinate = coordinate
        self.spot = spot
    }

    /// The same place, known more closely.
    func inside(_ deeper: ID<GridNode>) -> MatterPlace {
        MatterPlace(grid: deeper, village: village, coordinate: coordinate, spot: spot)
    }
}
