import Kernel
import Storage

/// Every statement about which matter went into which.
struct MergeStore {
    private let tx: any Transaction
    private let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL = "g.id, g.source_id, g.target_id, g.tier, g.at"

    /// The transaction fails when the source is part of another matter already.
    func add(_ merge: Merge) throws {
        try tx.enqueue(
            """
            INSERT INTO matter_merge (town_id, id, source_id, target_id, tier, at)
            VALUES (\(town), \(merge.id), \(merge.source), \(merge.target), \(merge.tier), \(merge.at))
            """)
    }

    func end(_ merge: Merge, at: Instant) throws {
        try tx.enqueue("UPDATE matter_merge SET split_at = \(at) WHERE town_id = \(town) AND id = \(merge.id)")
    }

    /// What a matter is part of now.
    func current(of source: ID<Matter>) throws -> Merge? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM matter_merge g WHERE g.town_id = \(town) AND g.source_id = \(source) AND g.split_at IS NULL
            """
        ).map(Merge.init(row:))
    }

    /// What is part of a matter now, the first one first.
    func parts(of targets: [ID<Matter>]) throws -> [Merge] {
        guard !targets.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT \(Self.columns) FROM matter_merge g
            WHERE g.town_id = \(town) AND g.target_id IN (\(list: targets)) AND g.split_at IS NULL ORDER BY g.at, g.id
            """
        ).map(Merge.init(row:))
    }

    /// The first matter that ever went into this one.
    func first(into target: ID<Matter>) throws -> Merge? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM matter_merge g WHERE g.town_id = \(town) AND g.target_id = \(target) ORDER BY g.at, g.id LIMIT 1
            """
        ).map(Merge.init(row:))
    }

    /// A matter and all that are part of it, also by way of others.
    func family(of matter: ID<Matter>) throws -> [ID<Matter>] {
        var (family, edge) = ([matter], [matter])
        while !edge.isEmpty {
            edge = try parts(of: edge).map(\.source)
            family += edge
        }
        return family
    }

    /// What a matter is part of in the end, itself when of none, and since when. A merged matter cannot be merged into, so this ends.
    func root(of matter: Matter) throws -> (matter: Matter, since: Instant?) {
        var (root, since) = (matter, Instant?.none)
        while root.stage == .merged, let merge = try current(of: root.id),
            let target = try MatterStore(tx, town: town).made(by: merge.target)?.matter
        {
            (root, since) = (target, since.map { max($0, merge.at) } ?? merge.at)
        }
        return (root, since)
    }
}

extension Merge {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), source: try row.get("source_id"), target: try row.get("target_id"), tier: try row.get("tier"),
            at: try row.get("at"))
    }
}
