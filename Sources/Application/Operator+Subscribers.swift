import Delivery
import Directory
package import Foundation
import Identity
import Integrations
import Kernel
import Matters
import Storage

/// Subscribers from the server's own console.
extension Operator {
    /// Adds a webhook.
    /// - Returns: its secret, shown once.
    package func addWebhook(_ name: String, url: String, topics: [String], grid: String?, keys: MasterKeys) async throws -> String
    {
        let secret = ManageSubscribers.newSecret(ambient)
        let id = try await add(name, .webhook(url: url, secret: secret), topics, grid, keys)
        return "\(id)\t\(secret)"
    }

    package func addRobot(_ name: String, url: String, topics: [String], grid: String?, keys: MasterKeys) async throws -> String {
        try await add(name, .wecom(url: url), topics, grid, keys)
    }

    /// - Parameter settings: `SMSGateway.Settings` as JSON.
    package func addGateway(_ name: String, settings: Data, topics: [String], keys: MasterKeys) async throws -> String {
        guard let settings = try? JSONDecoder().decode(SMSGateway.Settings.self, from: settings) else {
            throw Refused(description: "The file is not the JSON that docs/operations.md describes.")
        }
        return try await add(name, .sms(settings), topics, nil, keys)
    }

    private func add(
        _ name: String, _ settings: ChannelSettings, _ topics: [String], _ grid: String?, _ keys: MasterKeys
    ) async throws -> String {
        let console = try await console(permissions: [.manageIntegrations])
        let tree = try await database.read { [ambient] in
            try DirectoryCache().tree($0, town: console.town, day: ambient.now().day())
        }
        let place = try grid.map { code in
            guard let found = tree.all.first(where: { $0.code == code })?.id else {
                throw Refused(description: "There is no grid \(code).")
            }
            return found
        }
        let new = ManageSubscribers.NewSubscriber(
            id: ambient.newID(), name: name, settings: settings, topics: Set(topics), grid: place)
        do {
            return try await manage(keys).add(new, by: console).subscriber.id.description
        } catch let invalid as Invalid {
            throw Refused(description: invalid.faults.map { "\($0.pointer.dropFirst()): \($0.code)" }.joined(separator: "\n"))
        }
    }

    /// A line for each: id, kind, on or off, how many wait and were given up, name.
    package func subscribers() async throws -> [String] {
        let town = try await console().town
        return try await database.read { tx in
            try SubscriberStore(tx).list(town).map { subscriber in
                let counts = try ReplayStore(tx).counts(of: subscriber.id, town: town)
                return
                    "\(subscriber.id)\t\(subscriber.kind.rawValue)\t\(subscriber.isOn ? "on" : "off")\t\(counts[.waiting] ?? 0) waiting\t"
                    + "\(counts[.dead] ?? 0) given up\t\(subscriber.name)"
            }
        }
    }

    package func turn(_ id: String, on isOn: Bool, keys: MasterKeys) async throws {
        try await manage(keys).turn(try subscriber(id), on: isOn, by: try await console(permissions: [.manageIntegrations]))
    }

    /// - Returns: how many messages will be sent again.
    package func replay(_ id: String, from: String, to: String, keys: MasterKeys) async throws -> Int {
        guard let from = Day(from), let to = Day(to) else { throw Refused(description: "Write days like 2026-08-31.") }
        let vault = Vault(keys: keys.keys)
        let desk = MatterDesk(database: database, ambient: ambient, vault: vault, directory: DirectoryCache())
        return try await manage(keys).replay(
            from: from.start(), to: to.adding(days: 1).start() - Span(milliseconds: 1), of: try subscriber(id),
            words: desk.messageWords, by: try await console(permissions: [.manageIntegrations]))
    }

    private func subscriber(_ text: String) throws -> ID<Subscriber> {
        guard let id = ID<Subscriber>(text) else { throw Refused(description: "\(text) is not an id.") }
        return id
    }

    private func manage(_ keys: MasterKeys) -> ManageSubscribers {
        ManageSubscribers(database: database, ambient: ambient, vault: Vault(keys: keys.keys))
    }
}
