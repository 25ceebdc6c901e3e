import HTTPTypes
package import Hummingbird
import Kernel
import Logging
import NIOCore

/// What Hummingbird keeps of a request for us: besides its own storage only the sender's address.
package struct SiteContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let address: String?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress
    }
}

extension Site {
    /// The site as a router of Hummingbird: every route, and for every path the methods it does not have.
    package func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        let all = routes + ownRoutes
        for route in all {
            router.on(RouterPath(route.path), method: .init(route.method.rawValue) ?? .get) { request, context in
                await respond(to: request, context, by: route)
            }
        }
        for (path, known) in Dictionary(grouping: all, by: { RouterPath($0.path).description }) {
            let allowed = Set(known.map(\.method))
            let names = (allowed.map(\.rawValue) + (allowed.contains(.get) ? ["HEAD"] : [])).sorted().joined(separator: ", ")
            let kind = known[0].kind
            // As a GET, because there is no body to read before refusing.
            let refusal = Route(.get, known[0].path, .anyone, kind: kind) { _ in
                throw Problem(status: 405, code: "method", headers: [("Allow", names)])
            }
            for method in Self.methods where Route.Method(rawValue: method.rawValue).map({ !allowed.contains($0) }) ?? true {
                router.on(RouterPath(path), method: method) { request, context in
                    await respond(to: request, context, by: refusal)
                }
            }
        }
        router.add(
            middleware: Unrouted { request, context in
                let unknown = Route(.get, "/{any}", .anyone, kind: kind(ofUnknown: request.uri.path, all)) { _ in throw NotFound()
                }
                return await respond(to: request, context, by: unknown)
            })
        return router
    }

    /// What is asked for with them, where a path does not have them, is told so.
    private static let methods: [HTTPRequest.Method] =
        [.get, .post, .put, .delete, .patch, .options, .trace]
        + ["QUERY"].compactMap { HTTPRequest.Method($0) }

    /// How a path that nobody serves is refused: as its neighbours below the same first segment would, those with the same ending first.
    private func kind(ofUnknown path: String, _ routes: [Route]) -> Route.Kind {
        func ending(_ path: String) -> Substring? { path.lastIndex(of: ".").map { path[$0...] } }
        let near = routes.filter { route in
            guard case .api = route.kind else { return false }
            return path.split(separator: "/").first == route.path.split(separator: "/").first
        }
        return (near.first { ending($0.path) == ending(path) } ?? near.first)?.kind ?? .page
    }

    private func respond(to request: Request, _ context: SiteContext, by route: Route) async -> Response {
        let start = ContinuousClock.now
        let fields = request.headers
        let authority = request.head.authority
        let head = Head(
            route: route, path: request.uri.path, query: request.uri.query ?? "",
            parameters: Dictionary(context.parameters.map { (String($0.key), String($0.value)) }) { first, _ in first },
            headers: { name in
                if name == "host" { return authority }
                return (Self.fieldNames[name] ?? HTTPField.Name(name)).flatMap { fields[$0] }
            },
            address: address(of: request, context), requestID: context.id)
        let answer = await self.answer(head) {
            do {
                let buffer = try await request.body.collect(upTo: route.bodyLimit)
                return Array(buffer.readableBytesView)
            } catch is NIOTooManyBytesError {
                throw Problem.tooLarge
            }
        }
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        meter.record(
            route: route.name, status: answer.status, microseconds: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
        return response(answer)
    }

    private func address(of request: Request, _ context: SiteContext) -> String {
        if behindProxy, let forwarded = HTTPField.Name("X-Forwarded-For").flatMap({ request.headers[$0] }),
            let last = forwarded.split(separator: ",").last
        {
            return String(last).trimmed
        }
        return context.address ?? "local"
    }

    private func response(_ answer: Answer) -> Response {
        var fields = tiles.map { Self.policy(picturesFrom: " " + $0.origin) } ?? Self.fields
        if secure { fields += Self.strict }
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return Response(status: .init(code: answer.status), headers: fields, body: Self.body(of: answer))
    }

    private static func body(of answer: Answer) -> ResponseBody {
        guard let file = answer.file else { return .init(byteBuffer: ByteBuffer(bytes: answer.body)) }
        return ResponseBody(contentLength: file.size) { writer in
            var place = 0
            while place < file.size {
                let piece = try await file.read(at: place)
                try await writer.write(ByteBuffer(bytes: piece))
                place += piece.count
            }
            try await writer.finish(nil)
        }
    }

    /// The names asked for at every request, read once.
    private static let fieldNames = Dictionary(
        uniqueKeysWithValues: ["cookie", "authorization", "content-length", "content-type", "accept-language", "idempotency-key"]
            .map {
                ($0, HTTPField.Name($0))
            })

    /// No inline script or style, no foreign origin, no framing (等保 §8.1.4; OWASP).
    private static let fields = policy(picturesFrom: "")

    /// - Parameter origin: the one foreign origin that pictures may come from, behind a blank; empty for none.
    private static func policy(picturesFrom origin: String) -> HTTPFields {
        headers([
            (
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:\(origin); connect-src 'self'; "
                    + "form-action 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'"
            ),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
            ("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ])
    }
    private static let strict = headers([("Strict-Transport-Security", "max-age=31536000")])

    private static func headers(_ pairs: [(name: String, value: String)]) -> HTTPFields {
        HTTPFields(pairs.compactMap { pair in HTTPField.Name(pair.name).map { HTTPField(name: $0, value: pair.value) } })
    }
}

/// Answers what the router has no route for.
private struct Unrouted: RouterMiddleware {
    let answer: @Sendable (Request, SiteContext) async -> Response

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return await answer(request, context)
        }
    }
}
