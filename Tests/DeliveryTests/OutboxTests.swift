import Delivery
import Kernel
import Storage
import TestSupport
import Testing

@Suite struct OutboxTests {
    private let town = Ambient.fixed(seed: 9).newID(Town.self)

    private func message(_ ambient: Ambient, _ topic: String) -> OutboxMessage {
        OutboxMessage(id: ambient.newID(), town: town, topic: topic, payload: "{\"a\":\"路灯\"}")
    }

    @Test(arguments: Engine.available)
    func `a message is taken by one, again after its lease, and never after delivery`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: DeliveryMigrations.all) { database in
            let ambient = Ambient.fixed()
            let (sent, now) = (message(ambient, "matter.reported"), ambient.now())
            try await database.write { try OutboxStore($0).add(sent, at: now) }
            func take(_ moment: Instant) async throws -> [String] {
                try await database.write { try OutboxStore($0).take(limit: 10, at: moment, lease: .minutes(5)).map(\.payload) }
            }
            let first = try await take(now)
            let meanwhile = try await take(now + .minutes(4))
            let again = try await take(now + .minutes(5))
            #expect(first == [sent.payload] && meanwhile.isEmpty && again == [sent.payload])
            try await database.write { try OutboxStore($0).markDelivered(sent, at: now + .minutes(6)) }
            let after = try await take(now + .days(9))
            #expect(after.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `what fails waits longer each time, and shows in the backlog until it leaves`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: DeliveryMigrations.all) { database in
            let ambient = Ambient.fixed()
            let (sent, now) = (message(ambient, "matter.closed"), ambient.now())
            try await database.write { try OutboxStore($0).add(sent, at: now) }
            let taken = try await database.write { try OutboxStore($0).take(limit: 10, at: now, lease: .minutes(5)) }
            #expect(taken.map(\.attempts) == [1])
            try await database.write { tx in
                try taken.forEach { try OutboxStore(tx).postpone($0, because: "the receiver answered 500", at: now) }
            }
            let early = try await database.write {
                try OutboxStore($0).take(limit: 10, at: now + .seconds(9), lease: .minutes(5))
            }
            let due = try await database.write { try OutboxStore($0).take(limit: 10, at: now + .seconds(10), lease: .minutes(5)) }
            #expect(early.isEmpty && due.map(\.attempts) == [2])
            let backlog = try await database.read { tx in
                let backlog = try OutboxStore(tx).backlog(at: now + .hours(1))
                return [Int64(backlog.waiting), backlog.oldest.milliseconds]
            }
            #expect(backlog == [1, Span.hours(1).milliseconds])
            try await database.write { try OutboxStore($0).markDelivered(sent, at: now) }
            let forgotten = try await database.write { try OutboxStore($0).forget(deliveredBefore: now + .days(30)) }
            #expect(forgotten == 1)
        }
    }

    @Test(arguments: [(1, 10), (2, 20), (3, 40), (10, 5120), (14, 81_920), (15, 86_400), (1000, 86_400), (0, 10)])
    func `pauses double up to a day`(_ attempts: Int, _ seconds: Int64) {
        #expect(OutboxStore.pause(after: attempts) == .seconds(seconds))
    }
}

@Suite struct JobTests {
    @Test(arguments: Engine.available)
    func `a due job is taken by one process, and by another when the first died`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: DeliveryMigrations.all) { database in
            let job = Job("sweep", every: .minutes(1)) { _, _ in }
            let now = Ambient.fixed().now()
            func take(_ moment: Instant) async throws -> Bool {
                try await database.write { try JobStore($0).take(job, at: moment, lease: .minutes(10)) }
            }
            let first = try await take(now)
            let second = try await take(now)
            let afterLease = try await take(now + .minutes(10))
            #expect(first && !second && afterLease)
            try await database.write { try JobStore($0).finish(job, at: now + .minutes(11), error: nil) }
            let tooEarly = try await take(now + .minutes(11) + .seconds(59))
            let next = try await take(now + .minutes(12))
            #expect(!tooEarly && next)
        }
    }
}
