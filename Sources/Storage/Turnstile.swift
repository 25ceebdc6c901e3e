import Dispatch
package import Kernel
import Synchronization

/// Lets at most `limit` callers into a database at once; the others queue, first come first served, for at most the
/// waiting time. Threads are never blocked.
package final class Turnstile: Sendable {
    private struct Waiter {
        let deadline: DispatchTime
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var free: Int
        var queue: [Waiter] = []
        var isClosed = false
        var isTimerSet = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let limit: Int
    private let waiting: Span
    private let state: Mutex<State>

    package init(limit: Int, waiting: Span) {
        self.limit = max(1, limit)
        self.waiting = waiting
        state = Mutex(State(free: max(1, limit)))
    }

    /// Runs `body` inside.
    /// - Throws: ``StorageError/unavailable(_:)`` when nobody left in time or the turnstile is closed, and whatever `body` throws.
    package func pass<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await enter()
        defer { leave() }
        return try await body()
    }

    /// Refuses newcomers, sends those who wait away and returns when the last one inside has left.
    package func close() async {
        await withCheckedContinuation { continuation in
            let (refused, isEmpty) = state.withLock { state -> ([Waiter], Bool) in
                state.isClosed = true
                let refused = state.queue
                state.queue = []
                if state.free < limit { state.closers.append(continuation) }
                return (refused, state.free == limit)
            }
            for waiter in refused { waiter.continuation.resume(throwing: StorageError.unavailable("the database is closed")) }
            if isEmpty { continuation.resume() }
        }
    }

    private func enter() async throws {
        let isInside = try state.withLock { state in
            if state.isClosed { throw StorageError.unavailable("the database is closed") }
            guard state.free > 0 else { return false }
            state.free -= 1
            return true
        }
        if isInside { return }
        try await withCheckedThrowingContinuation { join($0) }
    }

    private func join(_ continuation: CheckedContinuation<Void, any Error>) {
        let deadline = DispatchTime.now() + .milliseconds(Int(waiting.milliseconds))
        let (answer, timer) = state.withLock { state -> (Result<Void, any Error>?, DispatchTime?) in
            if state.isClosed { return (.failure(StorageError.unavailable("the database is closed")), nil) }
            if state.free > 0 {
                state.free -= 1
                return (.success(()), nil)
            }
            state.queue.append(Waiter(deadline: deadline, continuation: continuation))
            if state.isTimerSet { return (nil, nil) }
            state.isTimerSet = true
            return (nil, deadline)
        }
        if let timer { setTimer(timer) }
        if let answer { continuation.resume(with: answer) }
    }

    private func leave() {
        let (next, closers) = state.withLock { state -> (Waiter?, [CheckedContinuation<Void, Never>]) in
            if !state.queue.isEmpty { return (state.queue.removeFirst(), []) }
            state.free += 1
            guard state.isClosed, state.free == limit else { return (nil, []) }
            let closers = state.closers
            state.closers = []
            return (nil, closers)
        }
        next?.continuation.resume()
        for closer in closers { closer.resume() }
    }

    /// One timer serves all who wait, because the first in the queue always has the earliest deadline.
    private func setTimer(_ deadline: DispatchTime) {
        DispatchQueue.global().asyncAfter(deadline: deadline) { [weak self] in self?.expire() }
    }

    private func expire() {
        let now = DispatchTime.now()
        let (late, timer) = state.withLock { state -> ([Waiter], DispatchTime?) in
            let late = Array(state.queue.prefix { $0.deadline <= now })
            state.queue.removeFirst(late.count)
            state.isTimerSet = !state.queue.isEmpty
            return (late, state.queue.first?.deadline)
        }
        if let timer { setTimer(timer) }
        for waiter in late {
            waiter.continuation.resume(throwing: StorageError.unavailable("no connection came free within \(waiting.milliseconds) ms"))
        }
    }
}
