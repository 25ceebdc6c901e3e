package import Kernel
import Storage

/// An entry of the history of a matter's clocks, appended and never changed: what the clocks brought about, and who asked for, granted
/// or refused what.
package struct ClockEvent: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable, SQLValue {
        case warning
        case breach
        /// A pause ended by itself.
        case resumed
        /// A day of review has come.
        case review
        case asked
        case granted
        case refused
        /// Somebody ended a pause or took a matter off the ledger.
        case takenUp = "taken-up"
        /// Another matter's clock goes on in this one.
        case took
    }

    package let id: ID<ClockEvent>
    package let matter: ID<Matter>
    package let kind: Kind
    package let at: Instant
    /// Nil for what the clocks did by themselves.
    package let actor: MatterEvent.Actor?
    package let ask: ClockAsk?
    /// The request that is granted or refused; nil for what was granted without one.
    package let request: ID<ClockEvent>?
    package let words: String
    /// Of the clocks' own marks: which one, and what it was worked out with.
    package let mark: String?
    package let basis: String?
    /// The clock that goes on.
    package let taken: TakenClock?

    package init(
        id: ID<ClockEvent>, matter: ID<Matter>, kind: Kind, at: Instant, actor: MatterEvent.Actor? = nil, ask: ClockAsk? = nil,
        request: ID<ClockEvent>? = nil, words: String = "", mark: String? = nil, basis: String? = nil,
        taken: TakenClock? = nil
    ) {
        (self.id, self.matter, self.kind, self.at, self.actor) = (id, matter, kind, at, actor)
        (self.ask, self.request, self.words, self.mark, self.basis) = (ask, request, words, mark, basis)
        self.taken = taken
    }

    /// A mark as an entry. It stands at the time it came about, whenever it is written.
    package init(_ mark: ClockMark, of matter: ID<Matter>, id: ID<ClockEvent>, basis: String) {
        let kind: Kind =
            switch mark.kind {
            case .warning: .warning
            case .breach: .breach
            case .resumed: .resumed
            case .review: .review
            }
        self.init(id: id, matter: matter, kind: kind, at: mark.at, mark: mark.key, basis: basis)
    }

    /// Which clock a mark is of.
    package var clock: MatterClock.Kind? {
        taken?.kind ?? mark?.split(separator: ".").first.flatMap { MatterClock.Kind(rawValue: String($0)) }
    }
}

/// What can be asked of whoever stands above the handler.
package struct ClockAsk: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable, SQLValue {
        /// 暂停.
        case pause
        /// 延期.
        case extend
        /// 挂账.
        case shelve
    }

    /// Why; what a town may not count against the handler.
    package enum Reason: String, Sendable, CaseIterable, SQLValue {
        case reporter
        case otherUnit = "other-unit"
        case weather
        case material
        case procedure
        case money
        case other
    }

    package let kind: Kind
    package let reason: Reason
    /// How much longer; of extensions.
    package let limit: TimeLimit?
    /// When the pause ends, or the ledger is reviewed.
    package let day: Day?

    package init(_ kind: Kind, reason: Reason, limit: TimeLimit? = nil, day: Day? = nil) {
        (self.kind, self.reason, self.limit, self.day) = (kind, reason, limit, day)
    }

    /// What it does to the clocks once granted.
    package var fact: ClockFact.Kind? {
        switch kind {
        case .pause: day.map { .paused(until: $0.start()) }
        case .shelve: day.map { .shelved(review: $0.start()) }
        case .extend: limit.map { .extended($0) }
        }
    }
}

extension ClockFact {
    /// What the clocks go by, of a matter's whole history. Pauses and extensions count from when they were granted.
    package static func facts(_ history: [MatterEvent], _ clocks: [ClockEvent]) -> [ClockFact] {
        let acts = history.flatMap { event -> [ClockFact] in
            switch event.kind {
            case .reported: [ClockFact(.reported, at: event.at)]
            case .siteChecked:
                [ClockFact(.responded, at: event.at)] + (event.toStage == .handled ? [ClockFact(.handled, at: event.at)] : [])
            case .handled: [ClockFact(.handled, at: event.at)]
            case .followedUp: [ClockFact(event.facts.satisfied == true ? .closed : .reopened, at: event.at)]
            case .merged: [ClockFact(.frozen, at: event.at)]
            case .splitOff: [ClockFact(.thawed, at: event.at)]
            case .escalated, .returned, .upgraded, .handedOver, .regridded, .tookIn, .gaveUp: []
            }
        }
        let orders = clocks.compactMap { event -> ClockFact? in
            switch event.kind {
            case .granted: event.ask?.fact.map { ClockFact($0, at: event.at) }
            case .takenUp: ClockFact(.resumed, at: event.at)
            case .took: event.taken.map { ClockFact(.took($0), at: event.at) }
            default: nil
            }
        }
        // Both are in order; of two at one moment the act of the loop comes first.
        return (acts.enumerated().map { ($0.element, 0, $0.offset) } + orders.enumerated().map { ($0.element, 1, $0.offset) })
            .sorted { ($0.0.at, $0.1, $0.2) < ($1.0.at, $1.1, $1.2) }.map(\.0)
    }
}
