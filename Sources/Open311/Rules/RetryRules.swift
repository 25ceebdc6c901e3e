import Crypto
import Foundation
package import Kernel
package import Matters

/// When two sendings are one report. A program that saw no answer sends again, and few send an `Idempotency-Key` (peers.md §1.7).
package enum RetryRules {
    /// For how long the very same sending of the same program counts as a retry, at least; twice as long at most.
    package static let window = Span.hours(1)

    /// The ids that a sending of just these fields may have been given: in the hour before, and in this one. The same fields in any
    /// order, files included, are the same sending.
    package static func ids(
        program: ID<AccountNode>, fields: [(name: String, value: String)], files: [[UInt8]], at now: Instant
    ) -> (earlier: ID<Matter>, current: ID<Matter>) {
        let hour = now.milliseconds / window.milliseconds
        let parts =
            fields.filter { $0.name != "api_key" }.map { "\($0.name.utf8.count):\($0.name)=\($0.value.utf8.count):\($0.value)" }
            .sorted()
            + files.map { SHA256.hash(data: $0).description }
        func id(_ hour: Int64) -> ID<Matter> {
            ID(.version8(of: SHA256.hash(data: Data("\(program)|\(hour)|\(parts.joined(separator: "|"))".utf8))))
        }
        return (id(hour - 1), id(hour))
    }
}
