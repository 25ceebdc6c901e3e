import Kernel
import Web

/// What is near a report that is being written: a piece of the form for people, a list for programs, and joining in for programs.
struct NearRoutes: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, "/report/near", .anyone, perMinute: 120) { call in try await list(call, for: nil) },
            Route(.get, "/office/matters/near", .holder(.createMatter)) { call in
                try await list(call, for: try call.signedIn())
            },
            Route(
                .get, "/api/v1/near-matters", .anyone,
                kind: .api(
                    Operation(
                        id: "findNearMatters",
                        summary: "Matters that may be the same as one about to be reported, the nearest first.",
                        tag: "matters", query: Self.parameters, answer: NearDocument.schema)), perMinute: 120, handle: find),
            Route(
                .post, "/api/v1/matters/{matter}/reporters", .anyone,
                kind: .api(
                    Operation(
                        id: "joinMatter", summary: "Join in with a matter nearby instead of reporting it again.", tag: "matters",
                        body: Join.schema, answer: JoinedDocument.schema, created: true, idempotent: true)), bodyLimit: 64 << 10,
                perMinute: 60, handle: join),
        ]
    }

    private func list(_ call: Call, for reader: Principal?) async throws -> Answer {
        let place = ReportForm(call: call, fields: call.query).place
        let near = try await FindNear(desk)(call.query["category"] ?? "", place, for: reader, in: call.town)
        return call.page(NearListPage(near, try await desk.wording(call)))
    }

    private static let parameters: [Operation.Parameter] = [
        .init("category", "Of this category.", .string(pattern: "^[0-9]{4}$")),
        .init("grid", "The id or the code of a grid.", .string(maxLength: 36)),
        .init("longitude", "Of a point in WGS-84, with the latitude.", .number(minimum: -180, maximum: 180)),
        .init("latitude", "Of the same point.", .number(minimum: -90, maximum: 90)),
    ]

    private func find(_ call: Call) async throws -> Answer {
        let query = call.query
        let body = Join(
            category: query["category"] ?? "", words: nil, grid: query["grid"],
            longitude: query["longitude"].flatMap { Double($0) },
            latitude: query["latitude"].flatMap { Double($0) }, crs: nil, spot: nil, name: nil, phone: nil)
        let wording = try await desk.wording(call)
        let isPoint = body.grid == nil
        var validation = Validation()
        let category = wording.taxonomy[body.category]
        validation.check(category != nil, at: "/category", "not-a-choice")
        let found = PlaceRules.find(body.report(call.site.ambient.newID()).place, in: wording.tree)
        if case .failure(let fault) = found { validation.check(false, at: isPoint ? "/longitude" : "/grid", fault.code) }
        try validation.finish()
        guard let category, case .success(let place) = found else { return try .json(NearDocument([])) }
        return try .json(NearDocument(try await FindNear(desk)(category, at: place, in: call.town)))
    }

    private func join(_ call: Call) async throws -> Answer {
        let body: Join = try call.decode()
        let sender = ReportSender(town: call.town, principal: call.principal, address: call.address)
        let joining = try await JoinMatter(desk)(
            try call.id("matter"), body.report(call.clientID()), from: sender,
            onBehalf: call.principal?.may(.createMatter) ?? false)
        return try .json(JoinedDocument(joining), status: 201)
    }
}
