package import Delivery
import Foundation
package import Identity
package import Kernel
package import Storage

/// What the operator does with those who are told: add, switch on and off, send again. 订阅管理
package struct ManageSubscribers: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault

    package init(database: any Database, ambient: Ambient, vault: Vault) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
    }

    /// A subscriber as it was filled in.
    package struct NewSubscriber: Sendable {
        package let id: ID<Subscriber>
        package let name: String
        package let settings: ChannelSettings
        package let topics: Set<String>
        package let grid: ID<GridNode>?

        package init(id: ID<Subscriber>, name: String, settings: ChannelSettings, topics: Set<String>, grid: ID<GridNode>?) {
            self.id = id
            self.name = name
            self.settings = settings
            self.topics = topics
            self.grid = grid
        }
    }

    /// A new secret for signing, as Standard Webhooks writes them.
    package static func newSecret(_ ambient: Ambient) -> String { "whsec_" + Data(ambient.bytes(32)).base64EncodedString() }

    /// Adds a subscriber, on from now. The same one again adds nothing.
    /// - Returns: whether it was added now: a secret that came with a repeated form is not its secret.
    /// - Throws: ``Forbidden``; ``Invalid``.
    package func add(_ new: NewSubscriber, by principal: Principal) async throws -> (subscriber: Subscriber, isNew: Bool) {
        _ = try principal.scope(for: .manageIntegrations)
        var validation = Validation()
        let name = validation.text(new.name, at: "/name", limit: Subscriber.nameLimit)
        for fault in SubscriberRules.faults(new.settings, topics: new.topics) {
            validation.check(false, at: fault.pointer, fault.code, fault.values)
        }
        try validation.finish()
        let subscriber = Subscriber(
            id: new.id, town: principal.town, kind: new.settings.kind, name: name, topics: new.topics, grid: new.grid, isOn: true,
            createdAt: ambient.now())
        let sealed = try vault.seal(new.settings.text, for: SubscriberSealStore.place(new.id))
        return try await database.write { [ambient] tx in
            let store = SubscriberStore(tx)
            if let known = try store.find(new.id, town: principal.town) { return (known, false) }
            try store.insert(subscriber, sealed: sealed)
            try AuditTrail(tx).record(
                "subscriber.create", by: principal, town: principal.town, subject: new.id.description,
                detail: ["name": name, "kind": subscriber.kind.rawValue, "host": new.settings.host], ambient: ambient)
            return (subscriber, true)
        }
    }

    /// Switches a subscriber on or off. What waits for one that is off waits on; what happens meanwhile, it is not told.
    /// - Throws: ``Forbidden``, ``NotFound``.
    package func turn(_ id: ID<Subscriber>, on isOn: Bool, by principal: Principal) async throws {
        try await change(id, isOn ? "subscriber.on" : "subscriber.off", by: principal) { tx, subscriber in
            try SubscriberStore(tx).set(subscriber.id, town: subscriber.town, isOn: isOn)
            return [:]
        }
    }

    /// Gives a webhook another secret.
    /// - Returns: the secret, shown once.
    /// - Throws: ``Forbidden``, ``NotFound``; ``Conflict`` for another kind of subscriber.
    package func renewSecret(of id: ID<Subscriber>, by principal: Principal) async throws -> String {
        let secret = Self.newSecret(ambient)
        try await change(id, "subscriber.secret", by: principal) { [vault] tx, subscriber in
            guard case .webhook(let url, _) = try SubscriberSealStore.settings(of: subscriber, vault, tx) else {
                throw Conflict("integrations-kind")
            }
            let sealed = try vault.seal(
                ChannelSettings.webhook(url: url, secret: secret).text, for: SubscriberSealStore.place(id))
            try SubscriberStore(tx).setSettings(sealed, of: id, town: subscriber.town)
            return [:]
        }
        return secret
    }

    /// Does something with a subscriber of the principal's town, and writes down who did what.
    /// - Throws: ``Forbidden``, ``NotFound``.
    func change(
        _ id: ID<Subscriber>, _ act: String, by principal: Principal,
        _ body: @escaping @Sendable (any Transaction, Subscriber) throws -> [String: String]
    ) async throws {
        _ = try principal.scope(for: .manageIntegrations)
        try await database.write { [ambient] tx in
            guard let subscriber = try SubscriberStore(tx).find(id, town: principal.town) else { throw NotFound() }
            let detail = try body(tx, subscriber)
            try AuditTrail(tx).record(
                act, by: principal, town: principal.town, subject: id.description,
                detail: detail.merging(["name": subscriber.name]) { first, _ in first }, ambient: ambient)
        }
    }
}
