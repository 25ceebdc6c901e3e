import Directory
import Kernel
import Matters
import Web

/// Matters as the protocol's requests: what everybody may know of them, and nothing else.
struct RequestTree {
    let call: Call
    let tree: GridTree
    let taxonomy: Taxonomy
    /// Whether the extensions of GeoReport v2 were asked for.
    let extended: Bool

    func list(_ matters: [ListedMatter]) -> Tree {
        // Many matters of few grids: each grid's point is looked for once.
        let grids = Set(matters.map(\.grid))
        let points = Dictionary(uniqueKeysWithValues: grids.map { ($0, tree.publicPoint(of: $0)) })
        return .list(of: "request", matters.map { request($0, at: points[$0.grid] ?? nil) })
    }

    private func request(_ matter: ListedMatter, at point: Coordinate?) -> Tree {
        let category = taxonomy[matter.category]
        let name = category?.name(in: call.language) ?? matter.category
        let emergency = call.language == .zh ? category?.emergencyZh : category?.emergencyEn
        var fields: [(name: String, value: Tree)] = [
            ("service_request_id", .text(matter.id.description)), ("status", .text(Self.status(matter.stage))),
            ("status_notes", .text(call.text("matters.state.\(matter.stage.rawValue)"))), ("service_name", .text(name)),
            ("service_code", .text(matter.category)),
            // Never what the reporter wrote: that is for those who handle it.
            ("description", .text(name)),
            ("agency_responsible", .text(tree.village(of: matter.grid)?.name(in: call.language) ?? "")),
            ("service_notice", .text(matter.stage.isOpen ? emergency ?? "" : "")),
            ("requested_datetime", .text(matter.reportedAt.rfc3339)), ("updated_datetime", .text(matter.updatedAt.rfc3339)),
            ("expected_datetime", .text(matter.expectedAt?.rfc3339 ?? "")),
            ("address", .text(tree.fullName(of: matter.grid, in: call.language))),
            ("address_id", .text(tree.grid(matter.grid)?.code ?? "")), ("zipcode", .text("")),
            ("lat", .number(point.map { Self.rounded($0.latitude) })),
            ("long", .number(point.map { Self.rounded($0.longitude) })),
            ("media_url", .text(matter.pictures.first.flatMap { call.absolute(MatterPhoto.publicPath($0)) } ?? "")),
        ]
        if extended { fields += extensions(matter) }
        return .record(fields)
    }

    private func extensions(_ matter: ListedMatter) -> [(name: String, value: Tree)] {
        let notes = matter.history.map { entry in
            Tree.record([
                ("datetime", .text(entry.at.rfc3339)), ("description", .text(call.text(entry.titleKey))),
                ("type", .text(entry.kind.rawValue)),
            ])
        }
        let more = Tree.record([("stage", .text(matter.stage.rawValue)), ("reopened", .whole(matter.reopened))])
        return [("extended_attributes", more), ("attributes", .list(of: "attribute", [])), ("notes", .list(of: "note", notes))]
    }

    /// Handled is not closed: only a follow-up ends a matter (design.md rule 4).
    static func status(_ stage: MatterStage) -> String { stage.isOpen ? "open" : "closed" }

    /// Five digits after the point: a metre.
    private static func rounded(_ degrees: Double) -> Double { (degrees * 100_000).rounded() / 100_000 }

    static let schema = Schema.object(
        [
            .init("service_request_id", .uuid), .init("status", .choice(["open", "closed"])), .init("status_notes", .string()),
            .init("service_name", .string()), .init("service_code", .string()),
            .init("description", .string(), "What kind of matter it is, never what its reporter wrote."),
            .init("agency_responsible", .string()), .init("service_notice", .string()),
            .init("requested_datetime", .string(format: "date-time")), .init("updated_datetime", .string(format: "date-time")),
            .init("expected_datetime", .string(), "When the work is promised to be done; empty when it is done or has no limit."),
            .init("address", .string()), .init("address_id", .string()),
            .init("zipcode", .string()), .init("lat", .nullable(.number()), "A point of the grid, the same for all its matters."),
            .init("long", .nullable(.number())),
            .init("media_url", .string(), "Of a picture that somebody has said may be shown; empty where there is none."),
            .init(
                "extended_attributes",
                .object([
                    .init("stage", .choice(MatterStage.allCases.map(\.rawValue))), .init("reopened", .integer(minimum: 0)),
                ]), required: false),
            .init("attributes", .array(.object([])), required: false),
            .init(
                "notes",
                .array(
                    .object([
                        .init("datetime", .string(format: "date-time")), .init("description", .string()),
                        .init("type", .string()),
                    ])), required: false),
        ])
}
