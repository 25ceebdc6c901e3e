import Delivery
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Application

@Suite struct WebhookTests {
    /// RFC 4231, test case 2.
    @Test func `signs with the standard's own HMAC-SHA256`() {
        #expect(
            Webhook.signature(of: "what do ya want for nothing?", secret: "Jefe")
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test(arguments: Engine.available)
    func `delivers what a receiver takes, and keeps what it refuses`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: DeliveryMigrations.all) { database in
            let ambient = Ambient.fixed()
            let now = ambient.now()
            for topic in ["good", "bad"] {
                let message = OutboxMessage(
                    id: ambient.newID(), town: ambient.newID(), topic: topic, payload: "{\"topic\":\"\(topic)\"}")
                try await database.write { try OutboxStore($0).add(message, at: now) }
            }
            // A receiver that checks the signature, and refuses one of the two.
            let router = Router()
            router.post("hook") { request, _ -> HTTPResponse.Status in
                let body = try await request.body.collect(upTo: 10_000)
                let given = HTTPField.Name("Jinlin-Signature").flatMap { request.headers[$0] }
                guard given == "sha256=" + Webhook.signature(of: String(buffer: body), secret: "s3cret") else {
                    return .unauthorized
                }
                return String(buffer: body).contains("good") ? .ok : .internalServerError
            }
            let receiver = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
            try await receiver.test(.live) { client in
                let port = try #require(client.port)
                let webhook = Webhook(url: "http://127.0.0.1:\(port)/hook", secret: "s3cret", ambient: ambient)
                try await webhook.deliver(from: database)
            }
            let left = try await database.write {
                try OutboxStore($0).take(limit: 10, at: now + .hours(1), lease: .minutes(1)).map(\.topic)
            }
            #expect(left == ["bad"])
        }
    }
}
