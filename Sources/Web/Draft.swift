import Kernel

extension Site {
    /// A call while it is being put together.
    struct Draft {
        let site: Site
        let head: Head
        let cookies: [String: String]
        let bearer: String?
        let language: Language
        let newVisitor: Bool
        var query = Form()
        var form = Form()
        var body: [UInt8] = []
        var visit: Visit
    }

    func bareCall(_ head: Head) -> Draft {
        var cookies = Self.cookies(head.headers("cookie"))
        var newVisitor = false
        if case .page = head.route.kind, cookies[Site.sessionCookie] == nil, cookies[Site.visitorCookie] == nil {
            newVisitor = true
            let hex = ambient.bytes(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            cookies[Site.visitorCookie] = hex
        }
        let bearer = head.headers("authorization").flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }
        let language =
            cookies[Site.languageCookie].flatMap(Language.init(rawValue:)) ?? Language(accepting: head.headers("accept-language"))
        return Draft(
            site: self, head: head, cookies: cookies, bearer: bearer, language: language, newVisitor: newVisitor,
            visit: Self.nowhere)
    }

    private static let nowhere = Visit(
        town: TownHeader(
            id: ID(.version7(at: Instant(milliseconds: 0), random: (0, 0))), nameZh: "近邻", nameEn: "Jinlin", host: "", filing: ""),
        principal: nil)

    private static func cookies(_ header: String?) -> [String: String] {
        guard let header else { return [:] }
        var cookies: [String: String] = [:]
        for pair in header.prefix(8192).split(separator: ";") {
            let halves = pair.split(separator: "=", maxSplits: 1)
            if halves.count == 2 { cookies[String(halves[0]).trimmed] = String(halves[1]).trimmed }
        }
        return cookies
    }
}

extension Call {
    init(_ draft: Site.Draft) {
        self.init(
            site: draft.site, route: draft.head.route, path: draft.head.path, parameters: draft.head.parameters,
            query: draft.query,
            headers: draft.head.headers, cookies: draft.cookies, address: draft.head.address, requestID: draft.head.requestID,
            visit: draft.visit, language: draft.language, form: draft.form,
            body: draft.body)
    }
}
