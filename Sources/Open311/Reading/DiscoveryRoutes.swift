import Kernel
import Web

/// What a program asks first: where the town's endpoint is and which formats it speaks.
extension Open311Room {
    var discoveryRoutes: [Route] {
        routes(
            .get, "discovery", "open311Discovery", "Where the endpoint is, which formats it speaks, whom to ask for a key.",
            answer: Self.discoverySchema
        ) { call, format in format.answer(discovery(call), named: "discovery") }
    }

    /// When the contract last changed.
    private static let changeset = "2026-11-24T00:00:00Z"

    private func discovery(_ call: Call) -> Tree {
        let town = call.visit.town
        let values = [
            "town": town.name(in: call.language), "host": town.host, "url": call.absolute("/complaints") ?? "/complaints",
        ]
        let endpoint = Tree.record([
            ("specification", .text("http://wiki.open311.org/GeoReport_v2")),
            ("url", .text(call.absolute(Self.root) ?? Self.root)), ("changeset", .text(Self.changeset)),
            ("type", .text("production")), ("formats", .list(of: "format", [.text("text/xml"), .text("application/json")])),
        ])
        return .record([
            ("changeset", .text(Self.changeset)), ("contact", .text(call.text("open311.contact", values))),
            ("key_service", .text(call.text("open311.key-service", values))),
            ("endpoints", .list(of: "endpoint", [endpoint])),
        ])
    }

    private static let discoverySchema = Schema.object([
        .init("changeset", .string(format: "date-time")), .init("contact", .string()), .init("key_service", .string()),
        .init(
            "endpoints",
            .array(
                .object([
                    .init("specification", .string()), .init("url", .string()), .init("changeset", .string(format: "date-time")),
                    .init("type", .choice(["production", "test"])), .init("formats", .array(.string())),
                ]))),
    ])
}
