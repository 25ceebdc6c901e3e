package import Kernel

/// Whether there is anybody to tell, as this process knew a moment ago: where there is nobody, no message is written, so that a report
/// costs nothing more. One that is off counts, because it may be told later of what it missed. Until the courier's first round the answer is yes.
package final class Listeners: Sendable {
    private let known = Guarded<[Subscriber]?>(nil)

    package init() {}

    /// - Parameter subscribers: all, on and off.
    package func note(_ subscribers: [Subscriber]) { known.withLock { $0 = subscribers } }

    package func isTold(_ town: ID<Town>) -> Bool { known.withLock { $0.map { $0.contains { $0.town == town } } ?? true } }

    /// How many are on, in all towns.
    package var count: Int { known.withLock { ($0 ?? []).count { $0.isOn } } }

    /// Whether people are told by text message.
    package func texts(_ town: ID<Town>) -> Bool {
        known.withLock { $0.map { $0.contains { $0.town == town && $0.kind == .sms && $0.isOn } } ?? false }
    }
}
