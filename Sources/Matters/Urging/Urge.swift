package import Kernel
import Storage

/// Somebody asked that a matter be got on with 催办: the level above its holder, or whoever reported it. Appended, never changed; it moves
/// nothing by itself.
package struct Urge: Hashable, Sendable {
    package enum Side: String, Sendable, CaseIterable, SQLValue {
        case office
        case reporter
    }

    /// Made by whoever urges, so that a retry writes once.
    package let id: ID<Urge>
    package let matter: ID<Matter>
    package let side: Side
    package let at: Instant
    /// Nil for the reporter.
    package let actor: MatterEvent.Actor?
    /// For the staff.
    package let words: String
    /// Who was urged.
    package let holder: Holder
    /// Of the matter then; whatever a person does later answers the urge.
    package let version: Int

    package init(
        id: ID<Urge>, matter: ID<Matter>, side: Side, at: Instant, actor: MatterEvent.Actor?, words: String, holder: Holder,
        version: Int
    ) {
        (self.id, self.matter, self.side, self.at, self.actor) = (id, matter, side, at, actor)
        (self.words, self.holder, self.version) = (words, holder, version)
    }
}
