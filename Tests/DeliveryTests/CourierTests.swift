import Kernel
import Storage
import TestSupport
import Testing

@testable import Delivery

/// A town with subscribers, a clock, and a channel for each that answers as the test says.
private struct Post: Sendable {
    let database: any Database
    let clock = TestClock()
    let ambient: Ambient
    let town: ID<Town>
    let sent = Guarded<[(subscriber: ID<Subscriber>, parcel: Parcel)]>([])
    let answers = Guarded<[ID<Subscriber>: Outcome]>([:])

    static func run(_ engine: Engine, _ body: (Post) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: DeliveryMigrations.all) { database in try await body(Post(database)) }
    }

    private init(_ database: any Database) {
        self.database = database
        ambient = Ambient.fixed(clock)
        town = ambient.newID()
    }

    private struct Fake: Channel {
        let post: Post
        let subscriber: ID<Subscriber>

        func send(_ parcel: Parcel) async -> Outcome {
            post.sent.withLock { $0.append((subscriber, parcel)) }
            return post.answers.withLock { $0[subscriber] } ?? .arrived
        }
    }

    func courier(_ channel: (@Sendable (Subscriber) -> any Channel)? = nil) -> Courier {
        let words = MessageWords(
            recipients: { message, _, _ in message.payload == "\"nobody\"" ? [] : [""] },
            content: { dispatch, _, _ in dispatch.payload == "\"gone\"" ? nil : .document(dispatch.payload) })
        return Courier(database: database, ambient: ambient, words: words, listeners: Listeners()) { subscriber, _ in
            channel?(subscriber) ?? Fake(post: self, subscriber: subscriber.id)
        }
    }

    func subscribe(_ kind: Subscriber.Kind = .webhook, topics: Set<String> = [], isOn: Bool = true) async throws -> Subscriber {
        let subscriber = Subscriber(
            id: ambient.newID(), town: town, kind: kind, name: "x", topics: topics, grid: nil, isOn: isOn,
            createdAt: ambient.now())
        try await database.write { try SubscriberStore($0).insert(subscriber, sealed: [1]) }
        return subscriber
    }

    func tell(_ payload: String, _ topic: String = "matter.reported") async throws {
        let message = OutboxMessage(id: ambient.newID(), town: town, topic: topic, payload: "\"\(payload)\"")
        let now = ambient.now()
        clock.advance(by: Span(milliseconds: 1))
        try await database.write { try OutboxStore($0).add(message, at: now) }
    }

    /// What one subscriber was sent, in order.
    func got(_ subscriber: Subscriber) -> [String] {
        sent.withLock { sent in
            sent.filter { $0.subscriber == subscriber.id }.map { sent in
                if case .document(let text) = sent.parcel.content { text } else { "?" }
            }
        }
    }

    func answer(_ subscriber: Subscriber, _ outcome: Outcome?) { answers.withLock { $0[subscriber.id] = outcome } }

    func states(_ subscriber: Subscriber) async throws -> [Dispatch.State: Int] {
        try await database.read { try ReplayStore($0).counts(of: subscriber.id, town: town) }
    }
}

extension Courier {
    /// Everything that is due, once.
    func round() async throws {
        try await withThrowingTaskGroup { group in
            for subscriber in try await due() { group.addTask { try await serve(subscriber) } }
            try await group.waitForAll()
        }
    }
}

@Suite struct CourierTests {
    @Test(arguments: Engine.available)
    func `everybody is told once of what they want, and nobody who is off`(_ engine: Engine) async throws {
        try await Post.run(engine) { post in
            let all = try await post.subscribe()
            let closed = try await post.subscribe(topics: ["matter.closed"])
            let off = try await post.subscribe(isOn: false)
            let courier = post.courier()
            try await post.tell("a")
            try await post.tell("b", "matter.closed")
            try await post.tell("nobody")
            try await post.tell("gone")
            try await courier.round()
            try await courier.round()
            #expect(post.got(all) == ["\"a\"", "\"b\""] && post.got(closed) == ["\"b\""] && post.got(off).isEmpty)
            let states = try await post.states(all)
            #expect(states == [.arrived: 2, .dropped: 1])
        }
    }

    @Test(arguments: Engine.available)
    func `what fails is tried again after growing pauses with the same id, and given up at last`(_ engine: Engine) async throws {
        try await Post.run(engine) { post in
            let subscriber = try await post.subscribe()
            let courier = post.courier()
            post.answer(subscriber, .later("down"))
            try await post.tell("a")
            for tries in 1...DispatchRules.mostTries {
                try await courier.round()
                #expect(post.got(subscriber).count == tries)
                post.clock.advance(by: Span(milliseconds: DispatchRules.pause(after: tries).milliseconds - 1000))
                try await courier.round()
                #expect(post.got(subscriber).count == tries, "tried before its time")
                post.clock.advance(by: .seconds(1))
            }
            try await courier.round()
            #expect(post.got(subscriber).count == DispatchRules.mostTries)
            let states = try await post.states(subscriber)
            #expect(states == [.dead: 1])
            #expect(Set(post.sent.withLock { $0.map(\.parcel.id) }).count == 1)
            // A dead one goes out again when somebody says so.
            post.answer(subscriber, .arrived)
            let now = post.ambient.now()
            let again = try await post.database.write { tx in
                let store = ReplayStore(tx)
                let dead = try store.latest(of: subscriber.id, town: post.town, state: .dead, limit: 5)
                return try dead.map { try store.again($0.id, of: subscriber, at: now) }
            }
            #expect(again == [true])
            try await courier.round()
            let after = try await post.states(subscriber)
            #expect(after == [.arrived: 1])
        }
    }

