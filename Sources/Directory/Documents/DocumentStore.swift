package import Kernel
package import Storage

/// Every statement about mechanism documents.
package struct DocumentStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The editions of one document, the first at the front. Documents are public, so no scope is asked.
    package func editions(of document: ID<MechanismDocument>) throws -> [MechanismDocument] {
        try tx.query(
            "SELECT \(Self.columns) FROM mechanism_document d WHERE d.town_id = \(town) AND d.id = \(document) ORDER BY d.edition"
        ).map(MechanismDocument.init(row:))
    }

    /// Whether the document is one of those that whoever reaches `scope` keeps.
    package func isKept(_ document: ID<MechanismDocument>, in scope: Scope) throws -> Bool {
        try tx.first(
            """
            SELECT d.id FROM mechanism_document d
            WHERE d.town_id = \(town) AND d.id = \(document) AND \(GridScope.predicate(scope, town: town, grid: "d.grid_id")) LIMIT 1
            """) != nil
    }

    /// The newest edition of every document that whoever reaches `scope` keeps, the town's own first.
    package func kept(in scope: Scope) throws -> [MechanismDocument] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM mechanism_document d
            WHERE d.town_id = \(town) AND \(GridScope.predicate(scope, town: town, grid: "d.grid_id")) AND d.edition = (
                SELECT max(n.edition) FROM mechanism_document n WHERE n.town_id = d.town_id AND n.id = d.id)
            ORDER BY CASE WHEN d.grid_id IS NULL THEN 0 ELSE 1 END, d.kind, d.valid_from, d.id
            """
        ).map(MechanismDocument.init(row:))
    }

    /// What is in force on `day` for the town and for the given grids.
    package func inForce(on day: Day, for grids: [ID<GridNode>]) throws -> [MechanismDocument] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM mechanism_document d
            WHERE d.town_id = \(town) AND (d.grid_id IS NULL OR d.grid_id IN (\(list: grids)))
                AND d.valid_from <= \(day) AND (d.valid_to IS NULL OR d.valid_to >= \(day))
            ORDER BY CASE WHEN d.grid_id IS NULL THEN 0 ELSE 1 END, d.kind, d.valid_from, d.id
            """
        ).map(MechanismDocument.init(row:))
    }

    /// - Throws: ``StorageError/uniqueViolation(_:)`` when somebody else has written this edition.
    package func insert(_ document: MechanismDocument) throws {
        try tx.execute(
            """
            INSERT INTO mechanism_document (town_id, id, edition, grid_id, kind, title_zh, title_en, body_zh, body_en, valid_from, valid_to)
            VALUES (\(town), \(document.id), \(document.edition), \(document.grid), \(document.kind), \(document.titleZh), \(document.titleEn),
                \(document.bodyZh), \(document.bodyEn), \(document.from), \(document.to))
            """)
    }

    /// Sets the last day of an edition; its words never change.
    func end(_ document: MechanismDocument, on day: Day) throws {
        try tx.execute(
            "UPDATE mechanism_document SET valid_to = \(day) WHERE town_id = \(town) AND id = \(document.id) AND edition = \(document.edition)"
        )
    }

    private static let columns: SQL =
        "d.id, d.edition, d.grid_id, d.kind, d.title_zh, d.title_en, d.body_zh, d.body_en, d.valid_from, d.valid_to"
}

extension MechanismDocument {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), edition: try row.get("edition"), grid: try row.get("grid_id"), kind: try row.get("kind"),
            titleZh: try row.get("title_zh"), titleEn: try row.get("title_en"), bodyZh: try row.get("body_zh"),
            bodyEn: try row.get("body_en"), from: try row.get("valid_from"), to: try row.get("valid_to"))
    }
}
