import Kernel
import Storage
import Web

/// The office's saved filters: keeping one, the list of them, and which one to begin with.
struct FilterRoutes: Sendable {
    static let path = "/office/matters/filters"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.readMatter)) { try await show($0, []) },
            Route(.post, Self.path, .holder(.readMatter), bodyLimit: 16_384, handle: keep),
            Route(.post, "\(Self.path)/{filter}/removal", .holder(.readMatter), bodyLimit: 4096, handle: remove),
            Route(.post, "\(Self.path)/{filter}/start", .holder(.readMatter), bodyLimit: 4096, handle: begin),
            Route(
                .get, "/api/v1/matter-filters", .holder(.readMatter),
                kind: .api(
                    Operation(
                        id: "listMatterFilters", summary: "One's saved filters and those of one's unit, with what each finds.",
                        tag: "matters", answer: FilterDocument.schema)), handle: list),
        ]
    }

    private func show(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let kept = try await ReadInbox(desk: desk).filters(for: try call.signedIn())
        return call.page(FiltersPage(kept, call, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func keep(_ call: Call) async throws -> Answer {
        let query = call.form["query"] ?? ""
        do {
            try await KeepFilter(desk)(
                call.clientID(), name: call.form["name"] ?? "", query: query, isShared: call.form["shared"] != nil,
                by: try call.signedIn(), address: call.address)
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults)
        }
        guard let form = try? Form(urlEncoded: query), let asked = try? InboxQuery(form) else { return call.done(Self.path) }
        return call.done(asked.href(), flash: "matters.flash.filter")
    }

    private func remove(_ call: Call) async throws -> Answer {
        try await KeepFilter(desk).remove(try call.id("filter"), by: try call.signedIn(), address: call.address)
        return call.done(Self.path, flash: "matters.flash.filter-removed")
    }

    private func begin(_ call: Call) async throws -> Answer {
        let isOn = call.form["on"] != "0"
        let id: ID<SavedFilter> = try call.id("filter")
        try await KeepFilter(desk).begin(with: isOn ? id : nil, by: try call.signedIn())
        return call.done(Self.path, flash: "directory.done.saved")
    }

    private func list(_ call: Call) async throws -> Answer {
        let kept = try await ReadInbox(desk: desk).filters(for: try call.signedIn())
        return try .json(FilterDocument(filters: kept.map(FilterDocument.Filter.init)))
    }
}

/// A saved filter with what it finds now.
struct KeptFilter: Sendable {
    let filter: SavedFilter
    let asked: InboxQuery
    /// Nil for closed ones, of which there are too many to count for a glance.
    let count: Int?
    let isStart: Bool
}

struct FilterDocument: Encodable {
    struct Filter: Encodable {
        let id: String
        let name: String
        let query: String
        let shared: Bool
        let start: Bool
        let count: Int?

        init(_ kept: KeptFilter) {
            (id, name, query) = (kept.filter.id.description, kept.filter.name, kept.asked.query)
            (shared, start, count) = (kept.filter.isShared, kept.isStart, kept.count)
        }
    }
    let filters: [Filter]

    static let schema = Schema.object([
        .init(
            "filters",
            .array(
                .object([
                    .init("id", .uuid), .init("name", .string()), .init("query", .string(), "As the list's address has it."),
                    .init("shared", .boolean), .init("start", .boolean),
                    .init("count", .integer(minimum: 0), required: false, "Of open matters."),
                ])))
    ])
}
