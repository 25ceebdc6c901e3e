package import Foundation

/// What a use case needs of the world outside: the time, fresh ids and chance. Fixed in tests.
package struct Ambient: Sendable {
    package let now: @Sendable () -> Instant
    package let random: @Sendable () -> UInt64

    package init(now: @escaping @Sendable () -> Instant, random: @escaping @Sendable () -> UInt64) {
        self.now = now
        self.random = random
    }

    /// The machine's clock and its cryptographic random numbers.
    package static let system = Ambient(
        now: { Instant(Date()) },
        random: {
            var generator = SystemRandomNumberGenerator(); return generator.next()
        })

    package func newUUID() -> UUID { .version7(at: now(), random: (random(), random())) }

    package func newID<Kind>(_ kind: Kind.Type = Kind.self) -> ID<Kind> { ID(newUUID()) }

    /// `count` random bytes.
    package func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            withUnsafeBytes(of: random()) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }
}
