import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Kernel
import NIOCore
import Storage
import TestSupport
import Testing
import Web

@testable import Directory

/// The directory's room alone on a site in memory: a session's name says who is signed in.
struct DirectorySite: Sendable {
    let client: any TestClientProtocol

    /// Sessions: `town` (everything), `chief` (everything in 安平), `worker` (reads 春晖小区).
    static func run(_ body: @escaping @Sendable (DirectorySite, any Database) async throws -> Void) async throws {
        try await withTown(.sqlite) { database in
            try await database.write { tx in
                for number in 1...3 as ClosedRange<UInt8> {
                    try PostStore(tx, town: SmallTown.town).insert(
                        SmallTown.post(60 + number, number, .gridWorker, on: SmallTown.grids[Int(number)].id))
                }
                let areas = [(SmallTown.anping, 0.0, 0.02), (SmallTown.anpingOne, 0, 0.01), (SmallTown.yaoqian, 3, 0.01)]
                for (grid, x, side) in areas {
                    try GridStore(tx, town: SmallTown.town).setArea(
                        try SmallTown.square(x, 0, side: side), of: grid, isSynthetic: true)
                }
            }
            let ambient = Ambient.fixed()
            let room = DirectoryRoom(database: database, ambient: ambient, vault: SmallTown.vault, cache: DirectoryCache()).room
            let site = try Site(
                rooms: [room], assets: Site.assets, ambient: ambient, secret: Array(repeating: 1, count: 32), secure: false,
                behindProxy: false,
                report: { error, call in Issue.record("\(call.path): \(error)") }
            ) { credentials in
                Visit(town: SmallTown.record().header, principal: credentials.session.flatMap(principal))
            }
            try await Application(router: site.router()).test(.router) { try await body(DirectorySite(client: $0), database) }
        }
    }

    private static func principal(_ session: String) -> Principal? {
        switch session {
        case "town": return SmallTown.principal()
        case "chief": return SmallTown.principal(.grids([SmallTown.anping]))
        case "worker":
            return Principal(
                town: SmallTown.town, account: SmallTown.id(202), person: nil, name: "林",
                grants: [.directoryRead: .grids([SmallTown.estate])],
                post: "网格员")
        default: return nil
        }
    }

    func get(_ path: String, as session: String? = nil, language: String = "zh") async throws -> (status: Int, body: String) {
        var headers: HTTPFields = [:]
        headers[.cookie] = (session.map { "jl_session=\($0); " } ?? "") + "jl_lang=\(language)"
        return try await client.execute(uri: path, method: .get, headers: headers) { ($0.status.code, String(buffer: $0.body)) }
    }

    /// Sends a form with its token, as the page `path` shows it to the session.
    func post(_ path: String, _ fields: [String: String], from page: String? = nil, as session: String) async throws -> (
        status: Int, body: String
    ) {
        let form = try await get(page ?? path, as: session).body
        let token = form.split(separator: "name=\"csrf\" value=\"").dropFirst().first?.prefix { $0 != "\"" } ?? ""
        let all = fields.merging(["csrf": String(token)]) { first, _ in first }
        let body = all.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }.joined(
            separator: "&")
        let headers: HTTPFields = [
            .cookie: "jl_session=\(session); jl_lang=zh", .contentType: "application/x-www-form-urlencoded",
        ]
        return try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body)) {
            ($0.status.code, String(buffer: $0.body))
        }
    }
}
