import Dispatch
import Synchronization

/// Holds a transaction open until the test lets it go on. Transactions are synchronous, so it blocks their thread.
final class Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)
    private let arrivals = AsyncStream.makeStream(of: Void.self)

    /// For the closure of a transaction: reports that it is inside and waits.
    func wait() {
        arrivals.continuation.yield()
        opened.wait()
    }

    /// For the test: returns when somebody is inside.
    func arrival() async {
        for await _ in arrivals.stream { return }
    }

    func open() { opened.signal() }
}

/// Counts calls, from any task.
final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Lets other tasks run until `condition` holds.
func until(_ condition: () throws -> Bool) async rethrows {
    while try !condition() { await Task.yield() }
}

extension Result where Failure == any Error {
    /// What `work` returns or throws.
    init(_ work: () async throws -> Success) async {
        do {
            self = .success(try await work())
        } catch {
            self = .failure(error)
        }
    }
}
