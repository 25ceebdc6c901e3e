import Demo
import Directory
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Kernel
import Logging
import Matters
import NIOCore
import Storage
import TestSupport
import Testing
import Web

@testable import Application

/// Every route of the site, tried by every demo account and a visitor, on things of their own village, of another village and of another
/// town. Made from the route list itself, so a new route is tried the day it is written (design.md §9).
@Suite struct AccessTests {
    @Test(arguments: Engine.available)
    func `every route answers everybody as their permissions and grids say`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Schema.migrations) { database in
            let stage = try await AccessStage(database)
            #expect(stage.visitors.count >= 12, "fewer accounts than the demo town should have")
            let (tried, wrong) = try await stage.application().test(.router) { client in
                var (tried, wrong) = (0, [String]())
                for visitor in stage.visitors {
                    for route in stage.site.routes {
                        for target in stage.targets(of: route) {
                            let found = try await stage.call(route, on: target, as: visitor, client)
                            if !stage.isRight(found, route, target, visitor) {
                                wrong.append("\(visitor.login): \(route.name) on \(target.name) answered \(found)")
                            }
                            tried += 1
                        }
                    }
                }
                return (tried, wrong)
            }
            #expect(wrong == [])
            #expect(tried > 1000, "only \(tried) calls were made: the route list is not what it should be")
        }
    }
}

/// A demo town with a second, foreign town beside it, and somebody signed in for every account.
private struct AccessStage: Sendable {
    struct Visitor: Sendable {
        let login: String
        /// Nil for a visitor without an account.
        let principal: Principal?
        let cookie: String
        let csrf: String
    }

    /// A value for a route's parameter, and where that thing is.
    struct Thing: Sendable {
        let value: String
        /// The grids above it, itself included; empty for what belongs to the town as a whole.
        let path: [ID<GridNode>]
    }

    /// Things of one village, or of another town.
    struct Target: Sendable {
        let name: String
        let isForeign: Bool
        let parameters: [String: Thing]

        /// What the last parameter of `route` stands for here.
        func thing(of route: Route) -> Thing? {
            route.parameters.last.flatMap { parameters[$0] }
        }
    }

    let site: Site
    let visitors: [Visitor]
    private let things: [Target]

    init(_ database: any Database) async throws {
        let ambient = Ambient.system
        let keys = try MasterKeys(parsing: "1:" + String(repeating: "ab", count: 32))
        let vault = Vault(keys: keys.keys)
        let accounts = try await DemoTown(seed: 3, scale: 0, now: ambient.now()).build(
            in: database, vault: vault, password: "Longan-Tree-1978", progress: { _ in })
        let folder = FileManager.default.temporaryDirectory.appending(path: "jinlin-access-\(ambient.newUUID())")
        let instance = try Instance(
            configuration: Configuration(data: folder), database: database, keys: keys, ambient: ambient,
            logger: Logger(label: "test"))
        site = instance.site
        let town = try #require(try await database.read { try TownStore($0).all().first?.id })

        // The accounts, signed in without the ceremony, which has tests of its own.
        var visitors = [Visitor(login: "nobody", principal: nil, cookie: "jl_visitor=abc", csrf: site.csrf(for: "abc"))]
        for account in accounts {
            let token = SessionStore.newToken(ambient)
            let found = try await database.write { tx in
                let stored = try #require(try AccountStore(tx).find(login: account.login, town: town))
                try SessionStore(tx).insert(
                    token: token, account: stored, kind: .web, stage: .full, address: "", agent: "", at: ambient.now())
                return stored
            }
            let visit = try await instance.site.findVisit(Credentials(host: "", session: token, bearer: nil))
            let principal = try #require(visit.principal, "\(found.login) is not signed in")
            visitors.append(
                Visitor(login: account.login, principal: principal, cookie: "jl_session=\(token)", csrf: site.csrf(for: token)))
        }
        self.visitors = visitors
        things = try await Self.things(database, town: town, visitors: visitors, site: site, ambient: ambient)
    }

    func application() -> some ApplicationProtocol { Hummingbird.Application(router: site.router()) }

    /// One thing of 安平, one of 瑶前, and one that another town has.
    private static func things(
        _ database: any Database, town: ID<Town>, visitors: [Visitor], site: Site, ambient: Ambient
    ) async throws -> [Target] {
        let tree = try await database.read { try DirectoryCache().tree($0, town: town, day: ambient.now().day()) }
        let client = Hummingbird.Application(router: site.router())
        var targets: [Target] = []
        for village in ["350582101006", "350582101221"] {
            let root = try #require(tree.roots.first { $0.code.hasPrefix(village) })
            let grid = try #require(tree.children(of: root.id).first)
            let post = try #require(tree.posts(on: grid.id).first)
            let id = ambient.newID(Matter.self)
            let body = #"{"category":"0101","words":"灯不亮","grid":"\#(grid.id)"}"#
            let answer = try await client.test(.router) { client in
                try await client.execute(
                    uri: "/api/v1/matters", method: .post,
                    headers: [.contentType: "application/json", HTTPField.Name("Idempotency-Key") ?? .accept: id.description],
                    body: ByteBuffer(string: body))
            }
            #expect(answer.status == .created, "\(String(buffer: answer.body))")
            struct Reported: Decodable {
                let number: String
            }
            let reported = try JSONDecoder().decode(Reported.self, from: Data(answer.body.readableBytesView))
            let path = tree.path(grid.id).map(\.id)
            let known = [
                "grid": Thing(value: root.id.description, path: [root.id]), "post": Thing(value: post.id.description, path: path),
                "matter": Thing(value: id.description, path: path), "category": Thing(value: "0101", path: []),
                "number": Thing(value: reported.number.filter { $0 != " " }, path: []),
                "document": Thing(value: try await document(on: root, database, ambient).description, path: [root.id]),
                "account": Thing(value: visitors[1].principal?.account.description ?? "", path: []),
            ]
            targets.append(Target(name: root.nameZh, isForeign: false, parameters: known))
        }
        let other = try await Self.otherTown(database, ambient: ambient)
        targets.append(Target(name: "another town", isForeign: true, parameters: other.mapValues { Thing(value: $0, path: []) }))
        return targets
    }

