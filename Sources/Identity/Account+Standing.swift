package import Kernel

extension Account {
    /// How an account stands, as pages and lists say it.
    package enum Standing: String, Sendable, CaseIterable {
        case disabled, locked
        /// Nobody has signed in with it yet.
        case new
        case active
    }

    package func standing(at now: Instant) -> Standing {
        if disabledAt != nil { return .disabled }
        if Lockout.minutesLeft(failures, at: now) != nil { return .locked }
        return lastSignIn == nil ? .new : .active
    }
}
