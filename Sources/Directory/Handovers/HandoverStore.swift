package import Kernel
package import Storage

/// Every statement about handovers.
package struct HandoverStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    func insert(_ handover: Handover, _ lines: [HandoverLine]) throws {
        try tx.execute(
            """
            INSERT INTO handover (town_id, id, grid_id, from_id, from_name, to_id, to_name, day, at, by_name, by_post, note)
            VALUES (\(town), \(handover.id), \(handover.grid), \(handover.from.id), \(handover.from.name), \(handover.to.id),
                \(handover.to.name), \(handover.day), \(handover.at), \(handover.byName), \(handover.byPost), \(handover.note))
            """)
        for change in handover.changes {
            try tx.enqueue(
                """
                INSERT INTO handover_post (town_id, handover_id, post_id, kind, grid_id, next_id, title)
                VALUES (\(town), \(handover.id), \(change.post), \(change.kind), \(change.grid), \(change.next), \(change.title))
                """)
        }
        for (position, line) in lines.enumerated() {
            try tx.enqueue(
                """
                INSERT INTO handover_line (town_id, handover_id, position, kind, subject_id, words, number, due_at)
                VALUES (\(town), \(handover.id), \(position), \(line.kind), \(line.subject), \(line.words), \(line.number), \(line.due))
                """)
        }
    }

    /// The handover within `scope`; nil outside.
    package func find(_ id: ID<Handover>, in scope: Scope) throws -> Handover? {
        try all("h.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "h.grid_id"))", limit: 1).first
    }

    /// The latest within `scope`.
    package func latest(_ limit: Int, in scope: Scope) throws -> [Handover] {
        try all(GridScope.predicate(scope, town: town, grid: "h.grid_id"), limit: limit)
    }

    /// What was handed over, in the order it was written down.
    package func lines(of handover: ID<Handover>) throws -> [HandoverLine] {
        try tx.query(
            """
            SELECT l.kind, l.subject_id, l.words, l.number, l.due_at FROM handover_line l
            WHERE l.town_id = \(town) AND l.handover_id = \(handover) ORDER BY l.position
            """
        ).map {
            HandoverLine(
                try $0.get("kind"), subject: try $0.get("subject_id"), words: try $0.get("words"), number: try $0.get("number"),
                due: try $0.get("due_at"))
        }
    }

    private func all(_ condition: SQL, limit: Int) throws -> [Handover] {
        let rows = try tx.query(
            """
            SELECT h.id, h.grid_id, h.from_id, h.from_name, h.to_id, h.to_name, h.day, h.at, h.by_name, h.by_post, h.note FROM handover h
            WHERE h.town_id = \(town) AND \(condition) ORDER BY h.at DESC, h.id DESC LIMIT \(limit)
            """)
        let ids: [ID<Handover>] = try rows.map { try $0.get("id") }
        let changes = try changes(of: ids)
        return try rows.map { row in
            let id: ID<Handover> = try row.get("id")
            return Handover(
                id: id, grid: try row.get("grid_id"), from: .init(try row.get("from_id"), try row.get("from_name")),
                to: .init(try row.get("to_id"), try row.get("to_name")), day: try row.get("day"), at: try row.get("at"),
                byName: try row.get("by_name"), byPost: try row.get("by_post"), note: try row.get("note"),
                changes: changes[id, default: []])
        }
    }

    private func changes(of handovers: [ID<Handover>]) throws -> [ID<Handover>: [Handover.Change]] {
        guard !handovers.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT p.handover_id, p.post_id, p.kind, p.grid_id, p.next_id, p.title FROM handover_post p
            WHERE p.town_id = \(town) AND p.handover_id IN (\(list: handovers)) ORDER BY p.handover_id, p.title, p.post_id
            """)
        var changes: [ID<Handover>: [Handover.Change]] = [:]
        for row in rows {
            changes[try row.get("handover_id"), default: []].append(
                Handover.Change(
                    post: try row.get("post_id"), kind: try row.get("kind"), grid: try row.get("grid_id"),
                    next: try row.get("next_id"), title: try row.get("title")))
        }
        return changes
    }
}
