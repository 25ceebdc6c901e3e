package import Kernel
package import Storage

/// Every statement about phrases.
package struct PhraseStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// All of them as they stand now, those that are off too: the shipped ones in their order, then the town's own, the oldest first.
    package func phrases() throws -> [Phrase] {
        let own = try tx.query(
            """
            SELECT p.code, p.edition, p.village_id, p.step, p.title, p.words, p.is_off FROM matter_phrase p
            WHERE p.town_id = \(town) AND NOT EXISTS (
                SELECT 1 FROM matter_phrase q WHERE q.town_id = p.town_id AND q.code = p.code AND q.edition > p.edition)
            ORDER BY p.code
            """
        ).map(Phrase.init(row:))
        let byCode = Dictionary(own.map { ($0.code, $0) }) { first, _ in first }
        let shipped = Phrase.shipped.map { byCode[$0.code] ?? $0 }
        let known = Set(shipped.map(\.code))
        return shipped + own.filter { !known.contains($0.code) }
    }

    /// Oldest first, with who made each and when.
    func editions(of code: String) throws -> [EditionLine] {
        try tx.query(
            """
            SELECT p.edition, p.at, p.actor_name, p.actor_post FROM matter_phrase p
            WHERE p.town_id = \(town) AND p.code = \(code) ORDER BY p.edition
            """
        ).map {
            EditionLine(
                (try $0.get("edition"), try $0.get("at"), try $0.get("actor_name"), try $0.get("actor_post")))
        }
    }

    /// The edition that a request made before.
    func made(by request: ID<Phrase>) throws -> Phrase? {
        try tx.first(
            """
            SELECT p.code, p.edition, p.village_id, p.step, p.title, p.words, p.is_off FROM matter_phrase p
            WHERE p.town_id = \(town) AND p.request_id = \(request)
            """
        ).map(Phrase.init(row:))
    }

    /// - Returns: false when that edition is there already.
    func add(_ phrase: Phrase, _ request: ID<Phrase>, by actor: MatterEvent.Actor, at now: Instant) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO matter_phrase (town_id, code, edition, village_id, step, title, words, is_off, request_id, at, account_id, actor_name,
                actor_post)
            VALUES (\(town), \(phrase.code), \(phrase.edition), \(phrase.village), \(phrase.step), \(phrase.title), \(phrase.words),
                \(phrase.isOff), \(request), \(now), \(actor.account), \(actor.name), \(actor.post))
            ON CONFLICT DO NOTHING
            """) == 1
    }
}

extension Phrase {
    init(row: Row) throws {
        self.init(
            code: try row.get("code"), edition: try row.get("edition"), village: try row.get("village_id"),
            step: try row.get("step"), title: try row.get("title"), words: try row.get("words"), isOff: try row.get("is_off"))
    }
}
