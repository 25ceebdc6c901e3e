import Foundation
import Kernel
import Media
import Storage
import TestSupport

@testable import Directory
@testable import Matters
@testable import Web

/// Asks the room's pages and API as a browser or a program would, without a network.
struct Browser: Sendable {
    let scene: Scene
    let site: Site
    /// Session token → who it is.
    let people: [String: Principal]

    struct Reply {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
        var location: String? { headers.first { $0.name == "Location" }?.value }
    }

    /// - Parameter photos: a store of the test's own, where it takes files away.
    init(_ scene: Scene, _ people: [String: Principal] = [:], photos: BlobStore? = nil) throws {
        self.scene = scene
        self.people = people
        let folder = NSTemporaryDirectory() + "jinlin-matters-\(ProcessInfo.processInfo.processIdentifier)"
        let room = MattersRoom(
            database: scene.database, ambient: scene.ambient, vault: scene.desk.vault, directory: scene.desk.directory,
            photos: try photos ?? BlobStore(folder: folder))
        let shapes = Room(
            name: "directory", templates: ["directory-map-svg": Directory.PackageResources.directory_map_svg_mustache],
            zh: Directory.PackageResources.directory_zh_json, en: Directory.PackageResources.directory_en_json)
        let header = TownHeader(id: scene.town, nameZh: "安海镇", nameEn: "Anhai", host: "镇政府", filing: "")
        site = try Site(
            rooms: [shapes, room.room, room.joint, room.routing, room.hotline, room.redaction, room.ratings], assets: Site.assets,
            ambient: scene.ambient,
            secret: Array(repeating: 1, count: 32),
            secure: false,
            behindProxy: false, limitsVisitors: true, report: { error, call in print("\(call.route.name): \(error)") }
        ) { credentials in
            Visit(town: header, principal: (credentials.session ?? credentials.bearer).flatMap { people[$0] })
        }
    }

    /// Sends a request as whoever holds `session`.
    func send(
        _ method: Route.Method, _ target: String, as session: String? = nil, type: String? = nil, body: [UInt8] = [],
        headers more: [String: String] = [:]
    ) async throws -> Reply {
        let halves = target.split(separator: "?", maxSplits: 1).map(String.init)
        let path = halves[0]
        guard let (route, parameters) = match(method, path) else { return Reply(status: 404, headers: [], body: []) }
        var headers = more
        headers["content-type"] = type
        headers["host"] = "anhai.example:8080"
        if case .api = route.kind {
            if let session { headers["authorization"] = "Bearer \(session)" }
        } else {
            headers["cookie"] = session.map { "jl_session=\($0)" } ?? "jl_visitor=guest"
        }
        let fixed = headers
        let head = Site.Head(
            route: route, path: path, query: halves.count > 1 ? halves[1] : "", parameters: parameters, headers: { fixed[$0] },
            address: "203.0.113.9", requestID: "r")
        let answer = await site.answer(head) {
            guard body.count <= route.bodyLimit else { throw Problem.tooLarge }
            return body
        }
        return Reply(status: answer.status, headers: answer.headers, body: answer.body)
    }

    func get(_ target: String, as session: String? = nil) async throws -> Reply { try await send(.get, target, as: session) }

    /// Sends a form with its token.
    func post(_ path: String, _ fields: [String: String], as session: String? = nil) async throws -> Reply {
        let all = fields.merging(["csrf": site.csrf(for: session ?? "guest")]) { first, _ in first }
        let body = all.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }.joined(
            separator: "&")
        return try await send(.post, path, as: session, type: "application/x-www-form-urlencoded", body: Array(body.utf8))
    }

    func json(_ path: String, _ body: String, as session: String? = nil, key: String? = nil) async throws -> Reply {
        try await send(
            .post, path, as: session, type: "application/json", body: Array(body.utf8),
            headers: key.map { ["idempotency-key": $0] } ?? [:])
    }

    private func match(_ method: Route.Method, _ path: String) -> (Route, [String: String])? {
        let parts = path.split(separator: "/").map(String.init)
        // A segment that is written out counts before one that is a parameter.
        for route in site.routes.sorted(by: { $0.path.filter { $0 == "{" }.count < $1.path.filter { $0 == "{" }.count }) {
            let pattern = route.path.split(separator: "/").map(String.init)
            guard route.method == method, pattern.count == parts.count else { continue }
            var parameters: [String: String] = [:]
            let fits = zip(pattern, parts).allSatisfy { pattern, part in
                guard pattern.hasPrefix("{") else { return pattern == part }
                parameters[String(pattern.dropFirst().dropLast())] = part.removingPercentEncoding
                return true
            }
            if fits { return (route, parameters) }
        }
        return nil
    }
}

extension Browser.Reply {
    func json() throws -> [String: Any] { try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:] }
}
