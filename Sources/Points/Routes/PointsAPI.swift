import Directory
import Kernel
import Storage
import Web

/// Rounds and wallets for programs: a phone fetches the sheet it is to fill in, and hands the whole of it in with one request that
/// may be sent again.
struct PointsAPI: Sendable {
    let desk: PointsDesk

    var routes: [Route] {
        [
            Route(
                .get, "/api/v1/points/rounds/{round}/sheets/{target}", .holder(.inspectPoints),
                kind: .api(
                    .init(
                        id: "getInspectionSheet", summary: "The doors and lines a team scores.", tag: "points",
                        answer: SheetDocument.schema)),
                handle: sheet),
            Route(
                .post, "/api/v1/points/rounds/{round}/sheets/{target}", .holder(.inspectPoints),
                kind: .api(
                    .init(
                        id: "handInInspectionSheet", summary: "Hand in a team's whole round.", tag: "points",
                        body: SheetBody.schema, answer: HandedIn.schema, created: true, idempotent: true)), bodyLimit: 16 << 20,
                handle: handIn),
            Route(
                .get, "/api/v1/points/households/{household}", .holder(.readPoints),
                kind: .api(
                    .init(
                        id: "getWallet", summary: "A household's balance and its entries, the newest first.", tag: "points",
                        query: [.init("after", "`next` of the page before.", .string())], answer: WalletDocument.schema)),
                handle: wallet),
        ]
    }

    private func sheet(_ call: Call) async throws -> Answer {
        let sight = try await ReadRound(desk: desk).sheet(try call.id("round"), try call.id("target"), by: try call.signedIn())
        return try .json(SheetDocument(sight))
    }

    private func handIn(_ call: Call) async throws -> Answer {
        let body: SheetBody = try call.decode()
        let lines = body.scores.map { score in
            SheetRules.Line(
                household: score.household, seen: score.seen ?? true,
                items: Dictionary((score.items ?? []).map { ($0.code, $0.times ?? 1) }) { first, _ in first })
        }
        let sheet = try await HandInSheet(desk)(
            call.clientID(), round: try call.id("round"), target: try call.id("target"), lines, by: try call.signedIn())
        return try .json(HandedIn(id: sheet.id, number: sheet.number), status: 201)
    }

    private func wallet(_ call: Call) async throws -> Answer {
        let cursor = call.query["after"].flatMap { EntryCursor($0) }
        let sight = try await ReadWallet(desk: desk)(try call.id("household"), after: cursor, by: try call.signedIn())
        return try .json(WalletDocument(sight))
    }
}

private struct SheetBody: Decodable {
    struct Score: Decodable {
        struct Item: Decodable {
            let code: String
            let times: Int?
        }
        let household: ID<Household>
        let seen: Bool?
        let items: [Item]?
    }
    let scores: [Score]

    static let schema = Schema.object([
        .init(
            "scores",
            .array(
                .object([
                    .init("household", .uuid), .init("seen", .boolean, required: false, "true when absent"),
                    .init(
                        "items",
                        .array(
                            .object([
                                .init("code", .string(maxLength: 40)),
                                .init(
                                    "times", .integer(minimum: 1, maximum: SheetRules.timesLimit), required: false,
                                    "1 when absent"),
                            ])), required: false),
                ])))
    ])
}

private struct HandedIn: Encodable {
    let id: ID<InspectionSheet>
    let number: Int

    static let schema = Schema.object([.init("id", .uuid), .init("number", .integer(minimum: 1))])
}

private struct SheetDocument: Encodable {
    struct Line: Encodable {
        let code: String
        let nameZh: String
        let nameEn: String
        let points: Int
    }
    struct DoorLine: Encodable {
        let household: ID<Household>
        let address: String
    }
    let round: ID<InspectionRound>
    let week: Day
    let team: ID<GridNode>
    let target: ID<GridNode>
    let lines: [Line]
    let doors: [DoorLine]

    init(_ sight: SheetSight) {
        (round, week, team, target) = (sight.round.id, sight.round.week, sight.team.id, sight.target.id)
        lines = sight.rules.map { Line(code: $0.code, nameZh: $0.nameZh, nameEn: $0.nameEn, points: $0.points) }
        doors = sight.doors.map { DoorLine(household: $0.household, address: $0.address) }
    }

    static let schema = Schema.object([
        .init("round", .uuid), .init("week", .string(format: "date")), .init("team", .uuid), .init("target", .uuid),
        .init(
            "lines",
            .array(
                .object([
                    .init("code", .string()), .init("nameZh", .string()), .init("nameEn", .string()),
                    .init("points", .integer(maximum: -1)),
                ]))), .init("doors", .array(.object([.init("household", .uuid), .init("address", .string())]))),
    ])
}

private struct WalletDocument: Encodable {
    struct Line: Encodable {
        let id: ID<PointsEntry>
        let points: Int
        let source: String
        let destination: String
        let cause: String
        let rule: String?
        let day: Day
        let reverses: ID<PointsEntry>?
    }
    let household: ID<Household>
    let balance: Int
    let entries: [Line]
    let next: String?

    init(_ sight: WalletSight) {
        household = sight.door.household
        balance = sight.wallet.balance
        entries = sight.entries.map {
            Line(
                id: $0.id, points: $0.effect, source: $0.source.rawValue, destination: $0.destination.rawValue,
                cause: $0.cause.rawValue, rule: $0.rule?.code, day: $0.day, reverses: $0.reverses)
        }
        next = sight.next?.description
    }

    static let schema = Schema.object([
        .init("household", .uuid), .init("balance", .integer()),
        .init(
            "entries",
            .array(
                .object([
                    .init("id", .uuid), .init("points", .integer()),
                    .init("source", .choice(LedgerAccount.allCases.map(\.rawValue))),
                    .init("destination", .choice(LedgerAccount.allCases.map(\.rawValue))),
                    .init("cause", .choice(EntryCause.allCases.map(\.rawValue))), .init("rule", .string(), required: false),
                    .init("day", .string(format: "date")), .init("reverses", .uuid, required: false),
                ]))), .init("next", .string(), required: false),
    ])
}
