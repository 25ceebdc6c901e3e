import Kernel
import Storage

/// Every statement about who joined in with a matter.
struct JoiningStore {
    private let tx: any Transaction
    private let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        "j.id, j.matter_id, j.reporter_id, j.number, j.words, j.spot, j.channel, j.account_id, j.actor_name, j.actor_post, j.at"

    /// - Returns: false when the id or the number is taken; nothing is written then.
    func insert(_ joining: Joining, digest: String) throws -> Bool {
        // Numbers of matters from before joining was there may begin like those of joinings.
        let taken: Int? = try tx.value("SELECT 1 FROM matter WHERE town_id = \(town) AND number = \(joining.number)")
        guard taken == nil else { return false }
        return try tx.execute(
            """
            INSERT INTO matter_joining (town_id, id, matter_id, reporter_id, number, words, spot, channel, account_id, actor_name, actor_post,
                at, digest)
            VALUES (\(town), \(joining.id), \(joining.matter), \(joining.reporter), \(joining.number), \(joining.words), \(joining.spot),
                \(joining.channel), \(joining.actor?.account), \(joining.actor?.name), \(joining.actor?.post), \(joining.at), \(digest))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// What a request with this id made, and that request's digest.
    func made(by id: ID<Joining>) throws -> (joining: Joining, digest: String)? {
        try tx.first(
            "SELECT \(Self.columns), j.digest FROM matter_joining j WHERE j.town_id = \(town) AND j.id = \(id)"
        ).map { (try Joining(row: $0), try $0.get("digest")) }
    }

    func find(_ number: PublicNumber) throws -> Joining? {
        try tx.first("SELECT \(Self.columns) FROM matter_joining j WHERE j.town_id = \(town) AND j.number = \(number)").map(
            Joining.init(row:))
    }

    /// Who joined in with some matters, the first one first.
    func joinings(of matters: [ID<Matter>]) throws -> [Joining] {
        guard !matters.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT \(Self.columns) FROM matter_joining j WHERE j.town_id = \(town) AND j.matter_id IN (\(list: matters))
            ORDER BY j.at, j.id
            """
        ).map(Joining.init(row:))
    }

    /// The number that a reporter follows their matter by: their own when they came by joining in, or else that of the matter they
    /// reported, also when somebody with their telephone has joined in since.
    func number(of reporter: ID<Reporter>) throws -> PublicNumber? {
        try tx.value(
            """
            SELECT COALESCE(
                (SELECT j.number FROM matter_joining j WHERE j.town_id = \(town) AND j.matter_id = r.matter_id AND j.reporter_id = r.id
                    AND j.at = r.at ORDER BY j.at, j.id LIMIT 1), m.number)
            FROM matter_reporter r JOIN matter m ON m.town_id = r.town_id AND m.id = r.matter_id
            WHERE r.town_id = \(town) AND r.id = \(reporter)
            """)
    }
}

extension Joining {
    init(row: Row) throws {
        let account: ID<AccountNode>? = try row.get("account_id")
        let (name, post) = (try row.get("actor_name", as: String?.self), try row.get("actor_post", as: String?.self))
        self.init(
            id: try row.get("id"), matter: try row.get("matter_id"), reporter: try row.get("reporter_id"),
            number: try row.get("number"), words: try row.get("words"), spot: try row.get("spot"),
            channel: try row.get("channel"),
            actor: account.map { .init(account: $0, name: name ?? "", post: post ?? "") }, at: try row.get("at"))
    }
}
