import Kernel

extension Ambient {
    /// Time that stands still at `instant`, and chance from `seed`: what a store that makes its own ids is given.
    static func seeded(_ seed: UInt64, _ purpose: String, at instant: Instant) -> Ambient {
        let numbers = SharedChance(Chance(seed: seed, purpose))
        return Ambient(now: { instant }, random: { numbers.next() })
    }

    /// The same chance at another time.
    func at(_ instant: Instant) -> Ambient { Ambient(now: { instant }, random: random) }
}

/// A stream of numbers that a closure can keep.
private final class SharedChance: Sendable {
    private let chance: Guarded<Chance>
    init(_ chance: Chance) { self.chance = Guarded(chance) }
    func next() -> UInt64 { chance.withLock { $0.next() } }
}
