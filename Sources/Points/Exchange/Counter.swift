import Kernel

/// The one queue before all tills of this process: sales that wait at the same moment share one transaction, in the order they came.
///
/// Many tills sell from one shelf. Were each sale a transaction of its own, PostgreSQL would let one of those that met on the row
/// of a popular good through and send the others away to try again (docs/decisions/0013). Nobody waits for a fuller batch: whoever
/// comes while none is being served serves at once, and takes along who has come meanwhile.
final class Counter<Order: Sendable, Product: Sendable>: Sendable {
    typealias Outcome = Result<Product, any Error>

    private enum Turn: Sendable {
        case served(Outcome)
        /// It is this one's turn to serve.
        case serves
    }

    private struct State {
        var isServing = false
        var queue: [(order: Order, turn: CheckedContinuation<Turn, Never>)] = []
    }

    private let state = Guarded(State())
    private let limit: Int
    private let serve: @Sendable ([Order]) async -> [Outcome]

    /// - Parameters:
    ///   - limit: how many are served together at most.
    ///   - serve: serves all of them, one after the other, and gives what became of each in the same order.
    init(limit: Int = 128, serve: @escaping @Sendable ([Order]) async -> [Outcome]) {
        self.limit = limit
        self.serve = serve
    }

    /// Queues, and returns or throws what became of `order`.
    func callAsFunction(_ order: Order) async throws -> Product {
        switch await turn(order) {
        case .served(let outcome): return try outcome.get()
        case .serves: return try await serveAll(startingWith: order).get()
        }
    }

    private func turn(_ order: Order) async -> Turn {
        await withCheckedContinuation { continuation in
            let isFirst = state.withLock { state in
                guard state.isServing else {
                    state.isServing = true
                    return true
                }
                state.queue.append((order, continuation))
                return false
            }
            if isFirst { continuation.resume(returning: .serves) }
        }
    }

    /// Serves `first` together with those who wait, then lets the next in the queue serve.
    private func serveAll(startingWith first: Order) async -> Outcome {
        let others = state.withLock { state in
            let taken = Array(state.queue.prefix(limit - 1))
            state.queue.removeFirst(taken.count)
            return taken
        }
        let orders = [first] + others.map(\.order)
        let serve = serve
        // Its own task, so that the others' sales do not end with the connection of the one who serves.
        let outcomes = await Task { await serve(orders) }.value
        for (other, outcome) in zip(others, outcomes.dropFirst()) { other.turn.resume(returning: .served(outcome)) }
        let next = state.withLock { state in
            state.isServing = !state.queue.isEmpty
            return state.queue.isEmpty ? nil : state.queue.removeFirst()
        }
        // The next one serves its own order, so it is not in the queue any more.
        if let next { pass(to: next) }
        return outcomes[0]
    }

    private func pass(to next: (order: Order, turn: CheckedContinuation<Turn, Never>)) { next.turn.resume(returning: .serves) }
}
