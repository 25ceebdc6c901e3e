package import Kernel

/// One matter went into another one, because both are the same thing 并案. It stays what it was, and can be split off again.
package struct Merge: Hashable, Sendable {
    /// The entry of the history of ``source``.
    package let id: ID<MatterEvent>
    package let source: ID<Matter>
    package let target: ID<Matter>
    /// How heavy the target was before.
    package let tier: Tier
    package let at: Instant
}

/// A matter beside the one that is looked at: one that went into it, or the one it went into.
package struct Relative: Hashable, Sendable {
    package let matter: Matter
    package let since: Instant
}
