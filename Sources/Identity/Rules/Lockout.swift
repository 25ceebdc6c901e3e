package import Kernel

/// Locking an account after wrong passwords or codes (等保 §8.1.4.1 b): five within 15 minutes lock it for 30.
package enum Lockout {
    package struct State: Hashable, Sendable {
        package let count: Int
        package let since: Instant?
        package let lockedUntil: Instant?

        package init(count: Int = 0, since: Instant? = nil, lockedUntil: Instant? = nil) {
            self.count = count
            self.since = since
            self.lockedUntil = lockedUntil
        }
    }

    /// Whole minutes until the account opens again, rounded up; nil when it is open.
    package static func minutesLeft(_ state: State, at now: Instant) -> Int? {
        guard let until = state.lockedUntil, until > now else { return nil }
        return Int(((until - now).milliseconds + 59_999) / 60_000)
    }

    package static func afterFailure(_ state: State, at now: Instant, policy: SecurityPolicy) -> State {
        let running = state.since.map { now - $0 <= .minutes(Int64(policy.failureWindowMinutes)) } ?? false
        let count = running ? state.count + 1 : 1
        let since = running ? state.since : now
        guard count >= policy.failuresBeforeLock else { return State(count: count, since: since) }
        return State(lockedUntil: now + .minutes(Int64(policy.lockMinutes)))
    }
}
