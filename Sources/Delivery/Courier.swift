package import Kernel
package import Storage

/// Carries messages from the outbox to everybody who is to be told, each subscriber apart, at least once.
package struct Courier: Sendable {
    let database: any Database
    let ambient: Ambient
    let words: MessageWords
    let listeners: Listeners
    let open: @Sendable (Subscriber, any Transaction) throws -> any Channel
    private let busy = Guarded<Set<ID<Subscriber>>>([])

    /// - Parameter open: the channel of a subscriber, from its sealed settings.
    package init(
        database: any Database, ambient: Ambient, words: MessageWords, listeners: Listeners,
        open: @escaping @Sendable (Subscriber, any Transaction) throws -> any Channel
    ) {
        self.database = database
        self.ambient = ambient
        self.words = words
        self.listeners = listeners
        self.open = open
    }

    /// How many messages of a subscriber are taken at once.
    static let handful = 20
    static let lease = Span.minutes(5)

    /// Puts new messages on their way and says who has something due. A subscriber that is still being served is left out, so a slow
    /// one holds nobody up. Each of these is to be served, whereupon it can be due again.
    package func due() async throws -> [Subscriber] {
        while try await spread() {}
        let now = ambient.now()
        let (all, due) = try await database.read { (try SubscriberStore($0).all(), try DispatchStore($0).due(at: now)) }
        listeners.note(all)
        return due.filter { subscriber in busy.withLock { $0.insert(subscriber.id).inserted } }
    }

    /// Puts a stretch of the outbox on its way.
    /// - Returns: whether there may be more.
    private func spread() async throws -> Bool {
        let now = ambient.now()
        return try await database.write { tx in
            let outbox = OutboxStore(tx)
            let messages = try outbox.take(limit: 200, at: now, lease: Self.lease)
            guard !messages.isEmpty else { return false }
            let subscribers = try SubscriberStore(tx).all().filter(\.isOn)
            for message in messages {
                for subscriber in subscribers where subscriber.town == message.town && subscriber.wants(message.topic) {
                    for recipient in try words.recipients(message, subscriber, tx) {
                        try DispatchStore(tx).add(message.id, to: subscriber, recipient: recipient, id: ambient.newID())
                    }
                }
                try outbox.markDelivered(message, at: now)
            }
            return messages.count == 200
        }
    }

    /// Sends what is due to one subscriber, in order, until one does not arrive.
    /// - Throws: `StorageError`, or what keeps the subscriber's channel from being opened.
    package func serve(_ subscriber: Subscriber) async throws {
        defer { busy.withLock { _ = $0.remove(subscriber.id) } }
        let taken = try await take(for: subscriber)
        guard !taken.isEmpty else { return }
        let channel: any Channel
        do {
            channel = try await database.read { try open(subscriber, $0) }
        } catch {
            try await release(taken.map(\.dispatch))
            throw error
        }
        for (index, item) in taken.enumerated() {
            let isDown = try await send(item.dispatch, item.content, by: channel)
            guard isDown else { continue }
            return try await release(taken[(index + 1)...].map(\.dispatch))
        }
    }

    private func take(for subscriber: Subscriber) async throws -> [(dispatch: Dispatch, content: Parcel.Content?)] {
        let now = ambient.now()
        return try await database.write { tx in
            let store = DispatchStore(tx)
            var limit = Self.handful
            if let most = subscriber.kind.perMinute {
                limit = min(limit, most - (try store.sent(to: subscriber, since: now - .minutes(1))))
            }
            guard limit > 0 else { return [] }
            return try store.take(for: subscriber, limit: limit, at: now, lease: Self.lease).map {
                ($0, try words.content($0, subscriber, tx))
            }
        }
    }

    /// - Returns: whether the receiver is to be left alone for now.
    private func send(_ dispatch: Dispatch, _ content: Parcel.Content?, by channel: any Channel) async throws -> Bool {
        guard let content else {
            try await finish(dispatch, .dropped)
            return false
        }
        let parcel = Parcel(id: dispatch.id.description, topic: dispatch.topic, content: content, at: ambient.now())
        switch await channel.send(parcel) {
        case .arrived: try await finish(dispatch, .arrived)
        case .never(let why): try await finish(dispatch, .dead, why)
        // Broken off because the process ends: not the receiver's fault.
        case .later where Task.isCancelled:
            try await release([dispatch])
            return true
        case .later(let why, let asked):
            if DispatchRules.isLast(dispatch.attempts) {
                try await finish(dispatch, .dead, why)
            } else {
                let (pause, now) = (DispatchRules.pause(after: dispatch.attempts, asked: asked), ambient.now())
                try await database.write { try DispatchStore($0).postpone(dispatch, by: pause, because: why, at: now) }
            }
            return true
        }
        return false
    }

    /// Puts back what was taken and not tried.
    private func release(_ taken: [Dispatch]) async throws {
        let due = ambient.now() + DispatchRules.pause(after: 1)
        try await database.write { tx in for dispatch in taken { try DispatchStore(tx).release(dispatch, until: due) } }
    }

    private func finish(_ dispatch: Dispatch, _ state: Dispatch.State, _ error: String? = nil) async throws {
        let now = ambient.now()
        try await database.write { try DispatchStore($0).finish(dispatch, state, error: error, at: now) }
    }
}
