import Directory
import Kernel
import Web

/// Public matters as points of a map (RFC 7946). Every matter of a grid stands at the same point, as its page names the grid only.
enum GeoJSONFeed {
    static func document(_ matters: [ListedMatter], _ wording: Wording) -> JSON {
        let grids = Set(matters.map(\.grid))
        let points = Dictionary(uniqueKeysWithValues: grids.map { ($0, wording.tree.publicPoint(of: $0)) })
        return ["type": "FeatureCollection", "features": .array(matters.map { feature($0, points[$0.grid] ?? nil, wording) })]
    }

    private static func feature(_ matter: ListedMatter, _ point: Coordinate?, _ wording: Wording) -> JSON {
        let geometry = point.map { point -> JSON in
            ["type": "Point", "coordinates": [.number(rounded(point.longitude)), .number(rounded(point.latitude))]]
        }
        return [
            "type": "Feature", "id": .text(matter.id.description), "geometry": geometry ?? .null,
            "properties": [
                "category": .text(matter.category), "categoryName": .text(wording.category(matter.category)),
                "grid": .text(matter.grid.description), "gridName": .text(wording.grid(matter.grid)),
                "stage": .text(matter.stage.rawValue), "reportedAt": .text(matter.reportedAt.rfc3339),
                "updatedAt": .text(matter.updatedAt.rfc3339), "closedAt": matter.closedAt.map { .text($0.rfc3339) } ?? .null,
                "expectedAt": matter.expectedAt.map { .text($0.rfc3339) } ?? .null,
                "reopened": .number(Double(matter.reopened)),
                "pictures": .array(matter.pictures.map { .text(address(MatterPhoto.publicPath($0), wording)) }),
            ],
        ]
    }

    private static func address(_ path: String, _ wording: Wording) -> String { wording.call.absolute(path) ?? path }

    private static func rounded(_ degrees: Double) -> Double { (degrees * 100_000).rounded() / 100_000 }

    static let schema = Schema.object([
        .init("type", .choice(["FeatureCollection"])),
        .init(
            "features",
            .array(
                .object([
                    .init("type", .choice(["Feature"])), .init("id", .uuid),
                    .init(
                        "geometry",
                        .nullable(
                            .object([.init("type", .choice(["Point"])), .init("coordinates", .array(.number(), maxItems: 2))]))),
                    .init(
                        "properties",
                        .object([
                            .init("category", .string()), .init("categoryName", .string()), .init("grid", .uuid),
                            .init("gridName", .string()), .init("stage", .choice(MatterStage.allCases.map(\.rawValue))),
                            .init("reportedAt", .string(format: "date-time")), .init("updatedAt", .string(format: "date-time")),
                            .init("closedAt", .nullable(.string(format: "date-time"))),
                            .init("expectedAt", .nullable(.string(format: "date-time")), "When the work is promised to be done."),
                            .init("reopened", .integer(minimum: 0)),
                            .init("pictures", .array(.string()), "Those that may be shown, redacted where it was needed."),
                        ])),
                ]))),
    ])
}
