import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Web

/// A small site: one page with a form, one API route, a page for holders of a permission.
private struct Stage {
    static let town = TownHeader(id: Ambient.fixed().newID(), nameZh: "安海镇", nameEn: "Anhai", host: "镇政府", filing: "")
    static let secret = Permission("secret.read")

    struct Echo: Codable {
        let words: String
        let count: Int
    }

    static func site(now: TestClock = TestClock()) throws -> Site {
        let routes = [
            Route(.get, "/form", .anyone) { call in .html(call.csrf) },
            Route(.post, "/form", .anyone, bodyLimit: 100_000) { call in
                .html(call.form["words"] ?? "" + call.form.files("photo").map { "\($0.bytes.count)" }.joined())
            },
            Route(.post, "/api/echo", .anyone, kind: .api(.init(id: "echo", summary: "", tag: "")), bodyLimit: 1000) { call in
                try .json(try call.decode(Echo.self), status: 201)
            },
            Route(.get, "/secret", .holder(secret)) { _ in .html("secret") },
            Route(.get, "/api/secret", .holder(secret), kind: .api(.init(id: "secret", summary: "", tag: ""))) { _ in
                .plain("secret")
            },
            Route(.get, "/things/{thing}", .anyone) { call in .html("\(try call.id("thing", of: Echo.self))") },
            Route(.get, "/failing", .anyone) { _ in throw StorageError.other("SELECT secret") },
            Route(.get, "/busy", .anyone) { _ in throw StorageError.unavailable("disk full") },
            Route(.get, "/limited", .anyone, perMinute: 2) { _ in .plain("ok") },
        ]
        return try Site(
            rooms: [Room(name: "test", routes: routes)], assets: Site.assets, ambient: .fixed(now),
            secret: Array(repeating: 1, count: 32),
            secure: false, behindProxy: false, report: { _, _ in }
        ) { credentials in
            let grants: [Permission: Scope] = credentials.session == "holder" ? [secret: .town] : [:]
            let principal = Principal(
                town: town.id, account: Ambient.fixed().newID(), person: nil, name: "林", grants: grants, post: "网格员")
            let known = ["holder", "other"].contains(credentials.session)
            return Visit(town: town, principal: known ? principal : nil)
        }
    }

    static func run(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await Application(router: try site().router()).test(.router) { try await body($0) }
    }
}

private let formType: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

@Suite struct SiteTests {
    @Test func `a form is taken with its token and refused without, or with another visitor's`() async throws {
        try await Stage.run { client in
            let page = try await client.execute(uri: "/form", method: .get)
            let token = String(buffer: page.body)
            let cookie = String((page.headers[.setCookie] ?? "").prefix { $0 != ";" })
            #expect(cookie.hasPrefix("jl_visitor="))
            func send(_ cookie: String, _ body: String) async throws -> HTTPResponse.Status {
                var headers = formType
                headers[.cookie] = cookie
                return try await client.execute(uri: "/form", method: .post, headers: headers, body: ByteBuffer(string: body))
                    .status
            }
            #expect(try await send(cookie, "csrf=\(token)&words=x") == .ok)
            #expect(try await send(cookie, "words=x") == .forbidden)
            #expect(try await send("jl_visitor=other", "csrf=\(token)&words=x") == .forbidden)
            #expect(try await send("", "csrf=\(token)&words=x") == .forbidden)
        }
    }

    @Test(arguments: [
        ("/nothing", HTTPRequest.Method.get, HTTPResponse.Status.notFound), ("/things/1", .get, .notFound),
        ("/things/%2e%2e%2fetc", .get, .notFound),
        ("/form", .delete, .methodNotAllowed), ("/busy", .get, .serviceUnavailable), ("/failing", .get, .internalServerError),
        ("/secret", .get, .seeOther), ("/form?x=%zz", .get, .badRequest), ("/assets/x/../../etc/passwd", .get, .notFound),
    ])
    func `answers trouble with the right status and a page in words`(
        _ path: String, _ method: HTTPRequest.Method, _ status: HTTPResponse.Status
    ) async throws {
        try await Stage.run { client in
            let answer = try await client.execute(uri: path, method: method)
            #expect(answer.status == status)
            #expect(!String(buffer: answer.body).contains("SELECT"))
            if status != .seeOther { #expect(answer.headers[.contentType] == "text/html; charset=utf-8") }
        }
    }

    @Test(arguments: [
        ("{", "application/json", 400), ("{}", "application/json", 422), (#"{"words":1,"count":1}"#, "application/json", 422),
        (#"{"words":"x","count":"1"}"#, "application/json", 422), ("{}", "text/plain", 415), ("", "application/json", 400),
        (#"{"words":"x","count":1}"#, "application/json", 201), (String(repeating: "x", count: 1001), "application/json", 413),
        (#"{"words":"x","count":99999999999999999999}"#, "application/json", 400),
    ])
    func `answers a program's bad input with a problem document`(_ body: String, _ type: String, _ status: Int) async throws {
        try await Stage.run { client in
            let answer = try await client.execute(
                uri: "/api/echo", method: .post, headers: [.contentType: type], body: ByteBuffer(string: body))
            #expect(answer.status.code == status)
            if status >= 400 { #expect(answer.headers[.contentType] == "application/problem+json") }
        }
    }

    @Test(arguments: [
        ("/secret", "holder", HTTPResponse.Status.ok), ("/secret", "other", .forbidden), ("/secret", "expired", .seeOther),
        ("/api/secret", "holder", .ok), ("/api/secret", "other", .forbidden), ("/api/secret", "expired", .unauthorized),
    ])
    func `opens a guarded route to holders only`(_ path: String, _ session: String, _ expected: HTTPResponse.Status) async throws
    {
        try await Stage.run { client in
            let answer = try await client.execute(uri: path, method: .get, headers: [.cookie: "jl_session=\(session)"])
            #expect(answer.status == expected)
        }
    }

    @Test func `every answer carries the security headers`() async throws {
        try await Stage.run { client in
            for path in ["/form", "/nothing", "/api/secret"] {
                let headers = try await client.execute(uri: path, method: .get).headers
                let policy = HTTPField.Name("Content-Security-Policy").flatMap { headers[$0] } ?? ""
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
                #expect(HTTPField.Name("X-Content-Type-Options").flatMap { headers[$0] } == "nosniff")
            }
        }
    }

    @Test func `a third call within the minute is told to wait`() async throws {
        try await Stage.run { client in
            for _ in 1...2 { #expect(try await client.execute(uri: "/limited", method: .get).status == .ok) }
            let third = try await client.execute(uri: "/limited", method: .get)
            #expect(third.status == .tooManyRequests)
            #expect(third.headers[.retryAfter] != nil)
        }
    }

    @Test func `a preference leads back to this site only`() async throws {
        try await Stage.run { client in
            let page = try await client.execute(uri: "/form", method: .get)
            var headers = formType
            headers[.cookie] = String((page.headers[.setCookie] ?? "").prefix { $0 != ";" })
            for (back, location) in [
                ("/form", "/form"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/%0d%0aX: 1", "/"),
            ] {
                let escaped = back.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let body = ByteBuffer(string: "csrf=\(String(buffer: page.body))&language=en&back=\(escaped)")
                let answer = try await client.execute(uri: "/preferences", method: .post, headers: headers, body: body)
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location] == location)
            }
        }
    }
}
