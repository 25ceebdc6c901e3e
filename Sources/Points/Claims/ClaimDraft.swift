package import Directory
package import Kernel
package import Media

/// What a household or a worker on its behalf says.
package struct ClaimDraft: Sendable {
    package let id: ID<Claim>
    package let household: ID<Household>
    package let rule: String
    package let day: Day?
    package let words: String
    package let channel: Claim.Channel
    package let photos: [StoredPhoto]
    /// What was found wrong while it was read; told together with what is found later.
    package let faults: [Fault]

    package init(
        id: ID<Claim>, household: ID<Household>, rule: String, day: Day?, words: String, channel: Claim.Channel,
        photos: [StoredPhoto] = [], faults: [Fault] = []
    ) {
        self.id = id
        self.household = household
        self.rule = rule
        self.day = day
        self.words = words
        self.channel = channel
        self.photos = photos
        self.faults = faults
    }
}

/// A photo that has been made clean and stored: under which names, and what it looks like.
package struct StoredPhoto: Sendable, Hashable {
    package let full: String
    package let thumb: String
    package let likeness: Likeness

    package init(full: String, thumb: String, likeness: Likeness) {
        self.full = full
        self.thumb = thumb
        self.likeness = likeness
    }
}
