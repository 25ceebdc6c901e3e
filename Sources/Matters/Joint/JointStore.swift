import Directory
package import Kernel
package import Storage

/// A joint task with as much of its matter as the unit may know: what it is about and where 协办任务.
package struct JointBrief: Hashable, Sendable {
    package var task: JointTask
    package let unitZh: String
    package let unitEn: String
    package let category: String
    package let tier: Tier
    package let grid: ID<GridNode>
    package let spot: String
}

/// Every statement about joint tasks.
package struct JointStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: Writing

    package func insert(_ task: JointTask, _ event: JointEvent, digest: String) throws {
        try tx.execute(Self.insertion(task, digest, town))
        try tx.execute(Self.insertion(event, digest, town))
    }

    /// The same without waiting, for a report that a rule sends on to a unit.
    func enqueue(_ task: JointTask, _ event: JointEvent) throws {
        try tx.enqueue(Self.insertion(task, "", town))
        try tx.enqueue(Self.insertion(event, "", town))
    }

    private static func insertion(_ task: JointTask, _ digest: String, _ town: ID<Town>) -> SQL {
        """
        INSERT INTO joint_task (town_id, id, matter_id, unit_id, asked, reason, respond_within, finish_within, asker_grid_id, asker_level,
            at, state, is_open, was_insisted, due_at, check_at, breaches, version, digest)
        VALUES (\(town), \(task.id), \(task.matter), \(task.unit), \(task.asked), \(task.reason), \(task.respondWithin),
            \(task.finishWithin), \(task.asker.grid), \(task.asker.level), \(task.at), \(task.state), \(task.state.isOpen),
            \(task.wasInsisted), \(task.due), \(task.check), \(task.breaches), \(task.version), \(digest))
        """
    }

    private static func insertion(_ event: JointEvent, _ digest: String, _ town: ID<Town>) -> SQL {
        """
        INSERT INTO joint_task_event (town_id, id, task_id, kind, at, account_id, actor_name, actor_post, words, version, mark, digest)
        VALUES (\(town), \(event.id), \(event.task), \(event.kind), \(event.at), \(event.actor?.account), \(event.actor?.name),
            \(event.actor?.post), \(event.words), \(event.version), \(event.mark), \(digest))
        """
    }

    /// - Returns: false when the task is not at `version` any more.
    func update(_ task: JointTask, from version: Int) throws -> Bool {
        try tx.execute(
            """
            UPDATE joint_task SET state = \(task.state), is_open = \(task.state.isOpen), was_insisted = \(task.wasInsisted),
                due_at = \(task.due), check_at = \(task.check), breaches = \(task.breaches), version = \(task.version)
            WHERE town_id = \(town) AND id = \(task.id) AND version = \(version)
            """) == 1
    }

    /// - Returns: false when the mark is written down already.
    package func add(_ event: JointEvent, digest: String = "") throws -> Bool {
        try tx.execute(Self.insertion(event, digest, town) + " ON CONFLICT DO NOTHING") == 1
    }

    /// Lets the unit see some of the matter's photos.
    func choose(_ photos: [ID<MatterPhoto>], for task: ID<JointTask>) throws {
        for photo in Set(photos).sorted() {
            try tx.enqueue("INSERT INTO joint_task_photo (town_id, task_id, photo_id) VALUES (\(town), \(task), \(photo))")
        }
    }

    /// Adds the pictures that an entry shows as evidence.
    func add(_ files: [MatterPhoto.Files], to event: JointEvent, ids: [ID<MatterPhoto>]) throws {
        for (position, (file, id)) in zip(files, ids).enumerated() {
            try tx.enqueue(
                """
                INSERT INTO joint_evidence (town_id, id, task_id, event_id, position, full_blob, thumb_blob, width, height, at)
                VALUES (\(town), \(id), \(event.task), \(event.id), \(position), \(file.full), \(file.thumb), \(file.width),
                    \(file.height), \(event.at))
                """)
        }
    }

    // MARK: One task

    /// What somebody may see a task by: the matter's place and category for the staff, the unit for its people.
    package enum Sight: Sendable {
        case staff(Principal)
        case unit(Principal, Day)
    }

    private func condition(_ sight: Sight) -> SQL {
        switch sight {
        case .staff(let principal):
            guard principal.town == town, let scope = principal.grants[.readMatter] else { return "1 = 0" }
            return """
                \(GridScope.predicate(scope, town: town, grid: "m.grid_id")) AND \(RestrictedReach(principal).condition(in: town))
                """
        case .unit(let principal, let day):
            guard principal.town == town, principal.may(.answerForUnit), let person = principal.person else { return "1 = 0" }
            return "t.unit_id IN (\(UnitStore.answered(by: person, in: town, on: day)))"
        }
    }

    package func find(_ id: ID<JointTask>, _ sight: Sight) throws -> JointBrief? {
        try tx.first("\(Self.selection) WHERE t.town_id = \(town) AND t.id = \(id) AND \(condition(sight))").map(
            JointBrief.init(row:))
    }

    /// The task that a request with this id made, and that request's digest.
    func made(by id: ID<JointTask>) throws -> (task: JointTask, digest: String)? {
        try tx.first("SELECT \(Self.columns), t.digest FROM joint_task t WHERE t.town_id = \(town) AND t.id = \(id)").map {
            (try JointTask(row: $0), try $0.get("digest"))
        }
    }

    /// The task that a request with this id has acted on, and that request's digest.
    func acted(_ id: ID<JointEvent>) throws -> (task: ID<JointTask>, digest: String)? {
        try tx.first("SELECT e.task_id, e.digest FROM joint_task_event e WHERE e.town_id = \(town) AND e.id = \(id)").map {
            (try $0.get("task_id"), try $0.get("digest"))
        }
    }

    /// Of a matter that the asker may see, the first asked first.
    package func tasks(of matter: ID<Matter>) throws -> [JointBrief] {
        try tx.query("\(Self.selection) WHERE t.town_id = \(town) AND t.matter_id = \(matter) ORDER BY t.at, t.id").map(
            JointBrief.init(row:))
    }

    /// What somebody may see: open ones by what is due first, ended ones from the latest.
    package func list(_ sight: Sight, isOpen: Bool, unit: ID<JointUnit>? = nil, limit: Int = 200) throws -> [JointBrief] {
        let ofUnit: SQL = if let unit { " AND t.unit_id = \(unit)" } else { "" }
        let order: SQL = isOpen ? "t.due_at, t.id" : "t.at DESC, t.id DESC"
        return try tx.query(
            """
            \(Self.selection) WHERE t.town_id = \(town) AND t.is_open = \(isOpen)\(ofUnit) AND \(condition(sight))
            ORDER BY \(order) LIMIT \(limit)
            """
        ).map(JointBrief.init(row:))
    }

    // MARK: What belongs to it

    /// Oldest first.
    package func events(of task: ID<JointTask>) throws -> [JointEvent] {
        try tx.query(
            """
            SELECT e.id, e.task_id, e.kind, e.at, e.account_id, e.actor_name, e.actor_post, e.words, e.version, e.mark
            FROM joint_task_event e WHERE e.town_id = \(town) AND e.task_id = \(task) ORDER BY e.at, e.version, e.id
            """
        ).map(JointEvent.init(row:))
    }

    /// The photos of the matter that the unit may see.
    package func chosen(for task: ID<JointTask>) throws -> [MatterPhoto] {
        try tx.query(
            """
            SELECT \(MatterPhotoStore.columns)
            FROM joint_task_photo c JOIN matter_photo p ON p.town_id = c.town_id AND p.id = c.photo_id
            WHERE c.town_id = \(town) AND c.task_id = \(task) ORDER BY p.at, p.position, p.id
            """
        ).map(MatterPhoto.init(row:))
    }

    /// The pictures that the unit has given, by the entry they belong to.
    package func evidence(of task: ID<JointTask>) throws -> [ID<JointEvent>: [(id: ID<MatterPhoto>, files: MatterPhoto.Files)]] {
        let rows = try tx.query(
            """
            SELECT v.id, v.event_id, v.full_blob, v.thumb_blob, v.width, v.height FROM joint_evidence v
            WHERE v.town_id = \(town) AND v.task_id = \(task) ORDER BY v.event_id, v.position, v.id
            """
        ).map { row -> (ID<JointEvent>, (id: ID<MatterPhoto>, files: MatterPhoto.Files)) in
            (
                try row.get("event_id"),
                (
                    try row.get("id"),
                    MatterPhoto.Files(
                        full: try row.get("full_blob"), thumb: try row.get("thumb_blob"), width: try row.get("width"),
                        height: try row.get("height"))
                )
            )
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    // MARK: The sweep and the figures

    /// Tasks whose clocks have brought something about before `now`.
    func unsettled(at now: Instant, limit: Int) throws -> [JointTask] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM joint_task t WHERE t.town_id = \(town) AND t.is_open = 1 AND t.check_at < \(now)
            ORDER BY t.due_at, t.id LIMIT \(limit)
            """
        ).map(JointTask.init(row:))
    }

    /// How each unit has answered: asked, ended as done, refused at least once, late at least once.
    package func figures() throws -> [ID<JointUnit>: UnitFigures] {
        let rows = try tx.query(
            """
            SELECT t.unit_id, count(*) AS asked, count(CASE WHEN t.state = 'confirmed' THEN 1 END) AS confirmed,
                count(CASE WHEN t.state = 'refused' OR t.was_insisted = 1 THEN 1 END) AS refused,
                count(CASE WHEN t.breaches > 0 THEN 1 END) AS late, count(CASE WHEN t.is_open = 1 THEN 1 END) AS open_now
            FROM joint_task t WHERE t.town_id = \(town) GROUP BY t.unit_id ORDER BY t.unit_id
            """)
        return Dictionary(
            try rows.map { row in
                (
                    try row.get("unit_id"),
                    UnitFigures(
                        asked: try row.get("asked"), confirmed: try row.get("confirmed"), refused: try row.get("refused"),
                        late: try row.get("late"), open: try row.get("open_now"))
                )
            }
        ) { first, _ in first }
    }

    private static let columns: SQL =
        """
        t.id, t.matter_id, t.unit_id, t.asked, t.reason, t.respond_within, t.finish_within, t.asker_grid_id, t.asker_level, t.at, t.state,
        t.was_insisted, t.due_at, t.check_at, t.breaches, t.version
        """

    private static let selection: SQL =
        """
        SELECT \(columns), u.name_zh, u.name_en, m.category, m.tier, m.grid_id, m.spot FROM joint_task t
        JOIN joint_unit u ON u.town_id = t.town_id AND u.id = t.unit_id JOIN matter m ON m.town_id = t.town_id AND m.id = t.matter_id
        """
}

/// What came of the tasks a unit was asked.
package struct UnitFigures: Hashable, Sendable {
    package var asked = 0
    package var confirmed = 0
    package var refused = 0
    package var late = 0
    package var open = 0
}

extension JointTask {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), matter: try row.get("matter_id"), unit: try row.get("unit_id"), asked: try row.get("asked"),
            reason: try row.get("reason"), respondWithin: try row.get("respond_within"),
            finishWithin: try row.get("finish_within"),
            asker: Holder(stored: try row.get("asker_grid_id"), level: try row.get("asker_level")), at: try row.get("at"),
            state: try row.get("state"), wasInsisted: try row.get("was_insisted"), due: try row.get("due_at"),
            check: try row.get("check_at"), breaches: try row.get("breaches"), version: try row.get("version"))
    }
}

extension JointBrief {
    fileprivate init(row: Row) throws {
        self.init(
            task: try JointTask(row: row), unitZh: try row.get("name_zh"), unitEn: try row.get("name_en"),
            category: try row.get("category"), tier: try row.get("tier"), grid: try row.get("grid_id"), spot: try row.get("spot"))
    }
}

extension JointEvent {
    fileprivate init(row: Row) throws {
        let account: ID<AccountNode>? = try row.get("account_id")
        let (name, post) = (try row.get("actor_name", as: String?.self), try row.get("actor_post", as: String?.self))
        self.init(
            id: try row.get("id"), task: try row.get("task_id"), kind: try row.get("kind"), at: try row.get("at"),
            actor: account.map { .init(account: $0, name: name ?? "", post: post ?? "") }, words: try row.get("words"),
            version: try row.get("version"), mark: try row.get("mark"))
    }
}
