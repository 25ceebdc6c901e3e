package import Directory
package import Kernel
package import Storage

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
        if let due = filter.due {
            let limit = due == .late ? now : now.day().adding(days: 1).start()
            condition += " AND m.due_at < \(limit) AND m.clock_state <> 'shelved'"
        }
        if let category = filter.category { condition += " AND m.category = \(category)" }
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
