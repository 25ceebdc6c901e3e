import Kernel

/// Counts calls of an address to a route in the running minute. A guard against floods in one process; what must hold across
/// processes and restarts, such as the lockout after failed sign-ins, is kept in tables.
final class RateLimiter: Sendable {
    private struct Window {
        var minute: Int64 = 0
        var counts: [String: Int] = [:]
    }
    private let window = Guarded(Window())

    /// - Returns: nil when the call may go on, otherwise the seconds to wait.
    func admit(_ key: String, perMinute limit: Int, at now: Instant) -> Int? {
        window.withLock { window in
            let minute = now.milliseconds / 60_000
            if window.minute != minute || window.counts.count > 100_000 { window = Window(minute: minute) }
            let count = window.counts[key, default: 0] + 1
            window.counts[key] = count
            return count <= limit ? nil : max(1, 60 - Int(now.milliseconds % 60_000) / 1000)
        }
    }
}
