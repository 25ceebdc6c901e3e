package import Kernel
package import Storage

/// What somebody of the staff wrote about a matter for the staff alone 内部备注. Appended, never changed, and never part of what leaves the
/// office: public pages, feeds, messages and other protocols are made from other records.
package struct MatterNote: Hashable, Sendable {
    /// Made by whoever writes, so that a retry writes once.
    package let id: ID<MatterNote>
    package let matter: ID<Matter>
    package let at: Instant
    package let actor: MatterEvent.Actor
    package let words: String

    package init(id: ID<MatterNote>, matter: ID<Matter>, at: Instant, actor: MatterEvent.Actor, words: String) {
        (self.id, self.matter, self.at, self.actor, self.words) = (id, matter, at, actor, words)
    }
}

/// Every statement about notes.
package struct MatterNoteStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// - Returns: false when there is one of this id.
    func add(_ note: MatterNote) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO matter_note (town_id, id, matter_id, at, account_id, actor_name, actor_post, words)
            VALUES (\(town), \(note.id), \(note.matter), \(note.at), \(note.actor.account), \(note.actor.name), \(note.actor.post),
                \(note.words))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    func find(_ id: ID<MatterNote>) throws -> MatterNote? {
        try tx.first(
            """
            SELECT n.id, n.matter_id, n.at, n.account_id, n.actor_name, n.actor_post, n.words FROM matter_note n
            WHERE n.town_id = \(town) AND n.id = \(id)
            """
        ).map(MatterNote.init(row:))
    }

    /// Oldest first.
    package func notes(of matter: ID<Matter>) throws -> [MatterNote] {
        try tx.query(
            """
            SELECT n.id, n.matter_id, n.at, n.account_id, n.actor_name, n.actor_post, n.words FROM matter_note n
            WHERE n.town_id = \(town) AND n.matter_id = \(matter) ORDER BY n.at, n.id
            """
        ).map(MatterNote.init(row:))
    }
}

extension MatterNote {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), matter: try row.get("matter_id"), at: try row.get("at"),
            actor: .init(
                account: try row.get("account_id"), name: try row.get("actor_name"), post: try row.get("actor_post")),
            words: try row.get("words"))
    }
}
