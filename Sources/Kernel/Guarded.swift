import Synchronization

/// A value that one thread at a time may touch.
///
/// Every use goes through one function that is never inlined. An optimised build may keep the address of a thread's own data across
/// an `await`, after which the function runs on another thread, and the inlined `Mutex` then finds itself unlocked by a stranger
/// (Swift 6.3 on Linux, "Call to unlock Mutex on a thread which hasn't acquired the lock"). A lock taken in a function of its own cannot meet that.
package final class Guarded<Value>: Sendable {
    private let mutex: Mutex<Value>

    package init(_ value: consuming sending Value) { mutex = Mutex(value) }

    @inline(never)
    package func withLock<Answer, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Answer
    ) throws(Failure) -> sending Answer {
        try mutex.withLock(body)
    }
}