    @Test(arguments: Engine.available)
    func `a refusal for good is not tried again`(_ engine: Engine) async throws {
        try await Post.run(engine) { post in
            let subscriber = try await post.subscribe()
            post.answer(subscriber, .never("no such robot"))
            try await post.tell("a")
            let courier = post.courier()
            try await courier.round()
            post.clock.advance(by: .days(2))
            try await courier.round()
            #expect(post.got(subscriber).count == 1)
            let dead = try await post.database.read { try ReplayStore($0).latest(of: subscriber.id, town: post.town, limit: 5) }
            #expect(dead.map(\.lastError) == ["no such robot"] && dead.map(\.state) == [.dead])
        }
    }

    @Test(arguments: Engine.available)
    func `after one failure the rest of a handful waits untried`(_ engine: Engine) async throws {
        try await Post.run(engine) { post in
            let subscriber = try await post.subscribe()
            post.answer(subscriber, .later("down"))
            for word in ["a", "b", "c"] { try await post.tell(word) }
            let courier = post.courier()
            try await courier.round()
            #expect(post.got(subscriber) == ["\"a\""])
            post.answer(subscriber, .arrived)
            post.clock.advance(by: .seconds(10))
            try await courier.round()
            #expect(post.got(subscriber).count == 4 && Set(post.got(subscriber)) == ["\"a\"", "\"b\"", "\"c\""])
            let latest = try await post.database.read {
                try ReplayStore($0).latest(of: subscriber.id, town: post.town, limit: 5)
            }
            #expect(latest.map(\.attempts).sorted() == [1, 1, 2])
        }
    }

    @Test(arguments: Engine.available)
    func `one that never answers holds nobody else up`(_ engine: Engine) async throws {
        try await Post.run(engine) { post in
            let slow = try await post.subscribe()
            let quick = try await post.subscribe()
            let (gate, open) = AsyncStream.makeStream(of: Void.self)
            let (reached, reach) = AsyncStream.makeStream(of: Void.self)
            struct Hanging: Channel {
                let gate: AsyncStream<Void>
                let reach: AsyncStream<Void>.Continuation
                func send(_ parcel: Parcel) async -> Outcome {
                    reach.yield()
                    for await _ in gate { break }
                    return .arrived
                }
            }
            struct Quick: Channel {
                let post: Post
                let id: ID<Subscriber>
                func send(_ parcel: Parcel) async -> Outcome {
                    post.sent.withLock { $0.append((id, parcel)) }
                    return .arrived
                }
            }
            let courier = post.courier { subscriber -> any Channel in
                if subscriber.id == slow.id { return Hanging(gate: gate, reach: reach) }
                return Quick(post: post, id: subscriber.id)
            }
            try await post.tell("a")
            let first = Task { try await courier.round() }
            for await _ in reached { break }
            // The slow one hangs now; the next rounds go on without it.
            try await post.tell("b")
            try await courier.round()
            try await courier.round()
            #expect(post.got(quick).contains("\"b\""))
            open.yield()
            open.finish()
            try await first.value
            try await courier.round()
            #expect(post.got(quick).sorted() == ["\"a\"", "\"b\""])
            let states = try await post.states(slow)
            #expect(states == [.arrived: 2])
        }
    }

    @Test(arguments: Engine.available)
    func `a try that the end of the process breaks off does not count`(_ engine: Engine) async throws {
        try await Post.run(engine) { post in
            let subscriber = try await post.subscribe()
            try await post.tell("a")
            let (reached, reach) = AsyncStream.makeStream(of: Void.self)
            struct Broken: Channel {
                let reach: AsyncStream<Void>.Continuation
                func send(_ parcel: Parcel) async -> Outcome {
                    reach.yield()
                    // Ends when the task is cancelled.
                    for await _ in AsyncStream<Void>(unfolding: { try? await Task.sleep(for: .seconds(3600)) }) { break }
                    return .later("broken off")
                }
            }
            let courier = post.courier { _ in Broken(reach: reach) }
            let round = Task { try await courier.round() }
            for await _ in reached { break }
            round.cancel()
            try await round.value
            let latest = try await post.database.read {
                try ReplayStore($0).latest(of: subscriber.id, town: post.town, limit: 1)
            }
            #expect(latest.map(\.attempts) == [0] && latest.map(\.state) == [.waiting] && latest[0].lastError == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `a robot is sent twenty a minute`(_ engine: Engine) async throws {
        try await Post.run(engine) { post in
            let robot = try await post.subscribe(.wecom)
            for number in 0..<25 { try await post.tell(String(number)) }
            let courier = post.courier()
            for _ in 0..<3 { try await courier.round() }
            #expect(post.got(robot).count == 20)
            post.clock.advance(by: .seconds(61))
            try await courier.round()
            #expect(post.got(robot).count == 25 && Set(post.got(robot)).count == 25)
        }
    }

    @Test(arguments: Engine.available)
    func `cleaning up takes the deliveries with the messages`(_ engine: Engine) async throws {
        try await Post.run(engine) { post in
            _ = try await post.subscribe()
            try await post.tell("a")
            try await post.courier().round()
            let later = post.ambient.now() + .days(31)
            let forgotten = try await post.database.write { try OutboxStore($0).forget(deliveredBefore: later) }
            #expect(forgotten == 1)
        }
    }
}
