import Dispatch
import Kernel

/// A value that is made on another thread, for work inside a transaction, which cannot suspend. 预先准备
final class Ahead<Value: Sendable>: Sendable {
    private let made = Guarded<Result<Value, any Error>?>(nil)
    private let group = DispatchGroup()

    init(_ make: @escaping @Sendable () throws -> Value) {
        let made = made
        DispatchQueue.global().async(group: group) {
            let result = Result { try make() }
            made.withLock { $0 = result }
        }
    }

    /// Waits for it.
    /// - Throws: what making it threw.
    func value() throws -> Value {
        group.wait()
        guard let result = made.withLock(\.self) else { throw CancellationError() }
        return try result.get()
    }
}
