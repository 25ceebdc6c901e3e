package import Kernel
import Storage

/// One entry of a photo's history: who painted over how many parts of it, or said that everybody may see it. Never what was to be
/// seen there. Appended, never changed.
package struct PhotoAct: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable, SQLValue {
        case redacted
        /// Somebody looked and said that it is fit to be shown.
        case cleared
        /// Not to be shown any more.
        case withdrawn
        /// What was kept under seal was destroyed.
        case destroyed
    }

    /// Made by whoever acts, so that a retry writes once.
    package let id: ID<PhotoAct>
    package let photo: ID<MatterPhoto>
    package let matter: ID<Matter>
    package let kind: Kind
    /// The photo's edition afterwards.
    package let edition: Int
    /// How many were painted; 0 for all but a redaction.
    package let boxes: Int
    /// Whether the picture as it was is kept under seal afterwards.
    package let keepsOriginal: Bool
    package let at: Instant
    /// Nil for what the rules of retention did.
    package let actor: MatterEvent.Actor?

    package init(
        id: ID<PhotoAct>, photo: ID<MatterPhoto>, matter: ID<Matter>, kind: Kind, edition: Int, boxes: Int = 0,
        keepsOriginal: Bool,
        at: Instant, actor: MatterEvent.Actor?
    ) {
        (self.id, self.photo, self.matter, self.kind, self.edition) = (id, photo, matter, kind, edition)
        (self.boxes, self.keepsOriginal, self.at, self.actor) = (boxes, keepsOriginal, at, actor)
    }
}

extension PhotoAct {
    init(row: Row) throws {
        let account: ID<AccountNode>? = try row.get("account_id")
        let (name, post): (String?, String?) = (try row.get("actor_name"), try row.get("actor_post"))
        self.init(
            id: try row.get("id"), photo: try row.get("photo_id"), matter: try row.get("matter_id"), kind: try row.get("kind"),
            edition: try row.get("edition"), boxes: try row.get("boxes"), keepsOriginal: try row.get("keeps_original"),
            at: try row.get("at"),
            actor: account.map { MatterEvent.Actor(account: $0, name: name ?? "", post: post ?? "") })
    }
}
