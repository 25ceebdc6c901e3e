import Kernel
import Storage
import Web

/// Merging and splitting: by the forms on a matter's page, and for programs.
struct MergeRoutes: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.post, "/office/matters/{matter}/mergers", .holder(.routeMatter), bodyLimit: 64 << 10, handle: merge),
            Route(.post, "/office/matters/{matter}/splits", .holder(.routeMatter), bodyLimit: 64 << 10, handle: split),
            api("mergers", "mergeMatter", "Make a matter part of another one that is the same thing.", MergeBody.schema) { call in
                let body: MergeBody = try call.decode()
                return try await MergeMatters(desk)(
                    MergeOrder(
                        id: call.clientID(), try call.id("matter"), version: body.version, into: try body.target,
                        by: try call.signedIn(), address: call.address), reason: body.reason)
            },
            api("splits", "splitMatter", "Make a matter one of its own again.", SplitBody.schema) { call in
                let body: SplitBody = try call.decode()
                return try await SplitMatter(desk)(
                    ActOrder(
                        id: call.clientID(), matter: try call.id("matter"), version: body.version, by: try call.signedIn(),
                        address: call.address), reason: body.reason)
            },
        ]
    }

    private func api(
        _ name: String, _ id: String, _ summary: String, _ schema: Schema,
        _ perform: @escaping @Sendable (Call) async throws -> Matter
    ) -> Route {
        let operation = Operation(
            id: id, summary: summary, tag: "matters", body: schema, answer: MatterDocument.schema, created: true, idempotent: true
        )
        return Route(
            .post, "/api/v1/matters/{matter}/\(name)", .holder(.routeMatter), kind: .api(operation), bodyLimit: 64 << 10
        ) { call in try .json(MatterDocument(try await perform(call), nil), status: 201) }
    }

    // MARK: Forms

    private func merge(_ call: Call) async throws -> Answer {
        let form = call.form
        let fields = ["into": "into", "number": "number", "reason": "reason"]
        return try await MatterSheet(desk: desk).act(call, "merge", fields: fields) { id in
            let target: MergeOrder.Target?
            let typed = (form["number"] ?? "").trimmed
            if typed.isEmpty {
                target = Self.shown(form["into"] ?? "")
                if target == nil { throw Invalid("/into", "required") }
            } else {
                target = PublicNumber(typed).map { .number($0) }
                if target == nil { throw Invalid("/number", "number-wrong") }
            }
            guard let target else { throw Invalid("/into", "required") }
            let order = MergeOrder(
                id: call.clientID(), id, version: Int(form["seen"] ?? "") ?? 0, into: target, by: try call.signedIn(),
                address: call.address
            )
            return try await MergeMatters(desk)(order, reason: form["reason"] ?? "").id
        }
    }

    private func split(_ call: Call) async throws -> Answer {
        try await MatterSheet(desk: desk).act(call, "split", fields: ["reason": "reason"]) { id in
            let order = ActOrder(
                id: call.clientID(), matter: id, version: Int(call.form["seen"] ?? "") ?? 0, by: try call.signedIn(),
                address: call.address)
            return try await SplitMatter(desk)(order, reason: call.form["reason"] ?? "").id
        }
    }

    /// `id.version` of a matter that was shown.
    private static func shown(_ text: String) -> MergeOrder.Target? {
        let halves = text.split(separator: ".")
        guard halves.count == 2, let id = ID<Matter>(String(halves[0])), let version = Int(halves[1]) else { return nil }
        return .shown(id, version: version)
    }
}

private struct MergeBody: Decodable {
    let version: Int
    let into: ID<Matter>?
    let intoVersion: Int?
    let number: String?
    let reason: String

    var target: MergeOrder.Target {
        get throws {
            if let into { return .shown(into, version: intoVersion) }
            guard let number else { throw Invalid("/into", "required") }
            guard let known = PublicNumber(number) else { throw Invalid("/number", "number-wrong") }
            return .number(known)
        }
    }

    static let schema = Schema.object([
        .init("version", .integer(minimum: 1), "The version that was seen."),
        .init("into", .uuid, required: false, "The matter it becomes part of; or give its number."),
        .init("intoVersion", .integer(minimum: 1), required: false, "The version of that one, where it was looked at."),
        .init("number", .string(maxLength: 20), required: false), .init("reason", .string(maxLength: Matter.noteLimit)),
    ])
}

private struct SplitBody: Decodable {
    let version: Int
    let reason: String

    static let schema = Schema.object([
        .init("version", .integer(minimum: 1), "The version that was seen."),
        .init("reason", .string(maxLength: Matter.noteLimit)),
    ])
}
