package import Kernel

/// When something may be shown on a village's notice board, and for how long (domain.md §2.6; 个人信息保护法 Art. 6, 25, 31). Pure.
package enum ExposureRules {
    /// The last of so many days, the day of publication being the first.
    package static let daysShown = 7
    /// How many days a village may give to put things right.
    package static let daysToPutRight = 1...30

    /// Where it stands on a day.
    package enum Standing: String, Sendable, Hashable, CaseIterable {
        /// Warned, with time left.
        case warned
        /// The time has run out, and it has not been seen again.
        case due
        /// On the board.
        case shown
        /// An objection waits, so it is off the board for now.
        case paused
        /// Was on the board for its days.
        case expired
        case putRight = "put-right"
        case withdrawn
    }

    /// - Parameter hasOpenAppeal: whether an objection waits for an answer.
    package static func standing(of exposure: Exposure, on day: Day, hasOpenAppeal: Bool) -> Standing {
        switch exposure.end {
        case .putRight: return .putRight
        case .withdrawn: return .withdrawn
        case nil: break
        }
        guard let published = exposure.publishedOn else { return day <= exposure.dueOn ? .warned : .due }
        // A clock that has gone back does not show anything earlier than it was published.
        guard day >= published, day <= lastDay(publishedOn: published) else { return day < published ? .due : .expired }
        return hasOpenAppeal ? .paused : .shown
    }

    /// The last day on the board.
    package static func lastDay(publishedOn day: Day) -> Day { day.adding(days: daysShown - 1) }

    /// The last day to put it right: so many days after the day of the warning.
    package static func due(warnedOn day: Day, days: Int) -> Day { day.adding(days: days) }

    /// - Parameters:
    ///   - policy: what the villagers decided; nil when they did not.
    ///   - hasOpenAppeal: whether an objection waits.
    /// - Throws: ``Conflict`` `no-village-decision`, `never-a-minor`, `time-left`, `already-shown`, `exposure-over`, `appeal-waits`.
    package static func checkPublishing(
        _ exposure: Exposure, policy: ExposurePolicy?, on day: Day, hasOpenAppeal: Bool
    ) throws(Conflict) {
        guard let policy, policy.decidedOn <= exposure.warnedOn else { throw Conflict("no-village-decision") }
        guard !exposure.isMinors else { throw Conflict("never-a-minor") }
        guard exposure.end == nil else { throw Conflict("exposure-over") }
        guard exposure.publishedOn == nil else { throw Conflict("already-shown") }
        guard day > exposure.dueOn else { throw Conflict("time-left") }
        guard !hasOpenAppeal else { throw Conflict("appeal-waits") }
    }
}
