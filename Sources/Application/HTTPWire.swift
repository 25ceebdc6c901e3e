import AsyncHTTPClient
package import Delivery
import Foundation
import NIOCore
import NIOHTTP1

/// Requests to the world outside: ten seconds, no redirects, at most 64 KiB of an answer.
package enum HTTPWire {
    /// For the whole process; it is never shut down, because it ends with the process.
    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: HTTPClient.Configuration(redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5))))

    package static let send: Wire = { request in
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for header in request.headers where header.count == 2 { outgoing.headers.add(name: header[0], value: header[1]) }
        if request.method != "GET" { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        let response = try await client.execute(outgoing, timeout: .seconds(10))
        let body = try await response.body.collect(upTo: 64 << 10)
        return WireReply(
            status: Int(response.status.code), body: Array(body.readableBytesView),
            retryAfter: response.headers.first(name: "Retry-After").flatMap(Int64.init))
    }
}
