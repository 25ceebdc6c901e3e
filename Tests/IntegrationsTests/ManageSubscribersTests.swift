import Delivery
import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Integrations

@Suite struct ManageSubscribersTests {
    private static let migrations = DeliveryMigrations.all + IdentityMigrations.all
    private let vault = Vault(keys: [1: Array(repeating: 7, count: 32)])
    private let words = MessageWords(recipients: { _, _, _ in [""] }, content: { dispatch, _, _ in .document(dispatch.payload) })

    private func principal(_ town: ID<Town>, _ permissions: Set<Permission> = [.manageIntegrations]) -> Principal {
        Principal(
            town: town, account: Ambient.system.newID(), person: nil, name: "管理员",
            grants: Dictionary(permissions.map { ($0, Scope.town) }) { first, _ in first }, post: "系统管理")
    }

    private func new(_ ambient: Ambient, _ name: String = "县平台") -> ManageSubscribers.NewSubscriber {
        ManageSubscribers.NewSubscriber(
            id: ambient.newID(), name: name, settings: .webhook(url: "https://example.org/secret-path", secret: "whsec_c2VjcmV0"),
            topics: ["matter.closed"], grid: nil)
    }

    @Test(arguments: Engine.available)
    func `address and secret are sealed, and a form sent twice adds once`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Self.migrations) { database in
            let ambient = Ambient.fixed()
            let town = ambient.newID(Town.self)
            let manage = ManageSubscribers(database: database, ambient: ambient, vault: vault)
            let form = new(ambient)
            let first = try await manage.add(form, by: principal(town))
            let second = try await manage.add(form, by: principal(town))
            #expect(first.subscriber == second.subscriber && first.subscriber.isOn && first.isNew && !second.isNew)
            let (sealed, settings, count) = try await database.read { [vault] tx in
                (
                    try SubscriberStore(tx).settings(of: first.subscriber.id, town: town) ?? [],
                    try SubscriberSealStore.settings(of: first.subscriber, vault, tx),
                    try SubscriberStore(tx).list(town).count
                )
            }
            #expect(count == 1 && settings == form.settings)
            #expect(!String(decoding: sealed, as: UTF8.self).contains("example.org"))
        }
    }

    @Test(arguments: Engine.available)
    func `only who may, only in their town, and with a name`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Self.migrations) { database in
            let ambient = Ambient.fixed()
            let town = ambient.newID(Town.self)
            let manage = ManageSubscribers(database: database, ambient: ambient, vault: vault)
            await #expect(throws: Forbidden.self) { try await manage.add(new(ambient), by: principal(town, [])) }
            await #expect(throws: Invalid("/name", "required")) { try await manage.add(new(ambient, " "), by: principal(town)) }
            let made = try await manage.add(new(ambient), by: principal(town)).subscriber
            await #expect(throws: NotFound.self) { try await manage.turn(made.id, on: false, by: principal(ambient.newID())) }
            try await manage.turn(made.id, on: false, by: principal(town))
            let found = try await database.read { try SubscriberStore($0).find(made.id, town: town) }
            #expect(found?.isOn == false)
        }
    }

    @Test(arguments: Engine.available)
    func `a replay of some days sends what was sent and what was missed`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Self.migrations) { database in
            let clock = TestClock()
            let ambient = Ambient.fixed(clock)
            let town = ambient.newID(Town.self)
            let manage = ManageSubscribers(database: database, ambient: ambient, vault: vault)
            let made = try await manage.add(new(ambient), by: principal(town)).subscriber
            let got = Guarded<[String]>([])
            struct Ear: Channel {
                let got: Guarded<[String]>
                func send(_ parcel: Parcel) async -> Outcome {
                    if case .document(let text) = parcel.content { got.withLock { $0.append(text) } }
                    return .arrived
                }
            }
            let courier = Courier(database: database, ambient: ambient, words: words, listeners: Listeners()) { _, _ in
                Ear(got: got)
            }
            func round() async throws {
                for subscriber in try await courier.due() { try await courier.serve(subscriber) }
            }
            func tell(_ payload: String, _ topic: String) async throws {
                let (message, now) = (
                    OutboxMessage(id: ambient.newID(), town: town, topic: topic, payload: payload), ambient.now()
                )
                try await database.write { try OutboxStore($0).add(message, at: now) }
                try await round()
                clock.advance(by: .hours(1))
            }
            let start = ambient.now()
            try await tell("1", "matter.closed")
            try await manage.turn(made.id, on: false, by: principal(town))
            try await tell("2", "matter.closed")
            try await tell("3", "matter.reported")
            try await manage.turn(made.id, on: true, by: principal(town))
            try await tell("4", "matter.closed")
            #expect(got.withLock { $0 } == ["1", "4"])
            let count = try await manage.replay(
                from: start, to: start + .minutes(150), of: made.id, words: words, by: principal(town))
            try await round()
            #expect(count == 2 && got.withLock { $0 } == ["1", "4", "1", "2"])
            await #expect(throws: Invalid("/to", "dates-reversed")) {
                try await manage.replay(from: start, to: start - .hours(1), of: made.id, words: words, by: principal(town))
            }
        }
    }
}
