import Crypto
import Foundation
package import Kernel

/// One request in a handler's hands: what was asked, by whom, in which language, and the ways to answer.
package struct Call: Sendable {
    package let site: Site
    package let route: Route
    package let path: String
    package let parameters: [String: String]
    package let query: Form
    package let headers: @Sendable (String) -> String?
    package let cookies: [String: String]
    package let address: String
    package let requestID: String
    package let visit: Visit
    package let language: Language
    package let form: Form
    package let body: [UInt8]

    package var town: ID<Town> { visit.town.id }
    package var principal: Principal? { visit.principal }
    package var now: Instant { site.ambient.now() }

    /// Who is signed in. The route's access has been checked, so a route that is not for anyone never throws here.
    package func signedIn() throws(Unauthenticated) -> Principal {
        guard let principal else { throw Unauthenticated() }
        return principal
    }

    /// The id in the path's segment `{name}`.
    /// - Throws: ``NotFound`` when it is not an id, which is what a wrong one would be too.
    package func id<Kind>(_ name: String, of kind: Kind.Type = Kind.self) throws(NotFound) -> ID<Kind> {
        guard let id = ID<Kind>(parameters[name] ?? "") else { throw NotFound() }
        return id
    }

    /// The JSON body.
    /// - Throws: ``Problem`` 415 for another content type; ``Malformed`` for broken JSON; ``Invalid`` for a member of the wrong type.
    package func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        guard (headers("content-type") ?? "").lowercased().hasPrefix("application/json") else { throw Problem.unsupportedType }
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch let error as DecodingError {
            switch error {
            case .keyNotFound(let key, let context):
                throw Invalid(Self.pointer(context.codingPath + [key]), "required")
            case .typeMismatch(_, let context), .valueNotFound(_, let context):
                throw Invalid(Self.pointer(context.codingPath), "wrong-type")
            case .dataCorrupted(let context) where !context.codingPath.isEmpty:
                throw Invalid(Self.pointer(context.codingPath), "wrong-type")
            default: throw Malformed("bad-json")
            }
        }
    }

    private static func pointer(_ path: [any CodingKey]) -> String {
        path.map { key in
            "/" + (key.intValue.map(String.init) ?? key.stringValue.replacing("~", with: "~0").replacing("/", with: "~1"))
        }.joined()
    }

    /// The id that whoever writes has given the record, so that a retry writes once (design.md §6): the `Idempotency-Key` header
    /// or the form's hidden `request`. A key that is not a UUID is hashed to one together with who sent it.
    /// - Parameter program: who sends, where that is not whoever is signed in.
    package func clientID<Kind>(_ kind: Kind.Type = Kind.self, of program: Principal? = nil) -> ID<Kind> {
        guard let key = headers("idempotency-key") ?? form["request"], !key.isEmpty else { return site.ambient.newID() }
        if let id = ID<Kind>(key) { return id }
        let sender = (program ?? principal)?.account.description ?? address
        return ID(.version8(of: SHA256.hash(data: Data("\(town)|\(sender)|\(key)".utf8))))
    }

    // MARK: Words

    package func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.catalogue.text(key, in: language, values)
    }

    package func text(_ fault: Fault) -> String { text("web.fault.\(fault.code)", fault.values) }

    // MARK: Answers

    /// The page in its frame.
    package func page(_ page: some Page, status: Int = 200) -> Answer {
        var answer = Answer.html(site.pages.render(page, chrome: chrome, in: language), status: status)
        if cookies[Site.flashCookie] != nil { answer.setCookie(SetCookie(Site.flashCookie, "", maxAge: 0), secure: site.secure) }
        return answer
    }

    /// Look at `path` next, with a word of what was done. `flash` is a key of the catalogue.
    package func done(_ path: String, flash: String? = nil) -> Answer {
        var answer = Answer.seeOther(path)
        if let flash { answer.setCookie(SetCookie(Site.flashCookie, flash, maxAge: 60), secure: site.secure) }
        return answer
    }

    /// Posts as they were recorded, in Chinese, in the reader's language. The name of a grid that is called so no more stays as it was then.
    package func posts(_ recorded: String) -> String {
        guard language != .zh else { return recorded }
        let posts = recorded.components(separatedBy: "、").map { post in
            var parts = post.components(separatedBy: " · ")
            parts[0] =
                [".post.", ".role."].lazy.compactMap { site.catalogue.translation(of: parts[0], under: $0, to: language) }.first
                ?? parts[0]
            for index in parts.indices.dropFirst() { parts[index] = site.englishName(town, parts[index]) ?? parts[index] }
            return parts.joined(separator: " · ")
        }
        return posts.joined(separator: ", ")
    }

    /// Whether somebody with a post is signed in.
    var isStaff: Bool { principal.map { !$0.post.isEmpty && !$0.may(Permission("resident.self")) } ?? false }

    private var entries: [NavItem] { site.navigation.filter { $0.forStaff == isStaff && allows($0.access) } }

    /// Where this visitor begins: staff at the first thing they may open, anybody else on the town's home page.
    var home: String { isStaff ? entries.first?.path ?? "/" : "/" }

    private var chrome: Chrome {
        let theme = cookies[Site.themeCookie].flatMap { ["light", "dark"].contains($0) ? $0 : nil }
        let entries = entries
        let flash = cookies[Site.flashCookie].flatMap { site.catalogue.raw($0, in: language) }
        // The longest entry that leads here is the current one: /office/matters/new is not also /office/matters.
        let current = entries.filter { path == $0.path || (!$0.isAlone && path.hasPrefix($0.path + "/")) }.max {
            $0.path.count < $1.path.count
        }
        return Chrome(
            lang: language.tag, theme: theme, elder: cookies[Site.elderCookie] == "1", staff: isStaff,
            townName: visit.town.name(in: language),
            organiser: visit.town.host, filing: visit.town.filing.isEmpty ? nil : visit.town.filing, complaints: "/complaints",
            home: home, assets: "/assets/\(site.assets.version)/", csrf: csrf, path: herePath,
            signedIn: principal != nil, personName: principal?.name, personPost: principal.map { posts($0.post) },
            nav: entries.map { .init(href: $0.path, label: text($0.key), icon: $0.icon, current: $0.path == current?.path) },
            flash: flash,
            languages: [("zh", "中文"), ("en", "English")].map {
                .init(value: $0.0, label: $0.1, current: $0.0 == language.rawValue)
            },
            themes: ["auto", "light", "dark"].map {
                .init(value: $0, label: text("web.theme.\($0)"), current: $0 == theme ?? "auto")
            })
    }

    /// The page's own address, to come back to after a choice in the frame. A page that was posted has none of its own.
    private var herePath: String {
        guard route.method == .get else { return "/" }
        let query = self.query.fields.map { field in
            [field.name, field.value].map { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }.joined(
                separator: "=")
        }.joined(separator: "&")
        return query.isEmpty ? path : path + "?" + query
    }

    func allows(_ access: Access) -> Bool {
        switch access {
        case .anyone: true
        case .signedIn: principal != nil
        case .holders(let permissions): permissions.contains { principal?.may($0) ?? false }
        }
    }

    // MARK: Elsewhere

    /// The address of `path` with scheme and host, as whoever is not on this site needs it; nil when the host is not a plain one.
    package func absolute(_ path: String) -> String? {
        guard let host = headers("host"), !host.isEmpty, host.utf8.count <= 255,
            host.unicodeScalars.allSatisfy({
                $0.isASCII && ($0.properties.isAlphabetic || ".:-[]0123456789".unicodeScalars.contains($0))
            })
        else { return nil }
        return "\(site.secure ? "https" : "http")://\(host)\(path)"
    }

    // MARK: Forgery

    /// The token every form of this visitor carries.
    package var csrf: String { site.csrf(for: csrfSeed) }

    /// What the token is bound to: the session, or for a visitor without one a random cookie.
    var csrfSeed: String { cookies[Site.sessionCookie] ?? cookies[Site.visitorCookie] ?? "" }
}
