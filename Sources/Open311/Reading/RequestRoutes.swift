import Kernel
import Matters
import Web

/// What was reported, as everybody may know it, and the requests behind tokens.
extension Open311Room {
    var requestRoutes: [Route] {
        routes(
            .get, "requests", "open311Requests",
            "What was reported, the newest first: of 90 days or a thousand, whichever is less.", query: Self.filters + Self.pages,
            answer: .array(RequestTree.schema), handle: list)
            + routes(
                .get, "requests/{matter}", "open311Request", "One of them, in a list of its own.", query: [Self.extensions],
                answer: .array(RequestTree.schema)
            ) { call, format in
                let id = try Self.id(call)
                return try await answer(PublicMatterFilter(ids: [id]), call, format, orNone: "open311-request")
            }
            + routes(
                .get, "tokens/{matter}", "open311Token",
                "The request behind a token. Requests get their id at once here, so the id is its own token.",
                answer: .array(.object([.init("service_request_id", .uuid), .init("token", .uuid)]))
            ) { call, format in
                let id = try Self.id(call)
                let found = try await ReadPublicMatters(matters.desk)(PublicMatterFilter(ids: [id]), town: call.town).matters
                guard !found.isEmpty else { throw Self.unknown("open311-token") }
                let request = Tree.record([("service_request_id", .text(id.description)), ("token", .text(id.description))])
                return format.answer(.list(of: "request", [request]), named: "service_requests")
            }
    }

    /// A hundred ids with commas between them, and as many codes: whatever they hold, the address stays short enough to be read.
    private static let idsLimit = 4000
    private static let codesLimit = 1000

    private func list(_ call: Call, _ format: Format) async throws -> Answer {
        if let ids = try call.value("service_request_id", atMost: Self.idsLimit) {
            let known = Set(ids.split(separator: ",").prefix(Paging.most).compactMap { ID<Matter>(String($0).trimmed) })
            return try await answer(PublicMatterFilter(ids: known), call, format)
        }
        let paging = try Paging(page: call.exact("page"), size: call.exact("page_size"))
        let span = try SearchSpan(start: call.exact("start_date"), end: call.exact("end_date"), now: call.now)
        var filter = PublicMatterFilter(limit: paging.limit)
        filter.skipping = paging.skipping
        (filter.from, filter.to) = (span.from, span.to)
        filter.categories = try call.value("service_code", atMost: Self.codesLimit).map {
            Set($0.split(separator: ",").map { String($0).trimmed })
        }
        filter.isOpen = try Self.isOpen(call.exact("status"))
        return try await answer(filter, call, format)
    }

    /// Open and closed together are the same as neither.
    private static func isOpen(_ status: String?) throws(Invalid) -> Bool? {
        guard let status else { return nil }
        let asked = Set(status.split(separator: ",", omittingEmptySubsequences: false))
        guard asked.isSubset(of: ["open", "closed"]) else { throw Invalid("/status", "not-a-choice") }
        return asked.count == 1 ? asked == ["open"] : nil
    }

    private func answer(
        _ filter: PublicMatterFilter, _ call: Call, _ format: Format, orNone code: String? = nil
    ) async throws -> Answer {
        let extended = call.exact("extensions")
        guard [nil, "true", "false"].contains(extended) else { throw Invalid("/extensions", "not-a-choice") }
        let found = try await ReadPublicMatters(matters.desk)(filter, town: call.town)
        if found.matters.isEmpty, let code { throw Self.unknown(code) }
        let trees = RequestTree(
            call: call, tree: found.tree, taxonomy: found.taxonomy, extended: extended == "true")
        return format.answer(trees.list(found.matters), named: "service_requests")
    }

    private static func id(_ call: Call) throws -> ID<Matter> {
        guard let id = ID<Matter>(call.parameters["matter"] ?? "") else { throw unknown("open311-request") }
        return id
    }

    private static func unknown(_ code: String) -> Problem {
        Problem(status: 404, code: "not-found", faults: [Fault("", code)])
    }

    static let extensions = Operation.Parameter(
        "extensions", "`true` adds the stage and what was done.", .choice(["true", "false"]))

    static let pages: [Operation.Parameter] = [
        .init("page", "Which stretch, from 1.", .integer(minimum: 1, maximum: Paging.lastPage)),
        .init("page_size", "How long a stretch is.", .integer(minimum: 1, maximum: Paging.most)),
    ]

    /// RFC 3339, or empty.
    private static let dateTime = Schema.string(
        pattern: #"^([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+\- ][0-9]{2}:[0-9]{2}))?$"#)

    static let dates: [Operation.Parameter] = [
        .init("start_date", "At this time or later; 90 days before the end when left out.", dateTime),
        .init("end_date", "At this time or earlier; now when left out.", dateTime),
    ]

    private static let filters: [Operation.Parameter] =
        [
            .init("service_request_id", "Ids with commas between them. Nothing else counts then.", .string(maxLength: idsLimit)),
            .init("service_code", "Codes with commas between them.", .string(maxLength: codesLimit)),
            .init("status", "open, closed, or both with a comma.", .string(pattern: "^((open|closed)(,(open|closed))*)?$")),
        ] + dates + [extensions]
}
