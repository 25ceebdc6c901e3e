package import Kernel
import Synchronization

/// A clock that stands still until a test moves it.
package final class TestClock: Sendable {
    private let time: Mutex<Instant>

    package init(at start: Instant = .testStart) { time = Mutex(start) }

    package var now: Instant { time.withLock { $0 } }
    package func advance(by span: Span) { time.withLock { $0 = $0 + span } }
    package func set(to instant: Instant) { time.withLock { $0 = instant } }
}

extension Instant {
    /// 2026-03-02T01:00Z, a Monday at nine in the morning in China.
    package static let testStart = Instant(milliseconds: 1_772_413_200_000)
}

extension Ambient {
    /// Time that stands still at `start`, and the same chance for the same seed.
    package static func fixed(at start: Instant = .testStart, seed: UInt64 = 1) -> Ambient {
        fixed(TestClock(at: start), seed: seed)
    }

    /// The time of `clock`, which the test may move, and the same chance for the same seed.
    package static func fixed(_ clock: TestClock, seed: UInt64 = 1) -> Ambient {
        let generator = SeededNumbers(seed: seed)
        return Ambient(now: { clock.now }, random: { generator.next() })
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed, safe to share.
package final class SeededNumbers: Sendable {
    private let state: Mutex<UInt64>

    package init(seed: UInt64) { state = Mutex(seed) }

    package func next() -> UInt64 {
        var mixed = state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            return state
        }
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
