package import Kernel
package import Storage

/// What messages say to whom. Filled by the rooms whose messages they are, so that this one knows nothing of matters.
package struct MessageWords: Sendable {
    /// Whom a subscriber tells of a message: one empty text for itself, ids of people for those who tell people, nothing for nobody.
    package let recipients: @Sendable (OutboxMessage, Subscriber, any Transaction) throws -> [String]
    /// What is said; nil when there is nothing to say any more.
    package let content: @Sendable (Dispatch, Subscriber, any Transaction) throws -> Parcel.Content?

    package init(
        recipients: @escaping @Sendable (OutboxMessage, Subscriber, any Transaction) throws -> [String],
        content: @escaping @Sendable (Dispatch, Subscriber, any Transaction) throws -> Parcel.Content?
    ) {
        self.recipients = recipients
        self.content = content
    }
}

/// Carries messages from the outbox to everybody who is to be told, each subscriber apart, at least once.
package struct Courier: Sendable {
    let database: any Database
    let ambient: Ambient
    let words: MessageWords
    let audience: Audience
    let open: @Sendable (Subscriber, any Transaction) throws -> any Channel
    private let busy = Guarded<Set<ID<Subscriber>>>([])

    /// - Parameter open: the channel of a subscriber, from its sealed settings.
    package init(
        database: any Database, ambient: Ambient, words: MessageWords, audience: Audience,
        open: @escaping @Sendable (Subscriber, any Transaction) throws -> any Channel
    ) {
        self.database = database
        self.ambient = ambient
        self.words = words
        self.audience = audience
        self.open = open
    }

    /// How many messages of a subscriber are taken at once.
    static let handful = 20
    static let lease = Span.minutes(5)

    /// One round: new messages are put on their way, and what is due is sent. A subscriber of an earlier round that is not done yet is
    /// left to it, so a slow one holds nobody up; rounds may overlap.
    /// - Throws: `StorageError`, or what keeps a subscriber's channel from being opened, after everybody else was served.
    package func round() async throws {
        while try await spread() {}
        let now = ambient.now()
        let (all, targets) = try await database.read { (try SubscriberStore($0).all(), try DispatchStore($0).due(at: now)) }
        audience.note(all)
        let failure = await withTaskGroup(of: (any Error)?.self) { group in
            for target in targets where busy.withLock({ $0.insert(target.id).inserted }) {
                group.addTask {
                    defer { busy.withLock { _ = $0.remove(target.id) } }
                    do {
                        try await serve(target)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            var first: (any Error)?
            for await failure in group { first = first ?? failure }
            return first
        }
        if let failure { throw failure }
    }

    /// Puts a stretch of the outbox on its way.
    /// - Returns: whether there may be more.
    func spread() async throws -> Bool {
        let now = ambient.now()
        return try await database.write { tx in
            let outbox = OutboxStore(tx)
            let messages = try outbox.take(limit: 200, at: now, lease: Self.lease)
            guard !messages.isEmpty else { return false }
            let subscribers = try SubscriberStore(tx).all().filter(\.isOn)
            for message in messages {
                for subscriber in subscribers where subscriber.town == message.town && subscriber.wants(message.topic) {
                    for recipient in try words.recipients(message, subscriber, tx) {
                        try DispatchStore(tx).add(message.id, to: subscriber, recipient: recipient, id: ambient.newID(), at: now)
                    }
                }
                try outbox.markDelivered(message, at: now)
            }
            return messages.count == 200
        }
    }

    /// Sends what is due to one subscriber, in order, until one does not arrive.
    private func serve(_ subscriber: Subscriber) async throws {
        let now = ambient.now()
        let taken = try await database.write { tx -> [(Dispatch, Parcel.Content?)] in
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
        guard !taken.isEmpty else { return }
        let channel: any Channel
        do {
            channel = try await database.read { try open(subscriber, $0) }
        } catch {
            try await release(taken.map(\.0))
            throw error
        }
        var isDown = false
        for (dispatch, content) in taken {
            if isDown {
                try await release([dispatch])
                continue
            }
            guard let content else {
                try await finish(dispatch, .dropped)
                continue
            }
            let parcel = Parcel(id: dispatch.id.description, topic: dispatch.topic, content: content, at: ambient.now())
            switch await channel.send(parcel) {
            case .arrived: try await finish(dispatch, .arrived)
            case .never(let why): try await finish(dispatch, .dead, why)
            case .later(let why, let asked):
                isDown = true
                if DispatchRules.isLast(dispatch.attempts) {
                    try await finish(dispatch, .dead, why)
                } else {
                    let (pause, now) = (DispatchRules.pause(after: dispatch.attempts, asked: asked), ambient.now())
                    try await database.write { try DispatchStore($0).postpone(dispatch, by: pause, because: why, at: now) }
                }
            }
        }
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