    /// A mechanism document of a village. Everybody may read it, whoever keeps the village may change it.
    private static func document(on grid: Grid, _ database: any Database, _ ambient: Ambient) async throws -> ID<
        MechanismDocument
    > {
        let document = MechanismDocument(
            id: ambient.newID(), edition: 1, grid: grid.id, kind: .station, titleZh: "站规", bodyZh: "开门时间", from: grid.validFrom)
        try await database.write { tx in
            let town = try TownStore(tx).ids()[0]
            try DocumentStore(tx, town: town).insert(document)
        }
        return document.id
    }

    /// A second town with a village; its ids are real ones of this database.
    private static func otherTown(_ database: any Database, ambient: Ambient) async throws -> [String: String] {
        let (town, grid) = (ambient.newID(Town.self), ambient.newID(GridNode.self))
        let record = TownRecord(
            id: town, codeSystem: "nbs", code: "350582102", nameZh: "他镇", nameEn: "Elsewhere", hostUnit: "", filing: "",
            hostnames: ["elsewhere.example"])
        try await database.write { tx in
            try TownStore(tx).insert(record)
            try GridStore(tx, town: town).insert(
                Grid(
                    id: grid, parent: nil, level: .one, kind: .village, codeSystem: "nbs", code: "350582102201000", nameZh: "他村",
                    nameEn: nil,
                    validFrom: ambient.now().day()))
        }
        return [
            "grid": grid.description, "post": ambient.newID(Post.self).description,
            "matter": ambient.newID(Matter.self).description, "document": ambient.newID(MechanismDocument.self).description,
            "number": PublicNumber(random: 12_345).digits, "account": ambient.newID(AccountNode.self).description,
            "category": "9999",
        ]
    }

    /// One target for a route without parameters, three for one with.
    func targets(of route: Route) -> [Target] {
        if case .bare = route.kind { return [] }
        // Ending one's own session would end the test; these two act on nothing else.
        if ["/sign-out", "/account/sessions/ending"].contains(route.path) { return [] }
        return route.path.contains("{") ? things : [Target(name: "the town", isForeign: false, parameters: [:])]
    }

    func call(_ route: Route, on target: Target, as visitor: Visitor, _ client: any TestClientProtocol) async throws -> Int {
        var path = route.path
        for (name, thing) in target.parameters { path = path.replacingOccurrences(of: "{\(name)}", with: thing.value) }
        // A parameter this test knows no value for still gets an id: nobody's.
        while let open = path.range(of: "{"), let close = path.range(of: "}") {
            path.replaceSubrange(open.lowerBound..<close.upperBound, with: Ambient.system.newUUID().uuidString.lowercased())
        }
        var headers: HTTPFields = [.cookie: visitor.cookie]
        var body = ByteBuffer()
        if route.method != .get {
            if case .api(let operation) = route.kind, !operation.manner.takesForms {
                headers[.contentType] = "application/json"
                if let name = HTTPField.Name("X-CSRF-Token") { headers[name] = visitor.csrf }
                body = ByteBuffer(string: "{}")
            } else {
                headers[.contentType] = "application/x-www-form-urlencoded"
                body = ByteBuffer(string: "csrf=\(visitor.csrf.replacingOccurrences(of: "+", with: "%2B"))")
            }
        }
        let method = HTTPRequest.Method(route.method.rawValue) ?? .get
        return try await client.execute(uri: path, method: method, headers: headers, body: body).status.code
    }

    /// Whether `status` is what this visitor should get.
    func isRight(_ status: Int, _ route: Route, _ target: Target, _ visitor: Visitor) -> Bool {
        guard status < 500 else { return false }
        let isPage = if case .page = route.kind { true } else { false }
        let isForeign = target.isForeign
        guard let principal = visitor.principal else {
            switch route.access {
            case .anyone: return !isForeign || [404, 422, 303].contains(status)
            default: return isPage && route.method == .get ? status == 303 : status == 401
            }
        }
        guard case .holders(let permissions) = route.access else { return !isForeign || [404, 422, 303].contains(status) }
        let scopes = permissions.compactMap { principal.grants[$0] }
        guard !scopes.isEmpty else { return status == 403 }
        guard route.path.contains("{") else { return route.method != .get || status == 200 }
        // A parameter that this test has no thing for was given nobody's id.
        guard !isForeign, let thing = target.thing(of: route) else { return isOutOfReach(status, route) }
        let scope = scopes.reduce(Scope.nothing) { $0.union($1) }
        guard thing.path.isEmpty || scope.covers(thing.path) else { return isOutOfReach(status, route) }
        return route.method == .get ? status == 200 : status != 404
    }

    /// As if it were not there. A faulty form may be told so first, which says nothing of the thing.
    private func isOutOfReach(_ status: Int, _ route: Route) -> Bool {
        route.method == .get ? status == 404 : [404, 422].contains(status)
    }
}
