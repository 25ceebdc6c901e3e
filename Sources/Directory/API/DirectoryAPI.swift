import Foundation
import Kernel
import Storage
import Web

/// What programs may ask about the town without a key: figures, grids, where a point is.
extension DirectoryRoom {
    var apiRoutes: [Route] {
        [
            Route(.get, "/api/v1/overview", .anyone, kind: .api(Self.overviewOperation)) { call in
                try .json(try await tree(call).overview)
            },
            Route(.get, "/api/v1/grids", .anyone, kind: .api(Self.gridsOperation)) { call in
                let tree = try await tree(call)
                return try .json(["grids": tree.all.map { GridDocument($0, in: tree) }])
            },
            Route(.get, "/api/v1/grids/{grid}", .anyone, kind: .api(Self.gridOperation)) { call in
                let card = try await ReadGridCard(database: database, cache: cache)(
                    try call.id("grid"), in: .town, town: call.town, on: today)
                return try .json(GridFacts(card))
            },
            Route(.get, "/api/v1/locations", .anyone, kind: .api(Self.locationOperation), handle: locate),
            calendarAPI,
        ]
    }

    private func locate(_ call: Call) async throws -> Answer {
        let point = try Self.point(call)
        let tree = try await tree(call)
        let path = tree.path(at: point).map { GridDocument($0, in: tree) }
        return try .json(LocationDocument(grid: path.last, path: path))
    }

    /// - Throws: ``Invalid`` with a fault for each parameter that is missing, no number, out of range or no datum we know.
    static func point(_ call: Call) throws -> Coordinate {
        var validation = Validation()
        let crs = call.query["crs"].map { CRS(rawValue: $0) } ?? .cgcs2000
        validation.check(crs != nil, at: "/crs", "not-a-choice")
        func degrees(_ name: String, limit: Double) -> Double {
            guard let text = call.query[name], !text.isEmpty else {
                validation.check(false, at: "/\(name)", "required")
                return 0
            }
            let number = Double(text.trimmed)
            validation.check(number?.isFinite ?? false, at: "/\(name)", "not-a-number")
            validation.check(
                (number.map { !$0.isFinite || abs($0) <= limit }) ?? true, at: "/\(name)", "out-of-range",
                ["limit": String(Int(limit))])
            return number ?? 0
        }
        let (longitude, latitude) = (degrees("lon", limit: 180), degrees("lat", limit: 90))
        try validation.finish()
        guard let crs, let point = Coordinate(longitude: longitude, latitude: latitude, crs: crs) else {
            throw Invalid("/lon", "not-a-number")
        }
        return point
    }

    // MARK: What openapi.json says

    private static let overviewOperation = Operation(
        id: "getOverview", summary: "The town's public figures, every one counted from records.", tag: "Directory",
        answer: .object([
            .init("grids", .object([.init("level1", whole), .init("level2", whole), .init("level3", whole)])),
            .init(
                "workers",
                .object([.init("total", whole), .init("level1", whole), .init("level2", whole), .init("level3", whole)]),
                "People with a grid worker's post. Never add cadres to them: a person may be both."),
            .init(
                "cadres",
                .object([
                    .init("total", whole), .init("townLeads", whole), .init("townDeputies", whole), .init("instructors", whole),
                ])),
            .init(
                "villages",
                .array(
                    .object([.init("code", .string()), .init("name", .string()), .init("level2", whole), .init("level3", whole)]))
            ),
        ]))

    private static let gridsOperation = Operation(
        id: "listGrids", summary: "Every grid of the town, each followed by what lies below it.", tag: "Directory",
        answer: .object([.init("grids", .array(.object(GridDocument.properties)))]))

    private static let gridOperation = Operation(
        id: "getGrid", summary: "One grid with everything that is posted up about it.", tag: "Directory", answer: GridFacts.schema
    )

    private static let locationOperation = Operation(
        id: "locate", summary: "Which grid a point is in: the deepest; on a shared border always the same one.", tag: "Directory",
        query: [
            .init("lon", "Degrees of longitude. Needed.", .number(minimum: -180, maximum: 180)),
            .init("lat", "Degrees of latitude. Needed.", .number(minimum: -90, maximum: 90)),
            .init("crs", "The datum of the degrees; cgcs2000 when left out.", .choice(CRS.allCases.map(\.rawValue))),
        ], answer: LocationDocument.schema)

    private static let whole = Schema.integer(minimum: 0)
}
