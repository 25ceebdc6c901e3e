import Kernel
import Matters
import Web

/// What was done about requests, by time: the extension that FixMyStreet and its neighbours poll.
extension Open311Room {
    var updateRoutes: [Route] {
        routes(
            .get, "servicerequestupdates", "open311Updates", "What was done about requests, the oldest first.",
            query: Self.dates + Self.pages, answer: .array(Self.updateSchema)
        ) { call, format in
            let paging = try Paging(page: call.exact("page"), size: call.exact("page_size"))
            let span = try SearchSpan(start: call.exact("start_date"), end: call.exact("end_date"), now: call.now)
            let acts = try await ReadPublicMatters(matters.desk).acts(
                from: span.from, to: span.to, skipping: paging.skipping, limit: paging.limit, town: call.town)
            return format.answer(
                .list(of: "request_update", acts.map { Self.update($0, call) }), named: "service_requests_updates")
        }
    }

    private static func update(_ act: ListedMatter.Act, _ call: Call) -> Tree {
        .record([
            ("update_id", .text(act.id.description)), ("service_request_id", .text(act.matter.description)),
            ("status", .text(RequestTree.status(act.stage))), ("updated_datetime", .text(act.at.rfc3339)),
            ("description", .text(call.text(act.titleKey))), ("media_url", .text("")),
        ])
    }

    private static let updateSchema = Schema.object([
        .init("update_id", .uuid), .init("service_request_id", .uuid), .init("status", .choice(["open", "closed"])),
        .init("updated_datetime", .string(format: "date-time")), .init("description", .string()), .init("media_url", .string()),
    ])
}
