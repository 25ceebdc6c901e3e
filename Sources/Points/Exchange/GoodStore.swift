import Directory
package import Kernel
package import Storage

/// Every statement about goods and how their stock moves.
package struct GoodStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL = "g.id, g.village_id, g.name_zh, g.name_en, g.price, g.stock, g.is_offered, g.version"

    /// - Returns: false when the id or the name is taken; nothing is written then.
    package func insert(_ good: Good) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO points_good (town_id, id, village_id, name_zh, name_en, price, stock, is_offered, version)
            VALUES (\(town), \(good.id), \(good.village), \(good.nameZh), \(good.nameEn), \(good.price), \(good.stock), \(good.isOffered),
                \(good.version)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// The good, if its village lies in `scope`.
    package func find(_ id: ID<Good>, in scope: Scope) throws -> Good? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM points_good g
            WHERE g.town_id = \(town) AND g.id = \(id) AND \(ExchangeReach.predicate(scope, town, "g.village_id"))
            """
        ).map(Good.init(row:))
    }

    /// A village's goods: those that are offered first, the cheapest first.
    package func goods(of village: ID<GridNode>) throws -> [Good] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_good g WHERE g.town_id = \(town) AND g.village_id = \(village)
            ORDER BY g.is_offered DESC, g.price, g.name_zh, g.id
            """
        ).map(Good.init(row:))
    }

    /// Stores names, price and whether it is offered.
    /// - Returns: false when the good is not at `version` any more.
    package func update(_ good: Good, from version: Int) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_good SET name_zh = \(good.nameZh), name_en = \(good.nameEn), price = \(good.price), is_offered = \(good.isOffered),
                version = \(version + 1)
            WHERE town_id = \(town) AND id = \(good.id) AND version = \(version)
            """) == 1
    }

    /// Whether another good of the village bears this name.
    package func isTaken(_ nameZh: String, in village: ID<GridNode>, besides id: ID<Good>) throws -> Bool {
        try tx.first(
            """
            SELECT g.id FROM points_good g
            WHERE g.town_id = \(town) AND g.village_id = \(village) AND g.name_zh = \(nameZh) AND g.id <> \(id)
            """) != nil
    }

    // MARK: Stock

    /// - Returns: false when there would be less than nothing; nothing is changed then.
    package func move(_ good: ID<Good>, by change: Int) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_good SET stock = stock + \(change)
            WHERE town_id = \(town) AND id = \(good) AND stock + \(change) >= 0
            """) == 1
    }

    package func append(_ movement: StockMovement, of village: ID<GridNode>, by principal: Principal) throws {
        try tx.enqueue(
            """
            INSERT INTO points_movement (town_id, id, village_id, good_id, kind, change, cause_id, note, day, at, account_id, post)
            VALUES (\(town), \(movement.id), \(village), \(movement.good), \(movement.kind), \(movement.change), \(movement.cause),
                \(movement.note), \(movement.at.day()), \(movement.at), \(principal.account), \(principal.post))
            """)
    }

    /// How the stock of a good moved otherwise than by redemptions, the latest first.
    package func movements(of good: ID<Good>, limit: Int) throws -> [StockMovement] {
        try tx.query(
            """
            SELECT m.id, m.good_id, m.kind, m.change, m.cause_id, m.note, m.at FROM points_movement m
            WHERE m.town_id = \(town) AND m.good_id = \(good) ORDER BY m.at DESC, m.id DESC LIMIT \(limit)
            """
        ).map { row in
            StockMovement(
                id: try row.get("id"), good: try row.get("good_id"), kind: try row.get("kind"), change: try row.get("change"),
                cause: try row.get("cause_id"), note: try row.get("note"), at: try row.get("at"))
        }
    }

    /// Goods whose stock is not what moved less what was redeemed: none, unless somebody changed the database from outside.
    package func miscounted() throws -> [(good: ID<Good>, stock: Int, counted: Int)] {
        try tx.query(
            """
            SELECT x.id, x.stock, x.counted FROM (
                SELECT g.id, g.stock,
                    COALESCE((SELECT SUM(m.change) FROM points_movement m WHERE m.town_id = g.town_id AND m.good_id = g.id), 0)
                    - COALESCE((SELECT SUM(r.count) FROM points_redemption r WHERE r.town_id = g.town_id AND r.good_id = g.id), 0) AS counted
                FROM points_good g WHERE g.town_id = \(town)) x
            WHERE x.stock <> x.counted ORDER BY x.id
            """
        ).map { (try $0.get("id"), try $0.get("stock"), try $0.get("counted")) }
    }
}

/// Reach of the exchange: a counter is the whole village's, so whoever may serve in a part of the village serves at it.
enum ExchangeReach {
    static func predicate(_ scope: Scope, _ town: ID<Town>, _ village: SQL) -> SQL {
        switch scope {
        case .town: "1 = 1"
        case .grids(let roots) where roots.isEmpty: "1 = 0"
        case .grids(let roots):
            "\(village) IN (SELECT c.ancestor_id FROM grid_closure c WHERE c.town_id = \(town) AND c.descendant_id IN (\(list: roots.sorted())))"
        }
    }
}

extension Good {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), village: try row.get("village_id"), nameZh: try row.get("name_zh"),
            nameEn: try row.get("name_en"),
            price: try row.get("price"), stock: try row.get("stock"), isOffered: try row.get("is_offered"),
            version: try row.get("version"))
    }
}
