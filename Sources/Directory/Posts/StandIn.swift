package import Kernel

/// That a neighbouring worker looks after a colleague's grid for some days (F27, 包片连片). 代管
package struct StandIn: Sendable, Hashable {
    package let id: ID<StandIn>
    /// The post of the absent one.
    package let post: ID<Post>
    package let person: ID<PersonNode>
    package let reason: String
    package let from: Day
    /// Always known: nobody stands in for ever.
    package let to: Day

    package init(id: ID<StandIn>, post: ID<Post>, person: ID<PersonNode>, reason: String, from: Day, to: Day) {
        self.id = id
        self.post = post
        self.person = person
        self.reason = reason
        self.from = from
        self.to = to
    }

    package var term: Term { Term(from: from, to: to) }
}
