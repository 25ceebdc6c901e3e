import AsyncHTTPClient
import Crypto
import Delivery
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Storage

/// Posts the outbox's messages to one address, signed, at least once, in growing pauses after a failure.
struct Webhook: Sendable {
    let url: String
    let secret: String
    let ambient: Ambient

    struct Refused: Error, CustomStringConvertible {
        let status: UInt
        var description: String { "the receiver answered \(status)" }
    }

    /// Takes due messages and posts them.
    func deliver(from database: any Database) async throws {
        let now = ambient.now()
        let messages = try await database.write { try OutboxStore($0).take(limit: 100, at: now, lease: .minutes(5)) }
        for message in messages {
            do {
                try await post(message)
                let done = ambient.now()
                try await database.write { try OutboxStore($0).markDelivered(message, at: done) }
            } catch {
                let (failed, text) = (ambient.now(), "\(error)")
                try await database.write { try OutboxStore($0).postpone(message, because: text, at: failed) }
            }
        }
    }

    private func post(_ message: OutboxMessage) async throws {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Jinlin-Topic", value: message.topic)
        request.headers.add(name: "Jinlin-Delivery", value: message.id.description)
        request.headers.add(name: "Jinlin-Signature", value: "sha256=\(Self.signature(of: message.payload, secret: secret))")
        request.body = .bytes(ByteBuffer(string: message.payload))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(15))
        guard (200..<300).contains(response.status.code) else { throw Refused(status: response.status.code) }
    }

    /// HMAC-SHA256 of the body, in hex.
    static func signature(of payload: String, secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(payload.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
