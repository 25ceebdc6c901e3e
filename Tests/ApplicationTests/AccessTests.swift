import Demo
import Directory
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Imports
import Kernel
import Logging
import Matters
import NIOCore
import Points
import Registers
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
        /// Of a unit outside the grids: the login of whoever alone answers for it.
        var answers: String?
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
        things = try await Self.things(
            database, town: town, visitors: visitors, site: site, ambient: ambient, imports: instance.imports)
    }

    func application() -> some ApplicationProtocol { Hummingbird.Application(router: site.router()) }

    /// One thing of 安平, one of 瑶前, and one that another town has.
    private static func things(
        _ database: any Database, town: ID<Town>, visitors: [Visitor], site: Site, ambient: Ambient, imports: ImportDesk
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
            let office = try #require(visitors.first { $0.login == "town" }?.principal)
            let finished = try await finishedImport(imports, into: root, by: visitors)
            let registers = try await Self.registers(database, town: town, in: grid.id, ambient: ambient)
                .mapValues { Thing(value: $0, path: path) }
            let points = try await Self.points(database, root, tree, ambient, by: office)
            let known = points.merging(registers) { first, _ in first }.merging([
                "import": Thing(value: finished.description, path: [root.id]),
                "grid": Thing(value: root.id.description, path: [root.id]), "post": Thing(value: post.id.description, path: path),
                "matter": Thing(value: id.description, path: path), "category": Thing(value: "0101", path: []),
                "handover": Thing(
                    value: try await handover(database, on: grid.id, by: office, ambient).description, path: path),
                "number": Thing(value: reported.number.filter { $0 != " " }, path: []),
                "document": Thing(value: try await document(on: root, database, ambient).description, path: [root.id]),
                "account": Thing(value: visitors[1].principal?.account.description ?? "", path: []),
            ]) { first, _ in first }
            let joint = try await Self.joint(database, id, path, by: office, visitors, ambient)
            targets.append(
                Target(name: root.nameZh, isForeign: false, parameters: known.merging(joint) { first, _ in first }))
        }
        let other = try await Self.otherTown(database, ambient: ambient)
        targets.append(Target(name: "another town", isForeign: true, parameters: other.mapValues { Thing(value: $0, path: []) }))
        return targets
    }

    /// What a village has of points: switched on, with rules, a round, an environment day and the first household's wallet. Whoever has
    /// any part of the village may see it.
    private static func points(
        _ database: any Database, _ village: Grid, _ tree: GridTree, _ ambient: Ambient, by office: Principal
    ) async throws -> [String: Thing] {
        let desk = PointsDesk(database: database, ambient: ambient, directory: DirectoryCache())
        let (town, id, today) = (office.town, village.id, ambient.now().day())
        try await database.write { tx in
            for capability in [Capability.points, .crossInspections] {
                try VillageStore(tx, town: town).setSwitch(.init(isOn: true, since: today), of: capability, in: id)
            }
        }
        if try await database.read({ try RuleSetStore($0, town: town).inForce(id, .villagers, on: today) }) == nil {
            for audience in Audience.allCases {
                let draft = try await DraftRuleSet(desk)(audience, of: id, by: office, request: ambient.newID())
                let begin = today.adding(days: -10)
                try await AdoptRuleSet(desk)(
                    draft.id, decision: "1", decidedOn: begin, from: begin, allowsDebt: false, by: office,
                    request: ambient.newID())
            }
        }
        if try await database.read({ try RoundStore($0, town: town).rounds(of: id, limit: 1) }).isEmpty {
            try await OpenRound(desk)(id, week: today, by: office, request: ambient.newID())
        }
        _ = try? await PlanEnvironmentDay(desk)(MonthKey(today), of: id, by: office, request: ambient.newID())
        return try await database.write { tx in
            let door = try #require(try DoorStore(tx, town: town).doors(under: id, on: today).first)
            let card = try PointsLedger(tx, town: town, by: office, ambient: ambient).open(door).card
            let within = [id] + tree.descendants(of: id).map(\.id)
            let set = try RuleSetStore(tx, town: town).all(of: id).first?.id.description
            let round = try RoundStore(tx, town: town).rounds(of: id, limit: 1).first?.id.description
            let day = try EnvironmentDayStore(tx, town: town).days(of: id).first?.id.description
            return [
                "village": Thing(value: id.description, path: within),
                "set": Thing(value: try #require(set), path: within), "round": Thing(value: try #require(round), path: within),
                "environment": Thing(value: try #require(day), path: within), "card": Thing(value: card.digits, path: []),
                "household": Thing(value: door.household.description, path: tree.path(door.grid).map(\.id)),
            ]
        }
    }

    /// An import into a village that wrote one row and refused another: nothing that may be done with it takes it away.
    private static func finishedImport(_ desk: ImportDesk, into village: Grid, by visitors: [Visitor]) async throws -> ID<Import>
    {
        let office = try #require(visitors.compactMap(\.principal).first { $0.grants[.importData] == .town })
        let file = Array("村,网格名称\n\(village.nameZh),测试片区\n没有这个村,乙\n".utf8)
        let order = BringFile.Order(id: desk.ambient.newID(), kind: "grids", place: village.id, fileName: "a.csv") {
            Array(file.dropFirst($0))
        }
        let id = try await BringFile(desk)(order, by: office).id
        try await MatchColumns(desk).byProposal(id, by: office)
        _ = try await WorkOnImport(desk, worker: "test")()
        try await DecideImport(desk).run(id, .valid, by: office)
        _ = try await WorkOnImport(desk, worker: "test")()
        return id
    }

    /// A unit is asked for help with the matter: the police in one village, the power company in the other.
    private static func joint(
        _ database: any Database, _ matter: ID<Matter>, _ path: [ID<GridNode>], by office: Principal, _ visitors: [Visitor],
        _ ambient: Ambient
    ) async throws -> [String: Thing] {
        let desk = MatterDesk(
            database: database, ambient: ambient, vault: Vault(keys: [1: Array(repeating: 0xAB, count: 32)]),
            directory: DirectoryCache())
        let units = try await database.read { try UnitStore($0, town: office.town).all() }
        let isFirst = try await database.read { tx in
            try JointStore(tx, town: office.town).list(.staff(office), isOpen: true).allSatisfy { !$0.task.asked.hasPrefix("试") }
        }
        let unit = try #require(units.first { $0.nameZh == (isFirst ? "安海派出所" : "安海供电所") })
        let task = try await AskUnit(desk)(
            JointRequest(id: ambient.newID(), matter: matter, unit: unit.id, asked: "试一下", reason: "试一下"), by: office)
        return [
            "unit": Thing(value: unit.id.description, path: []), "task": Thing(value: task.id.description, path: path),
            "request": Thing(value: task.id.description, path: [], answers: isFirst ? "police" : "power"),
        ]
    }

    /// A household with somebody in it, a shop and an organisation of one grid, as ids by parameter.
    private static func registers(
        _ database: any Database, town: ID<Town>, in grid: ID<GridNode>, ambient: Ambient
    ) async throws -> [String: String] {
        let vault = Vault(keys: [1: Array(repeating: 0xAB, count: 32)])
        let household = HouseholdRecord(
            id: ambient.newID(), grid: grid, address: Address(reading: "平安巷12号"), term: Term(from: ambient.now().day(), to: nil))
        let person = try PersonRules.check(PersonDraft(name: "曾秀丽", phones: ["15412345678"]), on: ambient.now().day())
        let newcomer = try Newcomer(ambient.newID(), person, in: household, vault, ambient)
        let shop = Enterprise(
            id: ambient.newID(), grid: grid, kind: .smallShop, trade: .retail, name: "食杂店", code: nil, noCodeReason: "正在办理",
            address: "平安巷1号", term: household.term)
        let property = Property(
            id: ambient.newID(), grid: grid, address: Address(reading: "平安巷12号"), kind: .house, use: .vacant, term: household.term
        )
        let organisation = Organisation(id: ambient.newID(), grid: grid, kind: .volunteerTeam, name: "志愿队", term: household.term)
        let residency = Residency(
            id: ambient.newID(), person: newcomer.record.id, household: household.id, kind: .registered, from: household.term.from
        )
        try await database.write { tx in
            let book = RegisterBook(tx, town: town, vault: vault, ambient: ambient)
            try book.enter([household])
            try book.enter([(newcomer, Stay(residency))])
            try EnterpriseStore(tx, town: town, vault: vault).insert(shop, phone: nil)
            try PropertyStore(tx, town: town, vault: vault).insert(property, phone: nil)
            try OrganisationStore(tx, town: town).insert(organisation)
        }
        return [
            "household": household.id.description, "person": newcomer.record.id.description, "enterprise": shop.id.description,
            "organisation": organisation.id.description, "property": property.id.description,
        ]
    }

    /// A post of somebody who is not among the accounts, handed to somebody else who is not either.
    private static func handover(
        _ database: any Database, on grid: ID<GridNode>, by office: Principal, _ ambient: Ambient
    ) async throws -> ID<Handover> {
        let (leaver, successor, post): (ID<PersonNode>, ID<PersonNode>, ID<Post>) = (
            ambient.newID(), ambient.newID(), ambient.newID()
        )
        let today = ambient.now().day()
        try await database.write { tx in
            for (person, name) in [(leaver, "离任的"), (successor, "接手的")] {
                try PersonStore(tx, town: office.town).insert(Person(id: person, name: name), phone: nil, at: ambient.now())
            }
            try PostStore(tx, town: office.town).insert(
                Post(id: post, person: leaver, kind: .gridWorker, grid: grid, from: today.adding(days: -9)))
        }
        return try await HandOverPosts(
            database: database, ambient: ambient, vault: Vault(keys: [1: Array(repeating: 0xAB, count: 32)]),
            cache: DirectoryCache())(
                HandoverOrder([post], to: successor, from: today), by: office, request: ambient.newID())
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
            "import": ambient.newID(Import.self).description, "grid": grid.description,
            "post": ambient.newID(Post.self).description,
            "matter": ambient.newID(Matter.self).description, "document": ambient.newID(MechanismDocument.self).description,
            "number": PublicNumber(random: 12_345).digits, "account": ambient.newID(AccountNode.self).description,
            "village": grid.description, "card": PublicNumber(random: 54_321).digits,
            "set": ambient.newID(RuleSet.self).description,
            "round": ambient.newID(InspectionRound.self).description,
            "environment": ambient.newID(EnvironmentDay.self).description,
            "household": ambient.newID(Household.self).description,
            "category": "9999",
            "handover": ambient.newID(Handover.self).description, "property": ambient.newID(Property.self).description,
            "unit": ambient.newID(JointUnit.self).description, "task": ambient.newID(JointTask.self).description,
            "request": ambient.newID(JointTask.self).description,
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
        if let login = thing.answers, login != visitor.login { return isOutOfReach(status, route) }
        guard thing.path.isEmpty || scope.covers(thing.path) else { return isOutOfReach(status, route) }
        return route.method == .get ? status == 200 : status != 404
    }

    /// As if it were not there. A faulty form may be told so first, which says nothing of the thing.
    private func isOutOfReach(_ status: Int, _ route: Route) -> Bool {
        route.method == .get ? status == 404 : [404, 422].contains(status)
    }
}
