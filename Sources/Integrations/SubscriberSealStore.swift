package import Delivery
package import Identity
import Kernel
package import Storage

/// What is sealed of subscribers: where they are and what proves who sends.
package enum SubscriberSealStore {
    /// For the rotation of keys.
    package static let columns = [
        SealedColumn.byID("subscriber.settings", in: "subscriber", sealed: "settings_sealed") { place(.init($0.uuid)) }
    ]

    static func place(_ id: ID<Subscriber>) -> String { "subscriber.settings/\(id)" }

    /// - Throws: `Vault.Unreadable` when what is sealed was altered.
    package static func settings(of subscriber: Subscriber, _ vault: Vault, _ tx: any Transaction) throws -> ChannelSettings {
        guard let sealed = try SubscriberStore(tx).settings(of: subscriber.id, town: subscriber.town),
            let settings = ChannelSettings(text: try vault.open(sealed, for: place(subscriber.id)))
        else { throw Vault.Unreadable() }
        return settings
    }
}
