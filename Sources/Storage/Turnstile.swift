import Dispatch
package import Kernel

/// Lets at most `limit` callers into a database at once; the others queue, first come first served, for at most the
/// waiting time. Threads are never blocked. A caller may take several places, all of them to be alone.
package final class Turnstile: Sendable {
    private struct Waiter {
        let places: Int
        let deadline: DispatchTime
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var free: Int
        var queue: [Waiter] = []
        var isClosed = false
        var isTimerSet = false
        var closers: [CheckedContinuation<Void, Never>] = []

        /// Takes `places` if they are free and nobody came before.
        mutating func take(_ places: Int) throws -> Bool {
            if isClosed { throw StorageError.unavailable("the database is closed") }
            guard queue.isEmpty, free >= places else { return false }
            free -= places
            return true
        }

        /// Lets in from the queue whom there are places for.
        mutating func admit() -> [Waiter] {
            var admitted = 0
            while admitted < queue.count, queue[admitted].places <= free {
                free -= queue[admitted].places
                admitted += 1
            }
            defer { queue.removeFirst(admitted) }
            return Array(queue.prefix(admitted))
        }
    }

    package let limit: Int
    private let waiting: Span
    private let state: Guarded<State>

    package init(limit: Int, waiting: Span) {
        self.limit = max(1, limit)
        self.waiting = waiting
        state = Guarded(State(free: max(1, limit)))
    }

    /// Runs `body` inside, taking `places`.
    /// - Throws: ``StorageError/unavailable(_:)`` when nobody left in time or the turnstile is closed, and what `body` throws.
    package func pass<Value: Sendable>(
        taking places: Int = 1, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        if try !state.withLock({ try $0.take(places) }) {
            try await withCheckedThrowingContinuation { join(places, $0) }
        }
        defer { leave(places) }
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

    private func join(_ places: Int, _ continuation: CheckedContinuation<Void, any Error>) {
        let deadline = DispatchTime.now() + .milliseconds(Int(waiting.milliseconds))
        let (answer, timer) = state.withLock { state -> (Result<Void, any Error>?, DispatchTime?) in
            do {
                if try state.take(places) { return (.success(()), nil) }
            } catch {
                return (.failure(error), nil)
            }
            state.queue.append(Waiter(places: places, deadline: deadline, continuation: continuation))
            if state.isTimerSet { return (nil, nil) }
            state.isTimerSet = true
            return (nil, deadline)
        }
        if let timer { setTimer(timer) }
        if let answer { continuation.resume(with: answer) }
    }

    private func leave(_ places: Int) {
        let (admitted, closers) = state.withLock { state -> ([Waiter], [CheckedContinuation<Void, Never>]) in
            state.free += places
            if !state.queue.isEmpty { return (state.admit(), []) }
            guard state.isClosed, state.free == limit else { return ([], []) }
            let closers = state.closers
            state.closers = []
            return ([], closers)
        }
        for waiter in admitted { waiter.continuation.resume() }
        for closer in closers { closer.resume() }
    }

    /// One timer serves all who wait, because the first in the queue always has the earliest deadline.
    private func setTimer(_ deadline: DispatchTime) {
        DispatchQueue.global().asyncAfter(deadline: deadline) { [weak self] in self?.expire() }
    }

    private func expire() {
        let now = DispatchTime.now()
        let (late, admitted, timer) = state.withLock { state -> ([Waiter], [Waiter], DispatchTime?) in
            let late = Array(state.queue.prefix { $0.deadline <= now })
            state.queue.removeFirst(late.count)
            // One who wanted many places may have held up others.
            let admitted = state.admit()
            state.isTimerSet = !state.queue.isEmpty
            return (late, admitted, state.queue.first?.deadline)
        }
        if let timer { setTimer(timer) }
        for waiter in admitted { waiter.continuation.resume() }
        for waiter in late {
            let reason = "no connection came free within \(waiting.milliseconds) ms"
            waiter.continuation.resume(throwing: StorageError.unavailable(reason))
        }
    }
}
