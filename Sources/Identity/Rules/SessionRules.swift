package import Kernel

/// When a session ends by itself (等保 §8.1.4.1 b).
package enum SessionRules {
    /// - Parameter isOffice: whether the account holds an office permission; its idle time is the shortest, on any device.
    package static func idleLimit(_ kind: SignedInSession.Kind, isOffice: Bool, policy: SecurityPolicy) -> Span {
        if isOffice { return .minutes(Int64(policy.officeIdleMinutes)) }
        return kind == .phone ? .days(Int64(policy.phoneIdleDays)) : .minutes(Int64(policy.webIdleMinutes))
    }

    package static func isAlive(_ session: SignedInSession, isOffice: Bool, at now: Instant, policy: SecurityPolicy) -> Bool {
        now - session.lastSeenAt <= idleLimit(session.kind, isOffice: isOffice, policy: policy)
            && now - session.createdAt <= .days(Int64(policy.longestSessionDays))
    }

    /// How stale the stored time of the last request may be before it is written again.
    package static let touchAfter = Span.minutes(1)
}
