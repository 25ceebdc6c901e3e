import Kernel
import Storage
import Web

/// Joint tasks for programs: the staff's side under `/api/v1/joint-tasks`, a unit's own under `/api/v1/unit-requests`.
struct JointAPI: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(
                .post, "/api/v1/matters/{matter}/joint-tasks", .holder(.routeMatter),
                kind: .api(
                    Operation(
                        id: "askUnit", summary: "Ask a unit outside the grids for help with a matter.", tag: "joint tasks",
                        body: AskBody.schema, answer: JointDocument.schema, created: true, idempotent: true)),
                bodyLimit: 64 << 10, handle: ask)
        ] + side("/api/v1/joint-tasks", "task", "JointTask", .readMatter, .routeMatter)
            + side("/api/v1/unit-requests", "request", "UnitRequest", .answerForUnit, .answerForUnit)
    }

    private func side(
        _ path: String, _ parameter: String, _ noun: String, _ reads: Permission, _ acts: Permission
    ) -> [Route] {
        let isUnit = acts == .answerForUnit
        let choices = JointAct.allCases.filter { $0.isUnits == isUnit }.map(\.rawValue)
        let words = isUnit ? "what one's own unit is asked" : "joint tasks of matters within reach"
        return [
            Route(
                .get, path, .holder(reads),
                kind: .api(
                    Operation(
                        id: "list\(noun)s", summary: "List \(words).", tag: "joint tasks",
                        query: [.init("open", "Open ones (the default) or ended ones.", .boolean)],
                        answer: JointListDocument.schema))
            ) { try await list($0, isUnit) },
            Route(
                .get, "\(path)/{\(parameter)}", .holder(reads),
                kind: .api(
                    Operation(
                        id: "read\(noun)", summary: "One, with its history.", tag: "joint tasks", answer: JointDocument.schema))
            ) { try await read($0, parameter, isUnit) },
            Route(
                .post, "\(path)/{\(parameter)}/acts", .holder(acts),
                kind: .api(
                    Operation(
                        id: "actOn\(noun)", summary: "Do the next step.", tag: "joint tasks", body: ActBody.schema(choices),
                        answer: JointDocument.schema, created: true, idempotent: true)), bodyLimit: 64 << 10
            ) { try await act($0, parameter, isUnit) },
        ]
    }

    private func sight(_ call: Call, _ isUnit: Bool) throws -> JointStore.Sight {
        isUnit ? .unit(try call.signedIn(), call.now.day()) : .staff(try call.signedIn())
    }

    private func list(_ call: Call, _ isUnit: Bool) async throws -> Answer {
        let known = ["true": true, "false": false]
        guard let isOpen = call.query["open"].map({ known[$0] }) ?? true else { throw Invalid("/open", "not-a-choice") }
        let sight = try sight(call, isUnit)
        let briefs = try await desk.database.read { try JointStore($0, town: call.town).list(sight, isOpen: isOpen) }
        return try .json(JointListDocument(tasks: briefs.map { JointDocument($0, [], isUnit: isUnit) }))
    }

    private func read(_ call: Call, _ parameter: String, _ isUnit: Bool, status: Int = 200) async throws -> Answer {
        let id: ID<JointTask> = try call.id(parameter)
        let found = try await ReadJoint(desk: desk)(id, sight(call, isUnit), by: try call.signedIn())
        return try .json(JointDocument(found.brief, found.events, isUnit: isUnit), status: status)
    }

    private func act(_ call: Call, _ parameter: String, _ isUnit: Bool) async throws -> Answer {
        let body: ActBody = try call.decode()
        guard body.act.isUnits == isUnit else { throw Invalid("/act", "not-a-choice") }
        let order = JointOrder(
            id: call.clientID(), task: try call.id(parameter), version: body.version, by: try call.signedIn(),
            address: call.address)
        try await ActOnJointTask(desk)(body.act, order, words: body.words ?? "")
        return try await read(call, parameter, isUnit, status: 201)
    }

    private func ask(_ call: Call) async throws -> Answer {
        let body: AskBody = try call.decode()
        let principal = try call.signedIn()
        let request = JointRequest(
            id: call.clientID(), matter: try call.id("matter"), unit: body.unit, asked: body.asked, reason: body.reason,
            limit: body.limit ?? "", photos: body.photos ?? [])
        let task = try await AskUnit(desk)(request, by: principal, address: call.address)
        let found = try await ReadJoint(desk: desk)(task.id, .staff(principal), by: principal)
        return try .json(JointDocument(found.brief, found.events, isUnit: false), status: 201)
    }
}

