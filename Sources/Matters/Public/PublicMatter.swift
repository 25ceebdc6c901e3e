package import Kernel

/// A matter as everybody who has its number may know it. Made by leaving out, so that a new field of ``Matter`` stays inside.
package struct PublicMatter: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package let id: ID<MatterEvent>
        package let kind: MatterEvent.Kind
        package let at: Instant
        package let version: Int
        /// Where the matter stood afterwards.
        package let stage: MatterStage
        /// Who held the matter when it happened.
        package let holder: Holder?
        package let byStaff: Bool
        /// What the staff wrote for the reporter, long numbers hidden.
        package let reply: String
        package let finding: Finding?
        package let outcome: Outcome?
        package let satisfied: Bool?
    }

    package let number: PublicNumber
    /// Nil for restricted categories, as are all other particulars.
    package let category: String?
    package let grid: ID<GridNode>?
    package let stage: MatterStage
    package let reportedAt: Instant
    package let closedAt: Instant?
    package let reopened: Int
    package let history: [Entry]

    package init(_ matter: Matter, _ history: [MatterEvent]) {
        number = matter.number
        stage = matter.stage
        reportedAt = matter.reportedAt
        let open = !matter.isRestricted
        category = open ? matter.category : nil
        grid = open ? matter.place.grid : nil
        closedAt = open ? matter.closedAt : nil
        reopened = open ? matter.reopened : 0
        self.history = open ? history.map(Entry.init) : []
    }
}

extension PublicMatter.Entry {
    init(_ event: MatterEvent) {
        self.init(
            id: event.id, kind: event.kind, at: event.at, version: event.version, stage: event.toStage, holder: event.fromHolder,
            byStaff: event.actor != nil,
            reply: PublicWords.masked(event.facts.reply), finding: event.facts.finding, outcome: event.facts.outcome,
            satisfied: event.facts.satisfied)
    }

    /// The key of the words that say what was done.
    package var titleKey: String { MatterEvent.titleKey(kind, finding, outcome, satisfied) }
}
