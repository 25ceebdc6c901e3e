import Foundation
import Kernel

/// Numbers that look random and are the same for the same seed and purpose: SplitMix64 (Steele, Lea and Flood 2014).
///
/// Every part of the town draws from a stream of its own, so that a change in one part leaves the others as they were.
struct Chance: Sendable {
    private var state: UInt64

    /// - Parameter purpose: what the numbers are for, such as `people`.
    init(seed: UInt64, _ purpose: String) {
        state = purpose.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to but not `limit`; 0 when there is no such number.
    mutating func below(_ limit: Int) -> Int { limit > 0 ? Int(next() % UInt64(limit)) : 0 }

    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// From 0 up to but not 1.
    mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }

    /// True in `count` of a thousand cases.
    mutating func happens(_ count: Int) -> Bool { below(1000) < count }

    /// One of `choices`, of which there must be one.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }

    /// In another order (Fisher and Yates).
    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for last in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(last, below(last + 1)) }
        return result
    }

    /// An id as if it had been made at `instant`.
    mutating func newID<Kind>(at instant: Instant, _ kind: Kind.Type = Kind.self) -> ID<Kind> {
        ID(.version7(at: instant, random: (next(), next())))
    }
}
