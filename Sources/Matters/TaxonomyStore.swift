import Kernel
import Storage

/// Every statement about groups and categories.
struct TaxonomyStore {
    private let tx: any Transaction

    init(_ tx: any Transaction) { self.tx = tx }

    /// The town's own taxonomy; empty when none was installed.
    func taxonomy(of town: ID<Town>) throws -> Taxonomy {
        let groups = try tx.query(
            "SELECT code, name_zh, name_en, edition FROM category_group WHERE town_id = \(town) ORDER BY code")
        let categories = try tx.query(
            """
            SELECT code, name_zh, name_en, tier, visibility, emergency_zh, emergency_en, respond_within, finish_within, is_retired
            FROM category WHERE town_id = \(town) ORDER BY code
            """)
        return Taxonomy(
            edition: try groups.map { try $0.get("edition", as: Int.self) }.max() ?? 0,
            groups: try groups.map { CategoryGroup(try $0.get("code"), try $0.get("name_zh"), try $0.get("name_en")) },
            categories: try categories.map { row in
                Category(
                    try row.get("code"), try row.get("name_zh"), try row.get("name_en"), try row.get("tier"),
                    visibility: try row.get("visibility"), emergencyZh: try row.get("emergency_zh"),
                    emergencyEn: try row.get("emergency_en"),
                    respondWithin: try row.get("respond_within"), finishWithin: try row.get("finish_within"),
                    isRetired: try row.get("is_retired"))
            })
    }

    /// Adds what is not there yet.
    func install(_ taxonomy: Taxonomy, in town: ID<Town>) throws {
        for group in taxonomy.groups {
            try tx.enqueue(
                """
                INSERT INTO category_group (town_id, code, name_zh, name_en, edition)
                VALUES (\(town), \(group.code), \(group.nameZh), \(group.nameEn), \(taxonomy.edition)) ON CONFLICT (town_id, code) DO NOTHING
                """)
        }
        for category in taxonomy.categories {
            try tx.enqueue(
                """
                INSERT INTO category (town_id, code, name_zh, name_en, tier, visibility, emergency_zh, emergency_en, respond_within,
                    finish_within, is_retired, edition)
                VALUES (\(town), \(category.code), \(category.nameZh), \(category.nameEn), \(category.tier), \(category.visibility),
                    \(category.emergencyZh), \(category.emergencyEn), \(category.respondWithin), \(category.finishWithin),
                    \(category.isRetired), \(taxonomy.edition)) ON CONFLICT (town_id, code) DO NOTHING
                """)
        }
    }

    /// Stops or resumes offering a category.
    func retire(_ code: String, _ isRetired: Bool, in town: ID<Town>) throws {
        try tx.execute("UPDATE category SET is_retired = \(isRetired) WHERE town_id = \(town) AND code = \(code)")
    }
}
