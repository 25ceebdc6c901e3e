package import Directory
package import Kernel
package import Storage

/// What a list is taken from: the matters of some places, or those in the hands of whoever a scope reaches.
package enum MatterSource: Hashable, Sendable {
    case place(MatterReach)
    case hands(Scope)
}

/// Every statement that lists and counts matters, always within somebody's reach.
package struct MatterListStore {
    private let tx: any Transaction
    private let town: ID<Town>
    private let now: Instant

    /// - Parameter now: tells what is late.
    package init(_ tx: any Transaction, town: ID<Town>, at now: Instant) {
        self.tx = tx
        self.town = town
        self.now = now
    }

    /// A stretch of what `source` has.
    package func list(
        _ source: MatterSource, _ tree: GridTree, hiding restricted: RestrictedReach, _ filter: MatterFilter,
        after cursor: MatterCursor? = nil, limit: Int = 50
    ) throws -> MatterList {
        switch source {
        case .place(let reach): try list(reach, hiding: restricted, filter, after: cursor, limit: limit)
        case .hands(let scope): try inbox(scope, tree, hiding: restricted, filter, after: cursor, limit: limit)
        }
    }

    /// The newest matters within `reach`, at most `limit`.
    package func list(
        _ reach: MatterReach, hiding restricted: RestrictedReach, _ filter: MatterFilter, after cursor: MatterCursor? = nil,
        limit: Int = 50
    ) throws -> MatterList {
        let filter = try led(filter)
        let condition = Self.condition(filter, at: now) + " AND " + restricted.condition(in: town)
        let text = filter.text.trimmed
        // Open matters are few enough to be looked through.
        if filter.isOpen || text.isEmpty || PublicNumber(text) != nil {
            return try first(of: reach.pieces.map(\.condition), condition, byDue: filter.isOpen && filter.byDue, cursor, limit)
        }
        let terms = SearchGrams.terms(text)
        guard !reach.pieces.isEmpty, !terms.isEmpty else { return MatterList(matters: [], next: nil) }
        return stretch(
            try MatterTextStore(tx, town: town).newest(
                terms, in: reach.villages, where: "\(reach.condition) AND \(condition)", before: cursor, limit: limit + 1), limit)
    }

    /// The newest open matters that are in the hands of whoever `scope` reaches.
    package func inbox(
        _ scope: Scope, _ tree: GridTree, hiding restricted: RestrictedReach, _ filter: MatterFilter,
        after cursor: MatterCursor? = nil,
        limit: Int = 50
    ) throws -> MatterList {
        try first(
            of: Self.holders(scope, tree), Self.condition(try led(filter), at: now) + " AND " + restricted.condition(in: town),
            byDue: filter.byDue, cursor, limit)
    }

    /// The newest, or the nearest to their deadline, of every piece, merged. Each branch reads an index in its order and stops at `limit`.
    private func first(
        of pieces: [SQL], _ condition: SQL, byDue: Bool, _ cursor: MatterCursor?, _ limit: Int
    ) throws -> MatterList {
        guard !pieces.isEmpty else { return MatterList(matters: [], next: nil) }
        let order: SQL = byDue ? "m.due_at, m.id" : "m.reported_at DESC, m.id DESC"
        let after: SQL =
            if let cursor {
                byDue
                    ? " AND (m.due_at, m.id) > (\(cursor.at), \(cursor.id))"
                    : " AND (m.reported_at, m.id) < (\(cursor.at), \(cursor.id))"
            } else { "" }
        let branches = pieces.map { piece -> SQL in
            """
            SELECT b.id AS hit FROM (
                SELECT m.id, m.reported_at, m.due_at FROM matter m WHERE m.town_id = \(town) AND \(piece) AND \(condition)\(after)
                ORDER BY \(order) LIMIT \(limit + 1)) b
            """
        }
        let found = try tx.query(
            """
            SELECT \(MatterStore.columns) FROM (\(SQL.joined(branches, separator: " UNION ALL "))) h
            JOIN matter m ON m.town_id = \(town) AND m.id = h.hit ORDER BY \(order) LIMIT \(limit + 1)
            """
        ).map(Matter.init(row:))
        return stretch(found, limit, byDue: byDue)
    }

    /// - Parameter found: one more than `limit`, if there are more.
    private func stretch(_ found: [Matter], _ limit: Int, byDue: Bool = false) -> MatterList {
        let shown = Array(found.prefix(limit))
        let next =
            found.count > limit ? shown.last.map { MatterCursor(at: byDue ? $0.clock.due : $0.reportedAt, id: $0.id) } : nil
        return MatterList(matters: shown, next: next)
    }

    /// The number of whoever joined in finds what they joined; among open matters that of a merged one finds what it is part of.
    private func led(_ filter: MatterFilter) throws -> MatterFilter {
        guard let number = PublicNumber(filter.text.trimmed), let lead = try NumberLead(number, town: town, tx) else {
            return filter
        }
        guard try filter.isOpen || MatterStore(tx, town: town).find(number) == nil else { return filter }
        var led = filter
        led.text = lead.matter.number.digits
        return led
    }

    private static func condition(_ filter: MatterFilter, at now: Instant) -> SQL {
        var condition: SQL = filter.isOpen ? "m.is_open = 1" : "m.is_open = 0"
        if let stage = filter.stage { condition += " AND m.stage = \(stage)" }
        if let due = filter.due, due == .shelved {
            condition += " AND m.clock_state = 'shelved'"
        } else if let due = filter.due {
            let limit = due == .late ? now : now.day().adding(days: 1).start()
            condition += " AND m.due_at < \(limit) AND m.clock_state <> 'shelved'"
        }
        if let category = filter.category { condition += " AND m.category = \(category)" }
        if let tier = filter.tier { condition += " AND m.tier = \(tier)" }
        if let channel = filter.channel { condition += " AND m.channel = \(channel)" }
        if let from = filter.from { condition += " AND m.reported_at >= \(from)" }
        if let to = filter.to { condition += " AND m.reported_at < \(to)" }
        switch filter.hands {
        case .grids(let grids): condition += " AND m.holder_grid_id IN (\(list: grids.sorted()))"
        case .town: condition += " AND m.holder_grid_id IS NULL"
        case nil: break
        }
        let text = filter.text.trimmed
        if let number = PublicNumber(text) {
            condition += " AND m.number = \(number)"
        } else if !text.isEmpty {
            let pattern = "%\(escaped(text))%"
            condition += " AND (lower(m.words) LIKE \(pattern) ESCAPE '!' OR lower(m.spot) LIKE \(pattern) ESCAPE '!')"
        }
        return condition
    }

    /// Both engines fold only ASCII letters here, so this does too.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if character == "%" || character == "_" || character == "!" { result.append("!") }
            result += character.isASCII ? character.lowercased() : String(character)
        }
        return result
    }

    /// Conditions for what lies in the hands of those whom `scope` reaches. Only the whole town reaches what the town holds.
    private static func holders(_ scope: Scope, _ tree: GridTree) -> [SQL] {
        switch scope {
        case .town: return ["1 = 1"]
        case .grids:
            return tree.all(in: scope).map { "m.holder_grid_id = \($0.id)" }
        }
    }

    // MARK: Counts

    /// Open matters by stage within `reach`.
    package func counts(_ reach: MatterReach, hiding restricted: RestrictedReach) throws -> [MatterStage: Int] {
        try counts(of: reach.pieces.map(\.condition), restricted.condition(in: town))
    }

    /// Open matters by stage in the hands of whoever `scope` reaches.
    package func inboxCounts(_ scope: Scope, _ tree: GridTree, hiding restricted: RestrictedReach) throws -> [MatterStage: Int] {
        try counts(of: Self.holders(scope, tree), restricted.condition(in: town))
    }

    /// Open matters within `reach`, by the grid they are in.
    func open(byGridIn reach: MatterReach, hiding restricted: RestrictedReach) throws -> [ID<GridNode>: Int] {
        guard !reach.pieces.isEmpty else { return [:] }
        let branches = reach.pieces.map { piece -> SQL in
            """
            SELECT m.grid_id AS grid, count(*) AS matters FROM matter m
            WHERE m.town_id = \(town) AND \(piece.condition) AND m.is_open = 1 AND m.grid_id IS NOT NULL
                AND \(restricted.condition(in: town)) GROUP BY m.grid_id
            """
        }
        let rows = try tx.query(SQL.joined(branches, separator: " UNION ALL ") + " ORDER BY grid, matters")
        return Dictionary(try rows.map { (try $0.get("grid"), try $0.get("matters", as: Int.self)) }, uniquingKeysWith: +)
    }

    /// How many open matters each of these filters finds within `source`, in one look at what they have in common.
    package func counts(
        _ filters: [MatterFilter], in source: MatterSource, _ tree: GridTree, hiding restricted: RestrictedReach
    ) throws -> [Int] {
        let pieces = Self.pieces(source, tree)
        var counts: [Int] = []
        for start in stride(from: 0, to: filters.count, by: Self.columns.count) {
            let some = filters[start..<min(start + Self.columns.count, filters.count)]
            guard !pieces.isEmpty else {
                counts += some.map { _ in 0 }
                continue
            }
            let columns = zip(some, Self.columns).map { filter, column -> SQL in
                "count(CASE WHEN \(Self.condition(filter, at: now)) THEN 1 END) AS \(column.sql)"
            }
            let branches = pieces.map { piece -> SQL in
                """
                SELECT \(SQL.joined(columns, separator: ", ")) FROM matter m
                WHERE m.town_id = \(town) AND \(piece) AND m.is_open = 1 AND \(restricted.condition(in: town))
                """
            }
            let rows = try tx.query(SQL.joined(branches, separator: " UNION ALL ") + " ORDER BY c0")
            counts += try zip(some, Self.columns).map { _, column in
                try rows.reduce(0) { try $0 + $1.get(column.name, as: Int.self) }
            }
        }
        return counts
    }

    /// One for every filter that somebody and their unit may keep.
    private static let columns: [(name: String, sql: SQL)] = [
        ("c0", "c0"), ("c1", "c1"), ("c2", "c2"), ("c3", "c3"), ("c4", "c4"), ("c5", "c5"), ("c6", "c6"), ("c7", "c7"),
        ("c8", "c8"), ("c9", "c9"), ("c10", "c10"), ("c11", "c11"), ("c12", "c12"), ("c13", "c13"), ("c14", "c14"),
        ("c15", "c15"),
    ]

    private static func pieces(_ source: MatterSource, _ tree: GridTree) -> [SQL] {
        switch source {
        case .place(let reach): reach.pieces.map(\.condition)
        case .hands(let scope): holders(scope, tree)
        }
    }

    private func counts(of pieces: [SQL], _ condition: SQL) throws -> [MatterStage: Int] {
        guard !pieces.isEmpty else { return [:] }
        // Piece by piece, so that each is read from its index alone.
        let branches = pieces.map { piece -> SQL in
            """
            SELECT m.stage AS stage, count(*) AS matters FROM matter m
            WHERE m.town_id = \(town) AND \(piece) AND m.is_open = 1 AND \(condition) GROUP BY m.stage
            """
        }
        let rows = try tx.query(SQL.joined(branches, separator: " UNION ALL ") + " ORDER BY stage, matters")
        return Dictionary(try rows.map { (try $0.get("stage"), try $0.get("matters", as: Int.self)) }, uniquingKeysWith: +)
    }
}
