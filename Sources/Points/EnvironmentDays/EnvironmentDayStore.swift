import Directory
package import Kernel
package import Storage

/// Every statement about environment days, their areas and who takes part.
package struct EnvironmentDayStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL = "d.id, d.village_id, d.month, d.third, d.day, d.why, d.stage, d.version"

    /// - Returns: false when the village has one in that month.
    package func insert(_ day: EnvironmentDay, areas: [EnvironmentArea]) throws -> Bool {
        let isNew =
            try tx.execute(
                """
                INSERT INTO points_environment_day (town_id, id, village_id, month, third, day, why, stage, version)
                VALUES (\(town), \(day.id), \(day.village), \(day.month), \(day.third), \(day.day), \(day.why), \(day.stage), \(day.version))
                ON CONFLICT DO NOTHING
                """) == 1
        if isNew { for area in areas { try insert(area) } }
        return isNew
    }

    package func insert(_ area: EnvironmentArea) throws {
        try tx.execute(
            """
            INSERT INTO points_environment_area (town_id, id, day_id, grid_id, words)
            VALUES (\(town), \(area.id), \(area.day), \(area.grid), \(area.words))
            """)
    }

    package func find(_ id: ID<EnvironmentDay>) throws -> EnvironmentDay? {
        try tx.first("SELECT \(Self.columns) FROM points_environment_day d WHERE d.town_id = \(town) AND d.id = \(id)").map(
            EnvironmentDay.init(row:))
    }

    /// A village's days, the latest first.
    package func days(of village: ID<GridNode>, limit: Int = 24) throws -> [EnvironmentDay] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_environment_day d WHERE d.town_id = \(town) AND d.village_id = \(village)
            ORDER BY d.month DESC LIMIT \(limit)
            """
        ).map(EnvironmentDay.init(row:))
    }

    /// - Returns: false when the day is not at `version` any more.
    package func move(_ id: ID<EnvironmentDay>, to day: Day, _ stage: EnvironmentDay.Stage, from version: Int) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_environment_day SET day = \(day), stage = \(stage), version = version + 1
            WHERE town_id = \(town) AND id = \(id) AND version = \(version)
            """) == 1
    }

    package func areas(of day: ID<EnvironmentDay>) throws -> [EnvironmentArea] {
        try tx.query(
            """
            SELECT a.id, a.day_id, a.grid_id, a.words FROM points_environment_area a WHERE a.town_id = \(town) AND a.day_id = \(day)
            ORDER BY a.id
            """
        ).map {
            EnvironmentArea(
                id: try $0.get("id"), day: try $0.get("day_id"), grid: try $0.get("grid_id"), words: try $0.get("words"))
        }
    }

    // MARK: Taking part

    /// - Returns: false when the household has signed up for that day.
    package func insert(_ signup: EnvironmentSignup) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO points_environment_signup (town_id, id, day_id, area_id, household_id, person_id, at, came)
            VALUES (\(town), \(signup.id), \(signup.day), \(signup.area), \(signup.household), \(signup.person), \(signup.at), \(signup.came))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    package func signups(of day: ID<EnvironmentDay>) throws -> [EnvironmentSignup] {
        try tx.query(
            """
            SELECT s.id, s.day_id, s.area_id, s.household_id, s.person_id, s.at, s.came FROM points_environment_signup s
            WHERE s.town_id = \(town) AND s.day_id = \(day) ORDER BY s.area_id, s.at, s.id
            """
        ).map {
            EnvironmentSignup(
                id: try $0.get("id"), day: try $0.get("day_id"), area: try $0.get("area_id"),
                household: try $0.get("household_id"), person: try $0.get("person_id"), at: try $0.get("at"),
                came: try $0.get("came"))
        }
    }

    package func setCame(_ came: Bool, _ signup: ID<EnvironmentSignup>) throws {
        try tx.execute(
            "UPDATE points_environment_signup SET came = \(came) WHERE town_id = \(town) AND id = \(signup)")
    }
}

extension EnvironmentDay {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), village: try row.get("village_id"), month: try row.get("month"), third: try row.get("third"),
            day: try row.get("day"), why: try row.get("why"), stage: try row.get("stage"), version: try row.get("version"))
    }
}
