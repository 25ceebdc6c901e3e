package import Kernel
import Storage

/// What a matter's row keeps of its clocks, so that lists and the sweep need not work them out: the limits it was taken in with and
/// the next moments that matter.
package struct ClockStanding: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable, SQLValue {
        case running
        case paused
        /// On the long-term ledger 挂账.
        case shelved
        /// No clock runs: another procedure decides, or the matter is closed.
        case idle
    }

    package var respond: TimeLimit?
    package var finish: TimeLimit?
    package var state: State
    /// By when the next thing is to be done; past while that is late. ``never`` without a limit. On the ledger, the day of review.
    package var due: Instant
    /// The next moment at which the clocks bring something about; zero while they were never worked out.
    package var check: Instant
    /// How often it was late.
    package var breaches: Int
    package var extensions: Int

    /// The end of the year 9999: sorts behind every deadline.
    package static let never = Instant(milliseconds: 253_402_300_799_000)
    /// Of a matter from before there were clocks.
    package static let unknown = ClockStanding()

    private init() {
        (respond, finish, state, due, check) = (nil, nil, .running, Self.never, Instant(milliseconds: 0))
        (breaches, extensions) = (0, 0)
    }

    package init(
        respond: TimeLimit?, finish: TimeLimit?, state: State, due: Instant, check: Instant, breaches: Int, extensions: Int
    ) {
        (self.respond, self.finish, self.state) = (respond, finish, state)
        (self.due, self.check, self.breaches, self.extensions) = (due, check, breaches, extensions)
    }

    /// - Parameters:
    ///   - clocks: as of `now`.
    ///   - recorded: the keys of the marks that are written down.
    package init(
        _ limits: ClockLimits, _ clocks: [MatterClock], recorded: Set<String>, breaches: Int, isOpen: Bool
    ) {
        respond = limits.respond
        finish = limits.finish
        self.breaches = breaches
        extensions = clocks.filter { $0.kind == .finish }.reduce(0) { $0 + $1.extensions }
        let running = clocks.filter { !$0.isStopped }
        let coming = clocks.flatMap(\.marks).filter { !recorded.contains($0.key) }
        check = isOpen ? coming.map(\.at).min() ?? Self.never : Self.never
        let review = running.flatMap(\.marks).last { $0.kind == .review }?.at
        let paused = running.first { $0.isPaused }
        if let paused {
            let isShelved = if case .paused(_, nil) = paused.state { true } else { false }
            state = isShelved ? .shelved : .paused
        } else {
            state = isOpen && !running.isEmpty ? .running : .idle
        }
        let ends = running.compactMap { $0.isPaused && $0.due == nil ? review : $0.due }
        due = isOpen ? ends.min() ?? Self.never : Self.never
    }

    /// Of a matter that is taken in now.
    package static func ofReport(_ category: Category, at now: Instant, _ town: TownTiming) -> ClockStanding {
        let limits = town.setting.limits(
            respond: category.respondWithin.flatMap { TimeLimit($0) }, finish: category.finishWithin.flatMap { TimeLimit($0) })
        let clocks = ClockRules.clocks(limits, [ClockFact(.reported, at: now)], town.timing, at: now)
        return ClockStanding(limits, clocks, recorded: [], breaches: 0, isOpen: true)
    }

    package var hasDeadline: Bool { due < Self.never }
    package func isLate(at now: Instant) -> Bool { due < now && state != .shelved }
    /// Whether the clocks have brought something about that is not written down yet.
    func isUnsettled(at now: Instant) -> Bool { check < now }
}
