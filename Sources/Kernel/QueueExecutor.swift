package import Dispatch

/// Runs an actor's work on a queue of its own, because what it calls blocks and must not hold up anybody else.
package final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// - Parameter name: what the queue is called in a debugger.
    package init(_ name: String, qos: DispatchQoS = .unspecified) {
        queue = DispatchQueue(label: name, qos: qos)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
