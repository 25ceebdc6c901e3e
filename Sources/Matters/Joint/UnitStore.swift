import Directory
package import Kernel
package import Storage

/// Every statement about units outside the grids and who answers for them.
package struct UnitStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// Those that are asked first, then the retired ones, each by name.
    package func all() throws -> [JointUnit] {
        try tx.query(
            "SELECT \(Self.columns) FROM joint_unit u WHERE u.town_id = \(town) ORDER BY u.is_retired, u.name_zh, u.id"
        ).map(JointUnit.init(row:))
    }

    package func find(_ id: ID<JointUnit>) throws -> JointUnit? {
        try tx.first("SELECT \(Self.columns) FROM joint_unit u WHERE u.town_id = \(town) AND u.id = \(id)").map(
            JointUnit.init(row:))
    }

    package func put(_ unit: JointUnit) throws {
        try tx.execute(
            """
            INSERT INTO joint_unit (town_id, id, name_zh, name_en, contact, phone, respond_within, finish_within, is_retired, version)
            VALUES (\(town), \(unit.id), \(unit.nameZh), \(unit.nameEn), \(unit.contact), \(unit.phone), \(unit.respondWithin),
                \(unit.finishWithin), \(unit.isRetired), \(unit.version))
            ON CONFLICT (town_id, id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, contact = excluded.contact,
                phone = excluded.phone, respond_within = excluded.respond_within, finish_within = excluded.finish_within,
                is_retired = excluded.is_retired, version = excluded.version
            """)
    }

    // MARK: Members

    package func insert(_ member: UnitMember) throws {
        try tx.execute(
            """
            INSERT INTO joint_unit_member (town_id, id, unit_id, person_id, valid_from, valid_to)
            VALUES (\(town), \(member.id), \(member.unit), \(member.person), \(member.term.from), \(member.term.to))
            """)
    }

    func remove(_ member: ID<UnitMember>) throws {
        try tx.execute("DELETE FROM joint_unit_member WHERE town_id = \(town) AND id = \(member)")
    }

    package func end(_ member: ID<UnitMember>, on day: Day) throws {
        try tx.execute("UPDATE joint_unit_member SET valid_to = \(day) WHERE town_id = \(town) AND id = \(member)")
    }

    /// Who answers for a unit on `day`, with their names.
    package func members(of unit: ID<JointUnit>, on day: Day) throws -> [(member: UnitMember, name: String)] {
        try tx.query(
            """
            SELECT n.id, n.unit_id, n.person_id, n.valid_from, n.valid_to, p.name FROM joint_unit_member n
            JOIN person p ON p.town_id = n.town_id AND p.id = n.person_id
            WHERE n.town_id = \(town) AND n.unit_id = \(unit) AND n.valid_from <= \(day) AND (n.valid_to IS NULL OR n.valid_to >= \(day))
            ORDER BY n.valid_from, n.id
            """
        ).map { (try UnitMember(row: $0), try $0.get("name")) }
    }

    /// The units that somebody answers for on `day`.
    package func units(of person: ID<PersonNode>, on day: Day) throws -> [JointUnit] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM joint_unit u
            WHERE u.town_id = \(town) AND u.id IN (\(Self.answered(by: person, in: town, on: day))) ORDER BY u.name_zh, u.id
            """
        ).map(JointUnit.init(row:))
    }

    /// The ids of the units that somebody answers for: what every statement asks that shows a unit's tasks to its people.
    static func answered(by person: ID<PersonNode>, in town: ID<Town>, on day: Day) -> SQL {
        """
        SELECT n.unit_id FROM joint_unit_member n WHERE n.town_id = \(town) AND n.person_id = \(person) AND n.valid_from <= \(day)
            AND (n.valid_to IS NULL OR n.valid_to >= \(day))
        """
    }

    // MARK: History

    /// - Returns: the digest of what was asked under this id before; nil when nothing was.
    func done(_ request: ID<UnitEvent>) throws -> String? {
        try tx.value("SELECT digest FROM joint_unit_event WHERE town_id = \(town) AND id = \(request)")
    }

    func add(_ event: UnitEvent, digest: String) throws {
        try tx.execute(
            """
            INSERT INTO joint_unit_event (town_id, id, unit_id, act, detail, at, account_id, actor_name, actor_post, digest)
            VALUES (\(town), \(event.id), \(event.unit), \(event.act), \(event.detail), \(event.at), \(event.actor.account),
                \(event.actor.name), \(event.actor.post), \(digest))
            """)
    }

    /// The latest first.
    package func history(of unit: ID<JointUnit>) throws -> [UnitEvent] {
        try tx.query(
            """
            SELECT e.id, e.unit_id, e.act, e.detail, e.at, e.account_id, e.actor_name, e.actor_post FROM joint_unit_event e
            WHERE e.town_id = \(town) AND e.unit_id = \(unit) ORDER BY e.at DESC, e.id DESC LIMIT 50
            """
        ).map { row in
            UnitEvent(
                id: try row.get("id"), unit: try row.get("unit_id"), act: try row.get("act"), detail: try row.get("detail"),
                at: try row.get("at"),
                actor: .init(
                    account: try row.get("account_id"), name: try row.get("actor_name"), post: try row.get("actor_post")))
        }
    }

    private static let columns: SQL =
        "u.id, u.name_zh, u.name_en, u.contact, u.phone, u.respond_within, u.finish_within, u.is_retired, u.version"
}

/// What was changed of a unit, by whom.
package struct UnitEvent: Hashable, Sendable {
    package enum Act: String, Sendable, CaseIterable, SQLValue { case opened, edited, admitted, released }

    package let id: ID<UnitEvent>
    package let unit: ID<JointUnit>
    package let act: Act
    /// The unit's name then, or the member's.
    package let detail: String
    package let at: Instant
    package let actor: MatterEvent.Actor
}

extension JointUnit {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), nameZh: try row.get("name_zh"), nameEn: try row.get("name_en"),
            contact: try row.get("contact"),
            phone: try row.get("phone"), respondWithin: try row.get("respond_within"), finishWithin: try row.get("finish_within"),
            isRetired: try row.get("is_retired"), version: try row.get("version"))
    }
}

extension UnitMember {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), unit: try row.get("unit_id"), person: try row.get("person_id"),
            from: try row.get("valid_from"),
            to: try row.get("valid_to"))
    }
}
