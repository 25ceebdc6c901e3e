package import Kernel

/// Who may call a route. Checked before the handler runs; what of it they may see, the stores check (design.md rule 6).
package enum Access: Hashable, Sendable {
    case anyone
    case signedIn
    /// Holders of any of these, over any scope.
    case holders([Permission])

    package static func holder(_ permission: Permission) -> Access { .holders([permission]) }
}

/// One route: what the site serves, what `/api/openapi.json` describes and what the generated access test tries, from the same value.
package struct Route: Sendable {
    package enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    package enum Kind: Sendable {
        /// HTML for people: problems are pages, writes carry the CSRF token.
        case page
        /// JSON for programs, unless its ``Manner`` is another: problems are problem documents.
        case api(Operation)
        /// Health, metrics and assets: no visit is looked up.
        case bare
    }

    package let method: Method
    /// Segments in braces are parameters named after what they identify: `/matters/{matter}/escalations`.
    package let path: String
    package let access: Access
    package let kind: Kind
    /// The largest body in bytes.
    package let bodyLimit: Int
    /// Calls a minute from one address; nil for no limit of its own.
    package let perMinute: Int?
    /// Whether calling it counts as being there. What an open page asks by itself does not, or its session would never end.
    package let keepsSession: Bool
    package let handle: @Sendable (Call) async throws -> Answer

    package init(
        _ method: Method, _ path: String, _ access: Access, kind: Kind = .page, bodyLimit: Int = 1 << 20, perMinute: Int? = nil,
        keepsSession: Bool = true, handle: @escaping @Sendable (Call) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.kind = kind
        self.bodyLimit = bodyLimit
        self.perMinute = perMinute
        self.keepsSession = keepsSession
        self.handle = handle
    }

    package var name: String { "\(method.rawValue) \(path)" }

    /// The names of the path's parameters, in order. A segment may go on after its parameter, as in `/requests/{matter}.xml`.
    package var parameters: [String] {
        path.split(separator: "{").dropFirst().map { String($0.prefix { $0 != "}" }) }
    }
}

/// An entry of the navigation, shown to those who may open it: one set for visitors, one for staff.
package struct NavItem: Sendable {
    package let path: String
    package let key: String
    package let icon: String
    package let access: Access
    package let forStaff: Bool
    /// Entries are shown by rising order, whichever room they come from.
    package let order: Int
    /// Whether pages below its path are other things, so that it is the current entry on its own page only.
    package let isAlone: Bool

    package init(
        _ path: String, key: String, icon: String, order: Int, access: Access, forStaff: Bool, isAlone: Bool = false
    ) {
        self.path = path
        self.key = key
        self.icon = icon
        self.order = order
        self.isAlone = isAlone
        self.access = access
        self.forStaff = forStaff
    }
}

/// What a room gives to the site: its routes, its place in the navigation, its templates and its words.
package struct Room: Sendable {
    package let name: String
    package let routes: [Route]
    package let navigation: [NavItem]
    /// Template name → source.
    package let templates: [String: [UInt8]]
    package let zh: [UInt8]
    package let en: [UInt8]

    package init(
        name: String, routes: [Route] = [], navigation: [NavItem] = [], templates: [String: [UInt8]] = [:],
        zh: [UInt8] = Array("{}".utf8),
        en: [UInt8] = Array("{}".utf8)
    ) {
        self.name = name
        self.routes = routes
        self.navigation = navigation
        self.templates = templates
        self.zh = zh
        self.en = en
    }
}
