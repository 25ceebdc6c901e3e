package import Kernel

/// When a message that did not arrive is tried again, and when it is given up.
package enum DispatchRules {
    /// After so many tries, about six hours after the first, it is given up.
    package static let mostTries = 12

    /// How long to wait after the try with this number: 10 s, 20 s, 40 s … at most a day, and never less than the receiver asked for.
    package static func pause(after attempts: Int, asked: Span? = nil) -> Span {
        max(OutboxStore.pause(after: attempts), min(asked ?? .seconds(0), .days(1)))
    }

    package static func isLast(_ attempts: Int) -> Bool { attempts >= mostTries }
}
