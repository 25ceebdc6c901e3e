import Kernel
import Web

/// The five acts for programs: the version that was seen, the facts, and an `Idempotency-Key`.
struct MatterActAPI: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            route(
                "site-checks", "checkMatterOnSite", "Say what was found on the spot.", .handleMatter, SiteCheck.self,
                SiteCheck.schema
            ) {
                try await CheckOnSite(desk)($0, finding: $1.finding, reply: $1.reply ?? "", note: $1.note ?? "")
            },
            route("handlings", "handleMatter", "Say how it was handled.", .handleMatter, Handling.self, Handling.schema) {
                try await HandleMatter(desk)($0, outcome: $1.outcome ?? .resolved, reply: $1.reply, note: $1.note ?? "")
            },
            route(
                "escalations", "escalateMatter", "Pass to the next level.", .routeMatter, Routing.self,
                Routing.schema(returns: false)
            ) {
                try await EscalateMatter(desk)($0, reason: $1.reason)
            },
            route("returns", "returnMatter", "Send back down.", .routeMatter, Routing.self, Routing.schema(returns: true)) {
                try await ReturnMatter(desk)($0, reason: $1.reason, to: $1.to)
            },
            route("follow-ups", "followUpMatter", "Say what a follow-up found.", .followUpMatter, FollowUp.self, FollowUp.schema)
            {
                try await FollowUpMatter(desk)($0, way: $1.way, satisfied: $1.satisfied, rating: $1.rating, note: $1.note ?? "")
            },
        ]
    }

    private func route<Body: ActBody>(
        _ name: String, _ id: String, _ summary: String, _ permission: Permission, _ type: Body.Type, _ schema: Schema,
        perform: @escaping @Sendable (ActOrder, Body) async throws -> Matter
    ) -> Route {
        let operation = Operation(
            id: id, summary: summary, tag: "matters", body: schema, answer: MatterDocument.schema, created: true, idempotent: true
        )
        return Route(.post, "/api/v1/matters/{matter}/\(name)", .holder(permission), kind: .api(operation), bodyLimit: 64 << 10) {
            call in
            let body: Body = try call.decode()
            let order = ActOrder(
                id: call.clientID(), matter: try call.id("matter"), version: body.version, by: try call.signedIn(),
                address: call.address)
            return try .json(MatterDocument(try await perform(order, body), nil), status: 201)
        }
    }
}

private protocol ActBody: Decodable, Sendable {
    var version: Int { get }
}

extension Schema.Property {
    fileprivate static let version = Self("version", .integer(minimum: 1), "The version that was seen.")
    fileprivate static let reply = Self("reply", .string(maxLength: Matter.noteLimit), required: false, "For the reporter.")
    fileprivate static let note = Self("note", .string(maxLength: Matter.noteLimit), required: false, "For the staff.")
}

private struct SiteCheck: ActBody {
    let version: Int
    let finding: Finding
    let reply: String?
    let note: String?

    static let schema = Schema.object([.version, .init("finding", .choice(Finding.allCases.map(\.rawValue))), .reply, .note])
}

private struct Handling: ActBody {
    let version: Int
    let outcome: Outcome?
    let reply: String
    let note: String?

    static let schema = Schema.object([
        .version, .init("outcome", .choice(Outcome.allCases.map(\.rawValue)), required: false, "`resolved` when absent."),
        .init("reply", .string(maxLength: Matter.noteLimit), "For the reporter."), .note,
    ])
}

private struct Routing: ActBody {
    let version: Int
    let reason: String
    let to: ID<GridNode>?

    static func schema(returns: Bool) -> Schema {
        let target: [Schema.Property] =
            returns ? [.init("to", .uuid, required: false, "The next staffed level below when absent.")] : []
        return .object([.version, .init("reason", .string(maxLength: Matter.noteLimit))] + target)
    }
}

private struct FollowUp: ActBody {
    let version: Int
    let way: FollowUpWay
    let satisfied: Bool
    let rating: Int?
    let note: String?

    static let schema = Schema.object([
        .version, .init("way", .choice(FollowUpWay.byStaff.map(\.rawValue))), .init("satisfied", .boolean),
        .init("rating", .integer(minimum: 1, maximum: 5), required: false), .note,
    ])
}
