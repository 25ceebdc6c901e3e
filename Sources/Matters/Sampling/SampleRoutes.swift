import Directory
import Kernel
import Web

/// Drawing samples of closed matters and writing down what looking again found: pages for the level above, and the same for programs.
struct SampleRoutes: Sendable {
    static let path = "/office/samples"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.followUpMatter)) { try await list($0, []) },
            Route(.post, Self.path, .holder(.followUpMatter), bodyLimit: 16_384, handle: draw),
            Route(.get, Self.path + "/{sample}", .holder(.followUpMatter)) { try await show($0, nil, status: 200) },
            Route(.post, Self.path + "/{sample}/findings", .holder(.followUpMatter), bodyLimit: 64 << 10, handle: record),
            Route(
                .get, "/api/v1/samples", .holder(.followUpMatter),
                kind: .api(
                    Operation(
                        id: "listSamples", summary: "Samples of closed matters within reach, the newest month first.",
                        tag: "matters",
                        answer: .object([.init("samples", .array(SampleDocument.schema))])))
            ) { call in
                let samples = try await ReadSamples(desk: desk).list(for: try call.signedIn()).samples
                return try .json(["samples": samples.map(SampleDocument.init)])
            },
            Route(
                .post, "/api/v1/samples", .holder(.followUpMatter),
                kind: .api(
                    Operation(
                        id: "drawSample", summary: "Draw closed matters of a unit and a month, to look at again.", tag: "matters",
                        body: DrawBody.schema, answer: SampleDocument.schema, created: true, idempotent: true)),
                bodyLimit: 64 << 10
            ) { call in
                let body: DrawBody = try call.decode()
                let sample = try await DrawSample(desk)(
                    body.unit, SampleMonth(body.month), percent: body.percent, by: try call.signedIn(), request: call.clientID(),
                    address: call.address)
                return try .json(SampleDocument(sample), status: 201)
            },
            Route(
                .post, "/api/v1/samples/{sample}/findings", .holder(.followUpMatter),
                kind: .api(
                    Operation(
                        id: "recordFinding", summary: "Say what looking again found; `satisfied: false` opens the matter again.",
                        tag: "matters", body: FindingBody.schema, answer: SampleDocument.schema, created: true, idempotent: true)),
                bodyLimit: 64 << 10
            ) { call in
                let (body, id): (FindingBody, ID<Sample>) = (try call.decode(), try call.id("sample"))
                let principal = try call.signedIn()
                _ = try await ReadSamples(desk: desk)(id, for: principal)
                let order = ActOrder(
                    id: call.clientID(), matter: body.matter, version: body.version, by: principal, address: call.address)
                try await RecordFinding(desk)(id, order, way: body.way, satisfied: body.satisfied, words: body.words ?? "")
                return try .json(SampleDocument(try await ReadSamples(desk: desk)(id, for: principal).sample), status: 201)
            },
        ]
    }

    private func list(_ call: Call, _ faults: [Fault], status: Int = 200) async throws -> Answer {
        let (samples, units, (tree, taxonomy)) = try await ReadSamples(desk: desk).list(for: try call.signedIn())
        let wording = Wording(call: call, tree: tree, taxonomy: taxonomy)
        return call.page(SamplesPage(samples, units: units, wording, faults: faults), status: status)
    }

    private func draw(_ call: Call) async throws -> Answer {
        let form = call.form
        do {
            let sample = try await DrawSample(desk)(
                ID(form["unit"] ?? ""), SampleMonth(form["month"] ?? ""), percent: Int((form["percent"] ?? "").trimmed),
                by: try call.signedIn(), request: call.clientID(), address: call.address)
            return call.done("\(Self.path)/\(sample.id)", flash: "matters.flash.sample")
        } catch let invalid as Invalid {
            return try await list(call, invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await list(call, [Fault("/month", conflict.reason)], status: 409)
        }
    }

    private func show(_ call: Call, _ attempt: (matter: ID<Matter>, faults: [Fault])?, status: Int) async throws -> Answer {
        let sight = try await ReadSamples(desk: desk)(try call.id("sample"), for: try call.signedIn())
        let wording = Wording(call: call, tree: sight.tree, taxonomy: sight.taxonomy)
        return call.page(SamplePage(sight, wording, attempt: attempt), status: status)
    }

    private func record(_ call: Call) async throws -> Answer {
        let (form, id): (Form, ID<Sample>) = (call.form, try call.id("sample"))
        guard let matter = ID<Matter>(form["matter"] ?? "") else { throw NotFound() }
        let order = ActOrder(
            id: call.clientID(), matter: matter, version: Int(form["seen"] ?? "") ?? 0, by: try call.signedIn(),
            address: call.address)
        let answers: [String: Bool] = ["yes": true, "no": false]
        do {
            try await RecordFinding(desk)(
                id, order, way: FollowUpWay(rawValue: form["way"] ?? ""), satisfied: answers[form["satisfied"] ?? ""],
                words: form["words"] ?? "")
            return call.done("\(Self.path)/\(id)", flash: "matters.flash.finding")
        } catch let invalid as Invalid {
            return try await show(call, (matter, invalid.faults), status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, (matter, [Fault("/satisfied", conflict.reason)]), status: 409)
        } catch let forbidden as Forbidden where forbidden.reason == "own-handling" {
            return try await show(call, (matter, [Fault("/satisfied", forbidden.reason)]), status: 403)
        }
    }
}
