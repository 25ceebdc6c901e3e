import Foundation

/// Threads of its own for work that blocks, so that Swift's few threads stay free to answer requests.
struct BlockingQueue: Sendable {
    private let queue: OperationQueue

    /// At most `width` pieces of work run at once; the rest wait in the order they came.
    init(_ name: String, width: Int) {
        queue = OperationQueue()
        queue.name = name
        queue.maxConcurrentOperationCount = width
    }

    /// How many pieces of work run or wait.
    var load: Int { queue.operationCount }

    /// Runs `work` on one of the queue's threads.
    func run<Product: Sendable, Failure: Error>(_ work: @escaping @Sendable () throws(Failure) -> Product) async throws(Failure)
        -> Product
    {
        let result: Result<Product, Failure> = await withCheckedContinuation { continuation in
            queue.addOperation {
                do throws(Failure) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
