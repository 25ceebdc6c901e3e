import Kernel
import Web

/// One thing done with the matters that were ticked in the list, and what came of each.
struct BulkRoutes: Sendable {
    static let path = "/office/matters/bulk"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.post, Self.path, .holders([.routeMatter, .handleMatter]), bodyLimit: 64 << 10, handle: act),
            Route(
                .post, "/api/v1/matter-batches", .holders([.routeMatter, .handleMatter]),
                kind: .api(
                    Operation(
                        id: "actOnMatters", summary: "Do one thing with up to \(BulkOrder.most) matters, each by itself.",
                        tag: "matters", body: Body.schema, answer: BulkDocument.schema, created: true, idempotent: true)),
                bodyLimit: 64 << 10
            ) { call in
                let body: Body = try call.decode()
                guard body.matters.allSatisfy({ $0.version > 0 }) else { throw Invalid("/matters", "wrong-type") }
                let picks = body.matters.map { BulkOrder.Pick(matter: $0.id, version: $0.version) }
                let order = BulkOrder(
                    id: call.clientID(), BulkAct(rawValue: body.act), picks, to: body.to, words: body.words ?? "",
                    by: try call.signedIn(), address: call.address)
                return try .json(BulkDocument(try await ActOnMany(desk)(order), call), status: 201)
            },
        ]
    }

    private struct Body: Decodable {
        struct Picked: Decodable {
            let id: ID<Matter>
            let version: Int
        }
        let act: String
        let matters: [Picked]
        let to: ID<GridNode>?
        let words: String?

        static let schema = Schema.object([
            .init("act", .choice(BulkAct.allCases.map(\.rawValue))),
            .init(
                "matters",
                .array(
                    .object([.init("id", .uuid), .init("version", .integer(minimum: 1), "The version that was seen.")]),
                    maxItems: BulkOrder.most)),
            .init("to", .uuid, required: false, "A grid, for assigning; the next level below without one."),
            .init("words", .string(maxLength: Matter.noteLimit), required: false, "The reason, for the staff."),
        ])
    }

    private func act(_ call: Call) async throws -> Answer {
        let form = call.form
        let typed = form.all("pick")
        let picks = typed.compactMap { BulkOrder.Pick($0) }
        let wording = try await desk.wording(call)
        let order = BulkOrder(
            id: call.clientID(), BulkAct(rawValue: form["act"] ?? ""), picks, to: ID(form["to"]?.trimmed ?? ""),
            words: form["words"] ?? "", by: try call.signedIn(), address: call.address)
        do {
            return call.page(BulkPage(try await ActOnMany(desk)(order), order, wording))
        } catch let invalid as Invalid {
            return call.page(BulkPage(order, wording, faults: invalid.faults), status: 422)
        }
    }
}

struct BulkDocument: Encodable {
    struct Outcome: Encodable {
        let id: String
        let done: Bool
        let code: String?
        let detail: String?
        let version: Int?
    }
    let done: Int
    let outcomes: [Outcome]

    init(_ outcomes: [BulkOutcome], _ call: Call) {
        done = outcomes.count { $0.refusal == nil }
        self.outcomes = outcomes.map { outcome in
            Outcome(
                id: outcome.pick.matter.description, done: outcome.refusal == nil, code: outcome.refusal?.code,
                detail: outcome.refusal.map { call.text($0) }, version: outcome.matter?.version)
        }
    }

    static let schema = Schema.object([
        .init("done", .integer(minimum: 0), "How many were done."),
        .init(
            "outcomes",
            .array(
                .object([
                    .init("id", .uuid), .init("done", .boolean), .init("code", .string(), required: false, "Why not."),
                    .init("detail", .string(), required: false, "The same in words."),
                    .init("version", .integer(minimum: 1), required: false, "As it stands now."),
                ]))),
    ])
}
