import Kernel
import Storage
import Web

/// The forms by which the office and the reporter urge.
struct UrgeRoutes: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.post, "/office/matters/{matter}/urges", .holder(.routeMatter), bodyLimit: 64 << 10, handle: urge),
            Route(.post, "/m/{number}/urges", .anyone, bodyLimit: 4096, perMinute: 10, handle: remind),
            Route(
                .post, "/api/v1/matters/{matter}/urges", .holder(.routeMatter),
                kind: .api(
                    Operation(
                        id: "urgeMatter", summary: "Urge whoever holds it.", tag: "matters", body: Body.schema,
                        answer: WrittenDocument.schema,
                        created: true,
                        idempotent: true)), bodyLimit: 64 << 10
            ) { call in
                let body: Body = try call.decode()
                let id: ID<Urge> = call.clientID()
                try await UrgeMatter(desk)(
                    id, try call.id("matter"), version: body.version, words: body.words ?? "", by: try call.signedIn(),
                    address: call.address)
                return try .json(WrittenDocument(id: id.description), status: 201)
            },
        ]
    }

    private struct Body: Decodable {
        let version: Int
        let words: String?

        static let schema = Schema.object([
            .init("version", .integer(minimum: 1), "The version that was seen."),
            .init("words", .string(maxLength: Matter.noteLimit), required: false, "For the staff."),
        ])
    }

    private func urge(_ call: Call) async throws -> Answer {
        try await MatterSheet(desk: desk).act(call, "urge", fields: ["words": "words"]) { id in
            try await UrgeMatter(desk)(
                call.clientID(), id, version: Int(call.form["seen"] ?? "") ?? 0, words: call.form["words"] ?? "",
                by: try call.signedIn(), address: call.address)
            return id
        }
    }

    private func remind(_ call: Call) async throws -> Answer {
        guard let number = PublicNumber(call.parameters["number"] ?? "") else { throw NotFound() }
        do {
            try await UrgeMatter(desk).byReporter(call.clientID(), number, town: call.town, address: call.address)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            // What the page shows now says why.
            return .seeOther("/m/\(number.digits)")
        }
        return call.done("/m/\(number.digits)", flash: "matters.flash.urged")
    }
}

/// What the page of a number says of urging.
struct PublicUrge: Sendable {
    /// Where to send an urge; nil while there is nothing to urge.
    let action: String?
    let request: String
    /// When the reporter urged last, and that nobody has answered yet.
    let told: String?

    static func of(_ number: PublicNumber, _ desk: MatterDesk, _ wording: Wording) async throws -> PublicUrge {
        let call = wording.call
        let (matter, last) = try await desk.database.read { tx -> (Matter?, Urge?) in
            let matter = try NumberLead(number, town: call.town, tx)?.matter
            guard let matter, !matter.isRestricted, matter.stage.isOpen else { return (nil, nil) }
            return (matter, try UrgeStore(tx, town: call.town).urges(of: matter.id).last { $0.side == .reporter })
        }
        let may =
            matter.map { matter in
                (try? UrgeRules.checkReporter(matter.stage, matter.clock, last: last?.at, at: call.now)) != nil
            } ?? false
        let isOpen = last.map { urge in matter.map { $0.version == urge.version } ?? false } ?? false
        return PublicUrge(
            action: may ? "/m/\(number.digits)/urges" : nil, request: call.newRequest,
            told: isOpen ? last.map { call.text("matters.urge.told", ["when": wording.short($0.at)]) } : nil)
    }
}
