package import Kernel

/// Somebody who says "that is what I mean too" instead of reporting it again 一起反映. They are a reporter of the matter like the first one,
/// with a number of their own to follow it by.
package struct Joining: Hashable, Sendable {
    /// Made by whoever joins, so that a retry joins once.
    package let id: ID<Joining>
    package let matter: ID<Matter>
    /// Themselves; somebody who had told of it before is one reporter still.
    package let reporter: ID<Reporter>
    package let number: PublicNumber
    /// What they said besides. For the staff.
    package let words: String
    package let spot: String
    package let channel: Channel
    /// Who wrote it down for them; nil for a resident themselves.
    package let actor: MatterEvent.Actor?
    package let at: Instant
}
