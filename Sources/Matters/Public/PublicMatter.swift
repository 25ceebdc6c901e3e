package import Kernel

/// A matter as everybody who has its number may know it. Made by leaving out, so that a new field of ``Matter`` stays inside.
package struct PublicMatter: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package let kind: MatterEvent.Kind
        package let at: Instant
        package let version: Int
        /// Who held the matter when it happened.
        package let holder: Holder?
        package let byStaff: Bool
        /// What the staff wrote for the reporter, long numbers hidden.
        package let reply: String
        package let finding: Finding?
        package let outcome: Outcome?
        package let satisfied: Bool?
    }

    /// The one it was asked for by.
    package let number: PublicNumber
    /// From when on whoever has the number is one of several reporters; nil for the first one.
    package let joinedAt: Instant?
    /// Nil for restricted categories, as are all other particulars.
    package let category: String?
    package let grid: ID<GridNode>?
    package let stage: MatterStage
    package let reportedAt: Instant
    package let closedAt: Instant?
    /// By when the next step is promised, and whether the clocks stand still meanwhile.
    package let due: Instant?
    package let isLate: Bool
    package let waits: ClockStanding.State?
    package let reopened: Int
    package let history: [Entry]
    /// Those of its photos that somebody has looked at and said may be shown.
    package let pictures: [ID<MatterPhoto>]

    /// - Parameter since: from when on the holder of the number is a reporter of the matter. What was written for others before, they are
    ///   not shown.
    package init(
        _ matter: Matter, _ history: [MatterEvent], pictures: [ID<MatterPhoto>], by number: PublicNumber, since: Instant? = nil,
        at now: Instant
    ) {
        self.number = number
        joinedAt = since
        stage = matter.stage
        reportedAt = matter.reportedAt
        let open = !matter.isRestricted
        category = open ? matter.category : nil
        grid = open ? matter.place.grid : nil
        closedAt = open ? matter.closedAt : nil
        let clock = matter.clock
        due = open && matter.stage.isOpen && clock.hasDeadline ? clock.due : nil
        isLate = open && matter.stage.isOpen && clock.isLate(at: now)
        waits = open && matter.stage.isOpen && [.paused, .shelved].contains(clock.state) ? clock.state : nil
        reopened = open ? matter.reopened : 0
        self.pictures = open ? pictures : []
        self.history = open ? history.map { Entry($0, since: since) } : []
    }
}

extension PublicMatter.Entry {
    fileprivate init(_ event: MatterEvent, since: Instant?) {
        self.init(
            kind: event.kind, at: event.at, version: event.version, holder: event.fromHolder, byStaff: event.actor != nil,
            reply: since.map { event.at < $0 } ?? false ? "" : PublicWords.masked(event.facts.reply),
            finding: event.facts.finding, outcome: event.facts.outcome,
            satisfied: event.facts.satisfied)
    }
}
