import Directory
import Kernel
import Storage
import Web

/// `/api/v1/matters` and what belongs to it; the acts are ``MatterActAPI``.
struct MatterAPI: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(
                .post, "/api/v1/matters", .anyone,
                kind: .api(
                    Operation(
                        id: "reportMatter", summary: "Report a matter, with a key or without.", tag: "matters",
                        body: Report.schema,
                        answer: ReportedDocument.schema, created: true, idempotent: true)), bodyLimit: 64 << 10, perMinute: 600,
                handle: report),
            Route(
                .get, "/api/v1/matters", .holder(.readMatter),
                kind: .api(
                    Operation(
                        id: "listMatters", summary: "Matters within reach, the newest first.", tag: "matters",
                        query: Self.filters, answer: MatterListDocument.schema, mayMiss: true)), handle: list),
            Route(
                .get, "/api/v1/matters/{matter}", .holder(.readMatter),
                kind: .api(
                    Operation(
                        id: "readMatter", summary: "A matter and its history.", tag: "matters", answer: MatterSightDocument.schema
                    )),
                handle: read),
            Route(
                .get, "/api/v1/public/matters/{number}", .anyone,
                kind: .api(
                    Operation(
                        id: "followMatter", summary: "What everybody with the number may know.", tag: "matters",
                        answer: PublicMatterDocument.schema)), perMinute: 120, handle: follow),
            Route(
                .get, "/api/v1/categories", .anyone,
                kind: .api(
                    Operation(
                        id: "listCategories", summary: "What a matter can be about.", tag: "matters",
                        answer: CategoriesDocument.schema)),
                handle: categories),
        ] + MatterActAPI(desk: desk).routes
    }

    private static let filters: [Operation.Parameter] = [
        .init("after", "Go on after this cursor.", .string(maxLength: 80)),
        .init("limit", "At most this many.", .integer(minimum: 1, maximum: 100)),
        .init("open", "Open ones (the default) or closed ones.", .boolean),
        .init("stage", "Only in this stage.", .choice(MatterStage.allCases.map(\.rawValue))),
        .init("category", "Only of this category.", .string(pattern: "^[0-9]{4}$")),
        .init("grid", "Only in this grid and below.", .uuid),
        .init("text", "Only with this in the words.", .string(maxLength: 100)),
        .init("tier", "Only of this tier.", .choice(Tier.allCases.map(\.rawValue))),
        .init("channel", "Only those that came in this way.", .choice(Channel.allCases.map(\.rawValue))),
        .init("due", "Of open ones: late, due today, or on the ledger.", .choice(MatterFilter.Due.allCases.map(\.rawValue))),
        .init("hands", "In one's own hands, or where nobody is in post.", .choice(InboxQuery.Hands.allCases.map(\.rawValue))),
        .init("from", "Reported on this day or later.", .string(format: "date")),
        .init("to", "Reported on this day or earlier.", .string(format: "date")),
    ]

    /// The body of a report.
    struct Report: Decodable {
        let category: String
        let words: String
        let grid: String?
        let longitude: Double?
        let latitude: Double?
        let crs: String?
        let spot: String?
        let name: String?
        let phone: String?
        let channel: String?
        let answers: [String: String]?

        static let schema = Schema.object([
            .init("category", .string(pattern: "^[0-9]{4}$")), .init("words", .string(maxLength: Matter.wordsLimit)),
            .init("grid", .string(maxLength: 36), required: false, "The id or the code of a grid. Without one, give a point."),
            .init("longitude", .number(minimum: -180, maximum: 180), required: false),
            .init("latitude", .number(minimum: -90, maximum: 90), required: false),
            .init("crs", .choice(CRS.allCases.map(\.rawValue)), required: false, "Of the point; `wgs84` when absent."),
            .init("spot", .string(maxLength: Matter.noteLimit), required: false),
            .init("name", .string(maxLength: Reporter.nameLimit), required: false),
            .init("phone", .string(maxLength: 30), required: false, "A mobile or fixed-line number of mainland China."),
            .init("answers", .object([]), required: false, "To the category's questions: id → text."),
            .init(
                "channel", .choice(Channel.allCases.map(\.rawValue)), required: false, "How it came in; `program` when absent."),
        ])

        func report(_ id: ID<Matter>) -> MatterReport {
            var faults: [Fault] = []
            let system = CRS(rawValue: crs ?? CRS.wgs84.rawValue)
            if system == nil { faults.append(Fault("/crs", "not-a-choice")) }
            var place = MatterReport.Place()
            place.name(grid ?? "")
            if longitude != nil || latitude != nil {
                place.point = longitude.flatMap { longitude in
                    latitude.flatMap { Coordinate(longitude: longitude, latitude: $0, crs: system ?? .wgs84) }
                }
                place.pointIsBroken = place.point == nil
            }
            let known = channel.map(Channel.init(rawValue:)) ?? .program
            if known == nil { faults.append(Fault("/channel", "not-a-choice")) }
            var report = MatterReport(
                id: id, category: category, words: words, place: place, spot: spot ?? "", name: name ?? "", phone: phone ?? "",
                channel: known ?? .program)
            report.faults = faults
            report.answers = answers ?? [:]
            return report
        }
    }

    private func report(_ call: Call) async throws -> Answer {
        let body: Report = try call.decode()
        let id: ID<Matter> = call.clientID()
        let sender = ReportSender(town: call.town, principal: call.principal, address: call.address)
        let onBehalf = call.principal?.may(.createMatter) ?? false
        do {
            return try .json(
                ReportedDocument(try await ReportMatter(desk)(body.report(id), from: sender, onBehalf: onBehalf)), status: 201)
        } catch let invalid as Invalid {
            // The body has no member called place.
            let pointer = body.grid == nil ? "/longitude" : "/grid"
            throw Invalid(invalid.faults.map { $0.pointer == "/place" ? Fault(pointer, $0.code, $0.values) : $0 })
        }
    }

    private func list(_ call: Call) async throws -> Answer {
        var validation = Validation()
        func choice<Value>(_ name: String, _ read: (String) -> Value?) -> Value? {
            guard let text = call.query[name] else { return nil }
            let value = read(text)
            validation.check(value != nil, at: "/\(name)", "not-a-choice")
            return value
        }
        let isOpen = choice("open") { ["true": true, "false": false][$0] } ?? true
        let stage = choice("stage") { MatterStage(rawValue: $0) }
        let grid = choice("grid") { ID<GridNode>($0) }
        let after = choice("after") { MatterCursor($0) }
        let limit = choice("limit") { Int($0).flatMap { (1...100).contains($0) ? $0 : nil } } ?? 50
        let category = choice("category") { code in
            code.utf8.count == 4 && code.utf8.allSatisfy { (48...57).contains($0) } ? code : nil
        }
        let text = validation.text(call.query["text"], at: "/text", limit: 100, required: false)
        var filter = MatterFilter(isOpen: stage.map(\.isOpen) ?? isOpen, stage: stage, category: category, text: text)
        filter.tier = choice("tier") { Tier(rawValue: $0) }
        filter.channel = choice("channel") { Channel(rawValue: $0) }
        filter.from = choice("from") { Day($0) }?.start()
        filter.to = choice("to") { Day($0) }?.adding(days: 1).start()
        let due = choice("due") { MatterFilter.Due(rawValue: $0) }
        if filter.isOpen { filter.due = due }
        let hands = choice("hands") { InboxQuery.Hands(rawValue: $0) }
        try validation.finish()
        let (list, tree) = try await ReadInbox(desk: desk).list(
            filter, grid: grid, hands: filter.isOpen ? hands : nil, after: after, limit: limit, by: try call.signedIn())
        return try .json(MatterListDocument(matters: list.matters.map { MatterDocument($0, tree) }, next: list.next?.description))
    }

    private func read(_ call: Call) async throws -> Answer {
        let (sight, tree, _) = try await ReadMatter(desk: desk)(try call.id("matter"), for: try call.signedIn())
        return try .json(MatterSightDocument(sight, tree))
    }

    private func follow(_ call: Call) async throws -> Answer {
        guard let number = PublicNumber(call.parameters["number"] ?? "") else { throw Invalid("/number", "number-wrong") }
        return try .json(PublicMatterDocument(try await ReadMatter(desk: desk)(number, town: call.town).0))
    }

    private func categories(_ call: Call) async throws -> Answer {
        try .json(CategoriesDocument(try await desk.database.read { try desk.taxonomy($0, call.town) }))
    }
}
