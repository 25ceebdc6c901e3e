package import Identity
package import Kernel
package import Matters
package import Storage
package import Web

/// Open311 GeoReport v2: the town's matters for other platforms' programs, in XML and JSON.
///
/// It stands on the same use cases as the town's own pages: what is sent here is reported as a resident's own report is, and what is
/// told here is what everybody may know (docs/decisions/0009).
package struct Open311Room: Sendable {
    let database: any Database
    let ambient: Ambient
    let matters: MattersRoom
    let findPrincipal: FindPrincipal

    package init(
        database: any Database, ambient: Ambient, matters: MattersRoom, findPrincipal: FindPrincipal
    ) {
        self.database = database
        self.ambient = ambient
        self.matters = matters
        self.findPrincipal = findPrincipal
    }

    package var room: Room {
        Room(
            name: "open311", routes: discoveryRoutes + serviceRoutes + sendingRoutes + requestRoutes + updateRoutes,
            zh: PackageResources.open311_zh_json, en: PackageResources.open311_en_json)
    }

    /// Where the protocol's paths begin.
    static let root = "/open311/v2"

    /// One route a format: `path` with `.xml` and with `.json`.
    func routes(
        _ method: Route.Method, _ path: String, _ id: String, _ summary: String, query: [Operation.Parameter] = [],
        body: Schema? = nil, answer: Schema, perMinute: Int = 240, bodyLimit: Int = 1 << 20,
        handle: @escaping @Sendable (Call, Format) async throws -> Answer
    ) -> [Route] {
        Format.allCases.map { format in
            let operation = Operation(
                id: id + format.suffix, summary: summary, tag: "open311", query: [Self.jurisdiction] + query, body: body,
                answer: answer, idempotent: body != nil, manner: format.manner(sends: body != nil))
            return Route(
                method, "\(Self.root)/\(path).\(format.rawValue)", .anyone, kind: .api(operation), bodyLimit: bodyLimit,
                perMinute: perMinute
            ) { call in
                try check(call.value("jurisdiction_id"), call)
                return try await handle(call, format)
            }
        }
    }

    private static let jurisdiction = Operation.Parameter(
        "jurisdiction_id", "The host name of the town's site. May be left out: an address serves one town.",
        .string(maxLength: 255))

    /// - Throws: ``Problem`` 404 for a jurisdiction that this address does not serve.
    private func check(_ jurisdiction: String?, _ call: Call) throws {
        guard let jurisdiction else { return }
        let host = (call.headers("host") ?? "").lowercased().prefix { $0 != ":" }
        guard jurisdiction.lowercased() == host else {
            throw Problem(status: 404, code: "not-found", faults: [Fault("/jurisdiction_id", "open311-jurisdiction")])
        }
    }
}

extension Call {
    /// A parameter of the form, or else of the address, without blanks around it. An empty one counts as none.
    func value(_ name: String) -> String? {
        [form[name], query[name]].lazy.compactMap { $0?.trimmed }.first { !$0.isEmpty }
    }

    /// - Throws: ``Invalid`` `too-long`.
    func value(_ name: String, atMost limit: Int) throws(Invalid) -> String? {
        let value = value(name)
        guard value.map({ $0.unicodeScalars.count <= limit }) ?? true else {
            throw Invalid("/\(name)", "too-long", ["limit": String(limit)])
        }
        return value
    }

    /// A parameter of the address just as it came, for what has one spelling only. An empty one counts as none.
    func exact(_ name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }
}
