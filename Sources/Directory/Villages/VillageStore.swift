package import Kernel
package import Storage

/// Every statement about villages' profiles, switches, natural villages and reported figures.
package struct VillageStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: Profiles

    /// The village's profile; one of an ordinary village when nobody has described it.
    package func profile(of village: ID<GridNode>) throws -> VillageProfile {
        let row = try tx.first(
            "SELECT v.village_type, v.about_zh, v.about_en FROM village_profile v WHERE v.town_id = \(town) AND v.grid_id = \(village)"
        )
        let switches = try tx.query(
            """
            SELECT s.capability, s.is_on, s.since FROM capability_switch s WHERE s.town_id = \(town) AND s.grid_id = \(village)
            ORDER BY s.capability
            """
        ).map { row in
            (
                try row.get("capability", as: String.self),
                VillageProfile.Switch(isOn: try row.get("is_on"), since: try row.get("since"))
            )
        }
        return VillageProfile(
            village: village, type: try row?.get("village_type") ?? .ordinary, aboutZh: try row?.get("about_zh"),
            aboutEn: try row?.get("about_en"),
            // A switch of a capability that a later version dropped is left aside.
            switches: Dictionary(switches.compactMap { name, value in Capability(rawValue: name).map { ($0, value) } }) {
                first, _ in first
            })
    }

    /// The type of every village that has one.
    package func types() throws -> [ID<GridNode>: VillageType] {
        let rows = try tx.query(
            "SELECT v.grid_id, v.village_type FROM village_profile v WHERE v.town_id = \(town) ORDER BY v.grid_id")
        return Dictionary(try rows.map { (try $0.get("grid_id"), try $0.get("village_type")) }) { first, _ in first }
    }

    /// Whether the village may use a capability: what other rooms ask before they serve it.
    package func isOn(_ capability: Capability, in village: ID<GridNode>) throws -> Bool {
        try profile(of: village).isOn(capability)
    }

    /// Stores the type and the words; switches are stored by ``setSwitch(_:of:in:)``.
    package func put(_ profile: VillageProfile) throws {
        try tx.execute(
            """
            INSERT INTO village_profile (town_id, grid_id, village_type, about_zh, about_en)
            VALUES (\(town), \(profile.village), \(profile.type), \(profile.aboutZh), \(profile.aboutEn))
            ON CONFLICT (town_id, grid_id) DO UPDATE SET village_type = excluded.village_type, about_zh = excluded.about_zh,
                about_en = excluded.about_en
            """)
    }

    package func setSwitch(_ value: VillageProfile.Switch, of capability: Capability, in village: ID<GridNode>) throws {
        try tx.execute(
            """
            INSERT INTO capability_switch (town_id, grid_id, capability, is_on, since)
            VALUES (\(town), \(village), \(capability), \(value.isOn), \(value.since))
            ON CONFLICT (town_id, grid_id, capability) DO UPDATE SET is_on = excluded.is_on, since = excluded.since
            """)
    }

    // MARK: Natural villages and figures

    package func naturalVillages(of village: ID<GridNode>) throws -> [NaturalVillage] {
        try tx.query(
            "SELECT n.id, n.grid_id, n.name_zh, n.name_en FROM natural_village n WHERE n.town_id = \(town) AND n.grid_id = \(village) ORDER BY n.id"
        ).map(Self.natural)
    }

    package func naturalVillage(_ id: ID<NaturalVillage>) throws -> NaturalVillage? {
        try tx.first(
            "SELECT n.id, n.grid_id, n.name_zh, n.name_en FROM natural_village n WHERE n.town_id = \(town) AND n.id = \(id)"
        )
        .map(Self.natural)
    }

    private static func natural(_ row: Row) throws -> NaturalVillage {
        NaturalVillage(
            id: try row.get("id"), village: try row.get("grid_id"), nameZh: try row.get("name_zh"), nameEn: try row.get("name_en")
        )
    }

    package func insert(_ natural: NaturalVillage) throws {
        try tx.execute(
            """
            INSERT INTO natural_village (town_id, id, grid_id, name_zh, name_en)
            VALUES (\(town), \(natural.id), \(natural.village), \(natural.nameZh), \(natural.nameEn))
            """)
    }

    func rename(_ natural: NaturalVillage, to name: String) throws {
        try tx.execute(
            """
            UPDATE natural_village SET name_zh = \(name), name_en = \(natural.nameEn)
            WHERE town_id = \(town) AND id = \(natural.id) AND grid_id = \(natural.village)
            """)
    }

    func remove(_ natural: NaturalVillage) throws {
        try tx.execute("DELETE FROM natural_village WHERE town_id = \(town) AND id = \(natural.id)")
    }

    /// The figures reported about a village, the latest of each kind.
    package func figures(of village: ID<GridNode>) throws -> [ReportedFigure] {
        let rows = try tx.query(
            """
            SELECT f.key, f.value, f.reported_text, f.is_derived, f.source, f.as_of FROM reported_figure f
            WHERE f.town_id = \(town) AND f.grid_id = \(village) ORDER BY f.as_of, f.key
            """)
        let figures = try rows.map { row in
            ReportedFigure(
                village: village, key: try row.get("key"), value: try row.get("value"),
                reportedText: try row.get("reported_text"),
                isDerived: try row.get("is_derived"), source: try row.get("source"), asOf: try row.get("as_of"))
        }
        let latest = Dictionary(figures.map { ($0.key, $0) }) { _, later in later }
        return ReportedFigure.Key.allCases.compactMap { latest[$0] }
    }

    package func insert(_ figure: ReportedFigure) throws {
        try tx.execute(
            """
            INSERT INTO reported_figure (town_id, grid_id, key, value, reported_text, is_derived, source, as_of)
            VALUES (\(town), \(figure.village), \(figure.key), \(figure.value), \(figure.reportedText), \(figure.isDerived), \(figure.source),
                \(figure.asOf))
            """)
    }

    /// Stores a figure; one of the same kind and day is replaced.
    func put(_ figure: ReportedFigure) throws {
        try tx.execute(
            """
            INSERT INTO reported_figure (town_id, grid_id, key, value, reported_text, is_derived, source, as_of)
            VALUES (\(town), \(figure.village), \(figure.key), \(figure.value), \(figure.reportedText), \(figure.isDerived), \(figure.source),
                \(figure.asOf))
            ON CONFLICT (town_id, grid_id, key, as_of) DO UPDATE SET value = excluded.value, reported_text = excluded.reported_text,
                is_derived = excluded.is_derived, source = excluded.source
            """)
    }
}
