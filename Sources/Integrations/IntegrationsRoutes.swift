import Delivery
import Directory
import Identity
import Kernel
import Storage
import Web

extension IntegrationsRoom {
    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.manageIntegrations), handle: list),
            Route(.get, "\(Self.path)/new", .holder(.manageIntegrations)) { call in
                call.page(NewSubscriberPage(call, faults: []))
            },
            Route(.post, "\(Self.path)/new", .holder(.manageIntegrations), bodyLimit: 65_536, handle: add),
            Route(.get, "\(Self.path)/{subscriber}", .holder(.manageIntegrations)) { call in
                try await show(try call.id("subscriber"), call)
            },
            Route(.post, "\(Self.path)/{subscriber}/changes", .holder(.manageIntegrations), bodyLimit: 16_384, handle: change),
            Route(.post, "\(Self.path)/{subscriber}/replays", .holder(.manageIntegrations), bodyLimit: 16_384, handle: replay),
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let town = call.town
        let found = try await database.read { tx in
            try SubscriberStore(tx).list(town).map { ($0, try ReplayStore(tx).counts(of: $0.id, town: town)) }
        }
        return call.page(SubscribersPage(call, found))
    }

    private func add(_ call: Call) async throws -> Answer {
        do {
            var form = NewSubscriberForm(call: call)
            if case .webhook = form.kind { form.secret = ManageSubscribers.newSecret(ambient) }
            let town = call.town
            let tree = try await database.read { [directory] in try directory.tree($0, town: town, day: call.now.day()) }
            let new = try form.subscriber(in: tree)
            let (subscriber, isNew) = try await manage.add(new, by: try call.signedIn())
            return try await show(subscriber.id, call, secret: isNew ? form.secret : nil)
        } catch let invalid as Invalid {
            return call.page(NewSubscriberPage(call, faults: invalid.faults), status: 422)
        }
    }

    /// - Parameter secret: a secret just made, shown once.
    private func show(_ id: ID<Subscriber>, _ call: Call, secret: String? = nil, faults: [Fault] = []) async throws -> Answer {
        let (town, vault, directory) = (call.town, vault, directory)
        let sight = try await database.read { tx -> SubscriberSight in
            guard let subscriber = try SubscriberStore(tx).find(id, town: town) else { throw NotFound() }
            let store = ReplayStore(tx)
            let tree = try directory.tree(tx, town: town, day: call.now.day())
            return SubscriberSight(
                subscriber: subscriber, host: try SubscriberSealStore.settings(of: subscriber, vault, tx).host,
                grid: subscriber.grid.map { tree.fullName(of: $0, in: call.language) },
                counts: try store.counts(of: id, town: town),
                latest: try store.latest(of: id, town: town, limit: 30),
                dead: try store.latest(of: id, town: town, state: .dead, limit: 30))
        }
        return call.page(SubscriberPage(call, sight, secret: secret, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func change(_ call: Call) async throws -> Answer {
        let id = try call.id("subscriber", of: Subscriber.self)
        let principal = try call.signedIn()
        switch call.form["change"] {
        case "on": try await manage.turn(id, on: true, by: principal)
        case "off": try await manage.turn(id, on: false, by: principal)
        case "secret": return try await show(id, call, secret: try await manage.renewSecret(of: id, by: principal))
        default: throw Invalid("/change", "not-a-choice")
        }
        return call.done("\(Self.path)/\(id)", flash: "integrations.changed")
    }

    /// One message by its id, or everything of some days.
    private func replay(_ call: Call) async throws -> Answer {
        let id = try call.id("subscriber", of: Subscriber.self)
        let principal = try call.signedIn()
        if let text = call.form["dispatch"] {
            guard let dispatch = ID<Dispatch>(text) else { throw NotFound() }
            try await manage.replay(dispatch, of: id, by: principal)
        } else {
            do {
                guard let from = Day((call.form["from"] ?? "").trimmed) else { throw Invalid("/from", "not-a-date") }
                guard let to = Day((call.form["to"] ?? "").trimmed) else { throw Invalid("/to", "not-a-date") }
                let end = to.adding(days: 1).start() - Span(milliseconds: 1)
                _ = try await manage.replay(from: from.start(), to: end, of: id, words: words, by: principal)
            } catch let invalid as Invalid {
                return try await show(id, call, faults: invalid.faults)
            }
        }
        return call.done("\(Self.path)/\(id)", flash: "integrations.replayed")
    }
}
