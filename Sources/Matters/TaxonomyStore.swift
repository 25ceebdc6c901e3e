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
            SELECT code, name_zh, name_en, tier, visibility, emergency_zh, emergency_en, respond_within, finish_within, is_retired,
                lead_unit, closing_zh, closing_en, needs_photo, questions, near_metres, village_id, edition
            FROM category WHERE town_id = \(town) ORDER BY code
            """)
        let off = try tx.query("SELECT village_id, code FROM category_off WHERE town_id = \(town) ORDER BY village_id, code")
            .map { (try $0.get("village_id", as: ID<GridNode>.self), try $0.get("code", as: String.self)) }
        return Taxonomy(
            edition: try groups.map { try $0.get("edition", as: Int.self) }.max() ?? 0,
            groups: try groups.map { CategoryGroup(try $0.get("code"), try $0.get("name_zh"), try $0.get("name_en")) },
            categories: try categories.map(Category.init(row:)),
            off: Dictionary(grouping: off, by: \.0).mapValues { Set($0.map(\.1)) }, routing: try RoutingBook.read(tx, of: town))
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
                    finish_within, is_retired, edition, lead_unit, closing_zh, closing_en, needs_photo, questions)
                VALUES (\(town), \(category.code), \(category.nameZh), \(category.nameEn), \(category.tier), \(category.visibility),
                    \(category.emergencyZh), \(category.emergencyEn), \(category.respondWithin), \(category.finishWithin),
                    \(category.isRetired), \(taxonomy.edition), \(category.leadUnit), \(category.closingZh), \(category.closingEn),
                    \(category.needsPhoto), \(QuestionList(category.questions))) ON CONFLICT (town_id, code) DO NOTHING
                """)
        }
    }

    /// Stops or resumes offering a category.
    func retire(_ code: String, _ isRetired: Bool, in town: ID<Town>) throws {
        try tx.execute("UPDATE category SET is_retired = \(isRetired) WHERE town_id = \(town) AND code = \(code)")
    }

    /// Stores a category as it is from now on.
    func put(_ category: Category, in town: ID<Town>) throws {
        try tx.execute(
            """
            INSERT INTO category (town_id, code, name_zh, name_en, tier, visibility, emergency_zh, emergency_en, respond_within,
                finish_within, is_retired, edition, lead_unit, closing_zh, closing_en, needs_photo, questions, near_metres, village_id)
            VALUES (\(town), \(category.code), \(category.nameZh), \(category.nameEn), \(category.tier), \(category.visibility),
                \(category.emergencyZh), \(category.emergencyEn), \(category.respondWithin), \(category.finishWithin),
                \(category.isRetired), \(category.edition), \(category.leadUnit), \(category.closingZh), \(category.closingEn),
                \(category.needsPhoto), \(QuestionList(category.questions)), \(category.nearMetres), \(category.village))
            ON CONFLICT (town_id, code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, tier = excluded.tier,
                visibility = excluded.visibility, emergency_zh = excluded.emergency_zh, emergency_en = excluded.emergency_en,
                respond_within = excluded.respond_within, finish_within = excluded.finish_within, is_retired = excluded.is_retired,
                edition = excluded.edition, lead_unit = excluded.lead_unit, closing_zh = excluded.closing_zh,
                closing_en = excluded.closing_en, needs_photo = excluded.needs_photo, questions = excluded.questions, near_metres = excluded.near_metres
            """)
    }

    /// Which category a request has changed before.
    func changed(by request: ID<CategoryDraft>, in town: ID<Town>) throws -> String? {
        try tx.value("SELECT code FROM category_edition WHERE town_id = \(town) AND request_id = \(request)")
    }

    /// Keeps an edition as it was put in force, for ever.
    func keep(
        _ category: Category, body: String, _ request: ID<CategoryDraft>, by actor: MatterEvent.Actor, at now: Instant,
        in town: ID<Town>
    ) throws {
        try tx.execute(
            """
            INSERT INTO category_edition (town_id, code, edition, request_id, body, at, account_id, actor_name, actor_post)
            VALUES (\(town), \(category.code), \(category.edition), \(request), \(body), \(now), \(actor.account), \(actor.name),
                \(actor.post))
            """)
    }

    /// When a category was changed, by whom and from which post, the latest first.
    func editions(of code: String, in town: ID<Town>) throws -> [(edition: Int, at: Instant, name: String, post: String)] {
        try tx.query(
            """
            SELECT edition, at, actor_name, actor_post FROM category_edition WHERE town_id = \(town) AND code = \(code)
            ORDER BY edition DESC
            """
        ).map { (try $0.get("edition"), try $0.get("at"), try $0.get("actor_name"), try $0.get("actor_post")) }
    }

    /// Says what a village does not need.
    func setOff(_ codes: Set<String>, for village: ID<GridNode>, in town: ID<Town>) throws {
        try tx.execute("DELETE FROM category_off WHERE town_id = \(town) AND village_id = \(village)")
        for code in codes.sorted() {
            try tx.enqueue("INSERT INTO category_off (town_id, village_id, code) VALUES (\(town), \(village), \(code))")
        }
    }
}

extension Category {
    fileprivate init(row: Row) throws {
        self.init(
            try row.get("code"), try row.get("name_zh"), try row.get("name_en"), try row.get("tier"),
            visibility: try row.get("visibility"), emergencyZh: try row.get("emergency_zh"),
            emergencyEn: try row.get("emergency_en"),
            respondWithin: try row.get("respond_within"), finishWithin: try row.get("finish_within"),
            isRetired: try row.get("is_retired"))
        (leadUnit, closingZh, closingEn) = (try row.get("lead_unit"), try row.get("closing_zh"), try row.get("closing_en"))
        (needsPhoto, village, edition) = (try row.get("needs_photo"), try row.get("village_id"), try row.get("edition"))
        questions = try row.get("questions", as: QuestionList.self).questions
        nearMetres = try row.get("near_metres")
    }
}
