package import Kernel

/// What may be asked for, and for how long 暂停、延期、挂账.
package enum ClockAskRules {
    /// The longest pause, and the longest time until a review, in days.
    package static let longestPause = 90
    package static let longestReview = 366
    /// The longest extension: thirty working days, or as many hours around the clock.
    package static let longestExtension = 30

    /// - Parameter limit: of the finish clock; an extension is given in its own kind of time.
    package static func faults(_ ask: ClockAsk, words: String, today: Day, limit: TimeLimit?) -> [Fault] {
        var validation = Validation()
        switch ask.kind {
        case .pause, .shelve:
            let longest = ask.kind == .pause ? longestPause : longestReview
            validation.check(ask.day != nil, at: "/day", "required")
            if let day = ask.day {
                validation.check(day > today, at: "/day", "not-in-future")
                validation.check(
                    day <= today || day <= today.adding(days: longest), at: "/day", "too-far", ["limit": String(longest)])
            }
        case .extend:
            validation.check(ask.limit != nil, at: "/limit", "extension-amount", ["limit": String(longestExtension)])
            if let asked = ask.limit, let limit {
                validation.check(asked.isAroundTheClock == limit.isAroundTheClock, at: "/limit", "extension-unit")
                let most = asked.isAroundTheClock ? longestExtension * 24 : longestExtension
                validation.check(asked.tenths <= most * 10, at: "/limit", "extension-amount", ["limit": String(most)])
            }
        }
        _ = validation.text(words, at: "/words", limit: Matter.noteLimit, required: true)
        return validation.faults
    }

    /// - Throws: ``Conflict`` with the reason why nothing can be asked of the clock now.
    package static func check(_ kind: ClockAsk.Kind, _ finish: MatterClock?, isPending: Bool) throws(Conflict) {
        guard let finish, !finish.isStopped else { throw Conflict("no-clock") }
        guard !isPending else { throw Conflict("ask-pending") }
        if kind == .extend, finish.isPaused { throw Conflict("clock-paused") }
    }
}
