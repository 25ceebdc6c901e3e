import Directory
package import Identity
package import Kernel
package import Storage

/// Every statement about enterprises and small shops.
package struct EnterpriseStore {
    private let tx: any Transaction
    private let town: ID<Town>
    private let vault: Vault

    package init(_ tx: any Transaction, town: ID<Town>, vault: Vault) {
        self.tx = tx
        self.town = town
        self.vault = vault
    }

    // MARK: Writing

    package func insert(_ firm: Enterprise, phone: Telephone?) throws {
        let sealed = try phone.map { try vault.seal($0.digits, for: Self.place(firm.id)) }
        try tx.enqueue(
            """
            INSERT INTO enterprise (town_id, id, grid_id, kind, trade, name, name_folded, credit_code, no_code_reason, address_words, contact,
                phone_sealed, phone_mark, headcount, valid_from, valid_to, visited_at, version)
            VALUES (\(town), \(firm.id), \(firm.grid), \(firm.kind), \(firm.trade), \(firm.name), \(firm.name.lowercased()),
                \(firm.code?.description), \(firm.noCodeReason), \(firm.address), \(firm.contact), \(sealed), \(mark(phone)),
                \(firm.headcount), \(firm.term.from), \(firm.term.to), \(firm.visitedAt), \(firm.version))
            """)
    }

    /// - Parameter phone: nil leaves the number as it is, an empty one takes it away.
    /// - Returns: false when somebody was faster.
    package func update(_ firm: Enterprise, phone: Telephone??, from version: Int) throws -> Bool {
        let changed = try tx.execute(
            """
            UPDATE enterprise SET grid_id = \(firm.grid), kind = \(firm.kind), trade = \(firm.trade), name = \(firm.name),
                name_folded = \(firm.name.lowercased()), credit_code = \(firm.code?.description), no_code_reason = \(firm.noCodeReason),
                address_words = \(firm.address), contact = \(firm.contact), headcount = \(firm.headcount), valid_from = \(firm.term.from),
                valid_to = \(firm.term.to), version = \(firm.version)
            WHERE town_id = \(town) AND id = \(firm.id) AND version = \(version)
            """)
        guard changed == 1 else { return false }
        if let phone {
            let sealed = try phone.map { try vault.seal($0.digits, for: Self.place(firm.id)) }
            try tx.execute(
                """
                UPDATE enterprise SET phone_sealed = \(sealed), phone_mark = \(mark(phone)) WHERE town_id = \(town) AND id = \(firm.id)
                """)
        }
        return true
    }

    private func mark(_ phone: Telephone?) -> String? { phone.map { vault.mark($0.digits, kind: "phone") } }

    /// Removes an enterprise that nothing refers to.
    package func delete(_ firm: ID<Enterprise>) throws {
        try tx.execute("DELETE FROM enterprise WHERE town_id = \(town) AND id = \(firm)")
    }

    // MARK: Reading

    /// The enterprise within `scope`; nil outside.
    package func find(_ id: ID<Enterprise>, in scope: Scope) throws -> Enterprise? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM enterprise e
            WHERE e.town_id = \(town) AND e.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "e.grid_id"))
            """
        ).map(Enterprise.init(row:))
    }

    /// Who has this credit code already, wherever.
    package func holder(of code: CreditCode) throws -> ID<Enterprise>? {
        try tx.value(
            """
            SELECT e.id FROM enterprise e WHERE e.town_id = \(town) AND e.credit_code = \(code.description) AND e.valid_to IS NULL
            ORDER BY e.id LIMIT 1
            """)
    }

    /// The enterprise of exactly this name and address in a grid that goes on.
    package func standing(named name: String, at address: String, in grid: ID<GridNode>) throws -> ID<Enterprise>? {
        try tx.value(
            """
            SELECT e.id FROM enterprise e
            WHERE e.town_id = \(town) AND e.grid_id = \(grid) AND e.name = \(name) AND e.address_words = \(address) AND e.valid_to IS NULL
            ORDER BY e.id LIMIT 1
            """)
    }

    /// The telephone in clear; nil when none is known. For use cases that mask it or log the reveal.
    package func phone(of firm: ID<Enterprise>) throws -> String? { try phones(of: [firm])[firm] }

    /// The telephones in clear of some enterprises that have one. For use cases that mask them.
    package func phones(of firms: [ID<Enterprise>]) throws -> [ID<Enterprise>: String] {
        guard !firms.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT e.id, e.phone_sealed FROM enterprise e
            WHERE e.town_id = \(town) AND e.id IN (\(list: firms)) AND e.phone_sealed IS NOT NULL ORDER BY e.id
            """)
        return Dictionary(
            try rows.map { row in
                let id: ID<Enterprise> = try row.get("id")
                return (id, try vault.open(try row.get("phone_sealed", as: [UInt8].self), for: Self.place(id)))
            }
        ) { first, _ in first }
    }

    /// Those of a grid and below it that go on, by name after a name and id.
    package func list(_ filter: EnterpriseFilter, in grids: [ID<GridNode>], after cursor: NameCursor?, limit: Int) throws
        -> [Enterprise]
    {
        guard !grids.isEmpty else { return [] }
        let after: SQL = if let cursor { " AND (e.name, e.id) > (\(cursor.name), \(ID<Enterprise>(cursor.id)))" } else { "" }
        return try tx.query(
            """
            SELECT \(Self.columns) FROM enterprise e
            WHERE e.town_id = \(town) AND e.grid_id IN (\(list: grids)) AND e.valid_to IS NULL AND \(Self.condition(filter))\(after)
            ORDER BY e.name, e.id LIMIT \(limit)
            """
        ).map(Enterprise.init(row:))
    }

    /// How many of each kind go on in some grids.
    package func counts(in grids: [ID<GridNode>]) throws -> [Enterprise.Kind: Int] {
        guard !grids.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT e.kind, count(*) AS firms FROM enterprise e
            WHERE e.town_id = \(town) AND e.grid_id IN (\(list: grids)) AND e.valid_to IS NULL GROUP BY e.kind ORDER BY e.kind
            """)
        return Dictionary(try rows.map { (try $0.get("kind"), try $0.get("firms")) }) { first, _ in first }
    }

    private static func condition(_ filter: EnterpriseFilter) -> SQL {
        var condition: SQL = "1 = 1"
        if let kind = filter.kind { condition += " AND e.kind = \(kind)" }
        if !filter.text.isEmpty {
            let pattern = "%" + filter.text.lowercased().map { "%_!".contains($0) ? "!\($0)" : String($0) }.joined() + "%"
            condition +=
                """
                 AND (e.name_folded LIKE \(pattern) ESCAPE '!' OR e.address_words LIKE \(pattern) ESCAPE '!'
                    OR e.credit_code = \(filter.text.uppercased()))
                """
        }
        return condition
    }

    package static func place(_ firm: ID<Enterprise>) -> String { "enterprise.phone \(firm)" }

    private static let columns: SQL =
        """
        e.id, e.grid_id, e.kind, e.trade, e.name, e.credit_code, e.no_code_reason, e.address_words, e.contact, e.headcount, e.valid_from,
        e.valid_to, e.visited_at, e.version
        """
}

/// What of the enterprises is asked for.
package struct EnterpriseFilter: Sendable, Hashable {
    package var kind: Enterprise.Kind?
    package var text: String

    package init(kind: Enterprise.Kind? = nil, text: String = "") {
        self.kind = kind
        self.text = text
    }
}

extension Enterprise {
    init(row: Row) throws {
        let code: String? = try row.get("credit_code")
        self.init(
            id: try row.get("id"), grid: try row.get("grid_id"), kind: try row.get("kind"), trade: try row.get("trade"),
            name: try row.get("name"), code: code.flatMap { try? CreditCode(reading: $0) },
            noCodeReason: try row.get("no_code_reason"), address: try row.get("address_words"), contact: try row.get("contact"),
            headcount: try row.get("headcount"), term: Term(from: try row.get("valid_from"), to: try row.get("valid_to")),
            visitedAt: try row.get("visited_at"), version: try row.get("version"))
    }
}
