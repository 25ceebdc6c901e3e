import Crypto
import Foundation
package import Kernel

/// The web site: routes, words, templates and assets of every room, and what a request needs of the rooms below.
package struct Site: Sendable {
    package let routes: [Route]
    package let navigation: [NavItem]
    package let catalogue: Catalogue
    package let pages: Pages
    package let assets: Assets
    package let ambient: Ambient
    package let meter = Meter()
    /// Whether the site is served over TLS: cookies are `Secure` and HSTS is sent.
    package let secure: Bool
    /// Whether a proxy of ours stands before the server, whose `X-Forwarded-For` may be believed.
    package let behindProxy: Bool
    /// Whether routes' limits of calls a minute hold; off for load tests only.
    package let limitsVisitors: Bool
    /// Where the pictures under the map come from; nil draws the schematic map alone.
    package let tiles: TileSource?
    let limiter = RateLimiter()
    /// A grid's English name by its town and its full name in Chinese, as far as it is known.
    let englishName: @Sendable (ID<Town>, String) -> String?
    private let secret: SymmetricKey
    /// Finds the town and the person behind a request's credentials. Filled by Application from Directory and Identity.
    package let findVisit: @Sendable (Credentials) async throws -> Visit

    package static let sessionCookie = "jl_session"
    package static let visitorCookie = "jl_visitor"
    static let languageCookie = "jl_lang"
    static let themeCookie = "jl_theme"
    static let elderCookie = "jl_elder"
    static let flashCookie = "jl_flash"

    /// - Parameter secret: 32 random bytes, the same for every process that serves this site.
    /// - Throws: ``BadCatalogue`` when words or templates of a room do not fit together.
    package init(
        rooms: [Room], assets: [String: [UInt8]], ambient: Ambient, secret: [UInt8], secure: Bool, behindProxy: Bool,
        limitsVisitors: Bool = true, tiles: TileSource? = nil,
        englishName: @escaping @Sendable (ID<Town>, String) -> String? = { _, _ in nil },
        report: @escaping @Sendable (any Error, Call) -> Void,
        findVisit: @escaping @Sendable (Credentials) async throws -> Visit
    ) throws {
        var catalogue = Catalogue()
        var sources: [String: String] = [:]
        for room in [Site.frame] + rooms {
            try catalogue.add(room: room.name, zh: room.zh, en: room.en)
            for (name, bytes) in room.templates { sources[name] = String(decoding: bytes, as: UTF8.self) }
        }
        self.catalogue = catalogue
        pages = try Pages(sources: sources, catalogue: catalogue)
        self.assets = Assets(assets)
        routes = rooms.flatMap(\.routes)
        navigation = rooms.flatMap(\.navigation).sorted { $0.order < $1.order }
        self.ambient = ambient
        self.secret = SymmetricKey(data: secret)
        self.secure = secure
        self.behindProxy = behindProxy
        self.limitsVisitors = limitsVisitors
        self.tiles = tiles
        self.englishName = englishName
        self.report = report
        self.findVisit = findVisit
    }

    /// The token that a form must carry for a visitor with this seed. Base64url of 18 bytes.
    package func csrf(for seed: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("csrf|\(seed)".utf8), using: secret)
        return Data(Array(code).prefix(18)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    }

    // MARK: One request

    /// What a request says before its body is read.
    struct Head {
        let route: Route
        let path: String
        let query: String
        let parameters: [String: String]
        let headers: @Sendable (String) -> String?
        let address: String
        let requestID: String
    }

    /// Answers a request: limits, visit, body, forgery, access, handler; and every failure as a problem.
    func answer(_ head: Head, body: () async throws -> [UInt8]) async -> Answer {
        let route = head.route
        var call = bareCall(head)
        do {
            call.query = try Form(urlEncoded: head.query)
            if case .bare = route.kind { return try await route.handle(Call(call)) }
            if let length = head.headers("content-length").flatMap(Int.init), length > route.bodyLimit { throw Problem.tooLarge }
            call.visit = try await findVisit(credentials(of: call))
            try admit(call)
            if route.method != .get { try await readBody(&call, body) }
            try checkAccess(call)
            return finish(try await route.handle(Call(call)), call)
        } catch {
            return finish(failure(error, Call(call)), call)
        }
    }

    /// Holds visitors to the route's calls a minute. Who is signed in answers for themselves, often many behind one address of an office.
    private func admit(_ call: Draft) throws(TooManyRequests) {
        guard limitsVisitors, call.visit.principal == nil, let limit = call.head.route.perMinute else { return }
        let key = "\(call.head.address) \(call.head.route.name)"
        if let wait = limiter.admit(key, perMinute: limit, at: ambient.now()) { throw TooManyRequests(retryAfter: wait) }
    }

    private func readBody(_ call: inout Draft, _ body: () async throws -> [UInt8]) async throws {
        call.body = try await body()
        switch call.head.route.kind {
        case .page:
            call.form = try form(of: call)
            guard let token = call.form["csrf"], matches(token, call) else { throw Problem.csrf }
        case .api(let operation) where operation.manner.takesForms:
            // The key is in the form itself; a session opens nothing here, so nothing can be forged with one.
            call.form = try form(of: call)
        case .api:
            // A browser sends cookies by itself, so a session needs the token too; an API key is never sent by itself.
            guard call.cookies[Site.sessionCookie] != nil, call.bearer == nil, call.visit.principal != nil else { return }
            guard let token = call.head.headers("x-csrf-token"), matches(token, call) else { throw Problem.csrf }
        case .bare: return
        }
    }

    /// - Throws: ``Problem`` 415 for anything but the two types of forms; ``Malformed``.
    private func form(of call: Draft) throws -> Form {
        let type = call.head.headers("content-type") ?? ""
        if type.lowercased().hasPrefix("multipart/form-data") {
            return try Form(multipart: call.body, boundary: Form.parameter("boundary", of: type) ?? "")
        }
        guard type.lowercased().hasPrefix("application/x-www-form-urlencoded") else { throw Problem.unsupportedType }
        guard let text = String(validating: call.body, as: UTF8.self) else { throw Malformed("not-utf8") }
        return try Form(urlEncoded: text)
    }

    private func matches(_ token: String, _ call: Draft) -> Bool {
        let seed = call.cookies[Site.sessionCookie] ?? call.cookies[Site.visitorCookie] ?? ""
        guard !seed.isEmpty else { return false }
        return SHA256.hash(data: Data(token.utf8)) == SHA256.hash(data: Data(csrf(for: seed).utf8))
    }

    private func checkAccess(_ call: Draft) throws {
        let full = Call(call)
        guard full.allows(call.head.route.access) else {
            if call.visit.principal == nil { throw Unauthenticated() }
            throw Forbidden()
        }
        if let gate = call.visit.gate, call.head.path != gate, call.head.route.access != .anyone { throw Gated(path: gate) }
    }

    /// A program's key opens the API and nothing else: pages are for people, who are named and may have to give a code.
    private func credentials(of call: Draft) -> Credentials {
        let host = (call.head.headers("host") ?? "").lowercased().prefix { $0 != ":" }
        let isAPI = if case .api = call.head.route.kind { true } else { false }
        return Credentials(
            host: String(host), session: call.cookies[Site.sessionCookie], bearer: isAPI ? call.bearer : nil,
            keepsSession: call.head.route.keepsSession)
    }

    private func finish(_ answer: Answer, _ call: Draft) -> Answer {
        var answer = answer
        if !answer.headers.contains(where: { $0.name == "Cache-Control" }) {
            answer.headers.append(("Cache-Control", "no-store"))
        }
        if call.newVisitor, case .page = call.head.route.kind, let value = call.cookies[Site.visitorCookie] {
            answer.setCookie(SetCookie(Site.visitorCookie, value, maxAge: 30 * 86_400), secure: secure)
        }
        return answer
    }

    // MARK: Failures

    struct Gated: Error {
        let path: String
    }

    /// A failure as a person or a program is told of it. Unknown errors are logged by the caller and say nothing but the request's id.
    func failure(_ error: any Error, _ call: Call) -> Answer {
        let problem = Problem(telling: error)
        if case .page = call.route.kind {
            if let gated = error as? Gated { return .seeOther(gated.path) }
            if error is Unauthenticated, call.route.method == .get { return .seeOther(signIn(next: call.path)) }
        }
        if problem.status >= 500 { report(error, call) }
        var answer: Answer
        switch call.route.kind {
        case .page: answer = problemPage(problem, call)
        case .api(let operation):
            answer = operation.manner.refusals.map { refuse(problem, $0, call) } ?? problemDocument(problem, call)
        case .bare: answer = problemDocument(problem, call)
        }
        answer.headers += problem.headers
        return answer
    }

    private func signIn(next: String) -> String {
        "/sign-in?next=" + (next.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
    }

    private func problemPage(_ problem: Problem, _ call: Call) -> Answer {
        call.page(
            ProblemPage(
                status: problem.status, heading: words(problem, "title", call), explanation: words(problem, "text", call),
                next: words(problem, "next", call), faults: problem.faults.map { .init(text: call.text($0)) },
                requestId: call.requestID,
                back: problem.status == 401 ? signIn(next: "/") : nil), status: problem.status)
    }

    private func words(_ problem: Problem, _ part: String, _ call: Call) -> String {
        call.text("web.problem.\(problem.status).\(part)")
    }

    /// The problem as another protocol tells it: one line a fault, each beginning with what it is about.
    private func refuse(_ problem: Problem, _ refusals: Manner.Refusals, _ call: Call) -> Answer {
        let lines = problem.faults.map { fault in
            fault.pointer.isEmpty ? call.text(fault) : "\(fault.pointer.dropFirst()): \(call.text(fault))"
        }
        let status = refusals.status(problem.status)
        return refusals.tell(status, lines.isEmpty ? [words(problem, "text", call)] : lines)
    }

    private func problemDocument(_ problem: Problem, _ call: Call) -> Answer {
        let items = problem.faults.map { Problem.Document.Item(pointer: $0.pointer, code: $0.code, detail: call.text($0)) }
        let document = Problem.Document(
            type: "urn:jinlin:problem:\(problem.code)", title: words(problem, "title", call), status: problem.status,
            detail: words(problem, "text", call), instance: "urn:jinlin:request:\(call.requestID)",
            errors: items.isEmpty ? nil : items)
        return (try? .json(document, status: problem.status, type: "application/problem+json")) ?? Answer(status: 500)
    }

    /// Where unexpected errors go: the log, with the request's id.
    let report: @Sendable (any Error, Call) -> Void
}