private struct AskBody: Decodable, Sendable {
    let unit: ID<JointUnit>
    let asked: String
    let reason: String
    let limit: String?
    let photos: [ID<MatterPhoto>]?

    static let schema = Schema.object([
        .init("unit", .uuid), .init("asked", .string(maxLength: Matter.noteLimit), "What is asked; the unit reads it."),
        .init("reason", .string(maxLength: Matter.noteLimit), "Why of this unit."),
        .init(
            "limit", .string(pattern: "^[0-9]{1,3}(\\.[0-9])?[hdU]$"), required: false,
            "Such as `4h`, `3d` or `24U`; the unit's usual one when absent."),
        .init("photos", .array(.uuid, maxItems: 50), required: false, "Of the matter's photos, those that the unit may see."),
    ])
}

private struct ActBody: Decodable, Sendable {
    let act: JointAct
    let version: Int
    let words: String?

    static func schema(_ acts: [String]) -> Schema {
        .object([
            .init("act", .choice(acts)), .init("version", .integer(minimum: 1), "The version that was seen."),
            .init("words", .string(maxLength: Matter.noteLimit), required: false, "Required by most acts."),
        ])
    }
}

/// A joint task as the API tells it; a unit is not told which matter it belongs to.
private struct JointDocument: Encodable {
    struct Entry: Encodable {
        let kind: String
        let at: String
        let actor: String?
        let post: String?
        let words: String
    }
    let id: String
    let matter: String?
    let unit: String
    let unitName: String
    let category: String
    let grid: String
    let spot: String
    let asked: String
    let reason: String
    let state: String
    let respondWithin: String
    let finishWithin: String
    let at: String
    let dueAt: String?
    let breaches: Int
    let version: Int
    let history: [Entry]

    init(_ brief: JointBrief, _ events: [JointEvent], isUnit: Bool) {
        let task = brief.task
        id = task.id.description
        matter = isUnit ? nil : task.matter.description
        (unit, unitName) = (task.unit.description, brief.unitZh)
        (category, grid, spot) = (brief.category, brief.grid.description, brief.spot(forUnit: isUnit))
        (asked, reason, state) = (task.asked, task.reason, task.state.rawValue)
        (respondWithin, finishWithin) = (task.respondWithin.description, task.finishWithin.description)
        at = task.at.rfc3339
        dueAt = task.due < ClockStanding.never ? task.due.rfc3339 : nil
        (breaches, version) = (task.breaches, task.version)
        history = events.map {
            Entry(kind: $0.kind.rawValue, at: $0.at.rfc3339, actor: $0.actor?.name, post: $0.actor?.post, words: $0.words)
        }
    }

    static let schema = Schema.object([
        .init("id", .uuid), .init("matter", .uuid, required: false, "For the staff only."), .init("unit", .uuid),
        .init("unitName", .string()), .init("category", .string(pattern: "^[0-9]{4}$")), .init("grid", .uuid),
        .init("spot", .string(maxLength: Matter.noteLimit)), .init("asked", .string(maxLength: Matter.noteLimit)),
        .init("reason", .string(maxLength: Matter.noteLimit)), .init("state", .choice(JointTask.State.allCases.map(\.rawValue))),
        .init("respondWithin", .string()), .init("finishWithin", .string()), .init("at", .string(format: "date-time")),
        .init("dueAt", .string(format: "date-time"), required: false, "By when the unit's next step is due."),
        .init("breaches", .integer(minimum: 0)), .init("version", .integer(minimum: 1)),
        .init(
            "history",
            .array(
                .object([
                    .init("kind", .choice(JointEvent.Kind.allCases.map(\.rawValue))), .init("at", .string(format: "date-time")),
                    .init("actor", .string(), required: false), .init("post", .string(), required: false),
                    .init("words", .string(maxLength: Matter.noteLimit)),
                ])), "Empty in lists."),
    ])
}

private struct JointListDocument: Encodable {
    let tasks: [JointDocument]

    static let schema = Schema.object([.init("tasks", .array(JointDocument.schema))])
}
