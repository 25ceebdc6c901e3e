import Delivery
import Directory
import Identity
package import Kernel
package import Storage

/// What `jinlin doctor` examines: that history is as it was written and nothing is stuck.
package struct Doctor: Sendable {
    package struct Finding: Sendable {
        package let isFine: Bool
        package let words: String
    }

    /// Examines the whole database.
    package static func examine(_ database: any Database, at now: Instant) async throws -> [Finding] {
        try await database.read { tx in
            var findings: [Finding] = []
            for town in try TownStore(tx).all().map(\.id) {
                switch try AuditSeal(tx).verify(town) {
                case .whole(let sealed, let waiting, let head):
                    findings.append(
                        Finding(
                            isFine: true,
                            words: "audit chain of town \(town): \(sealed) entries whole, \(waiting) not sealed yet, head \(head)"
                        ))
                case .broken(let number):
                    findings.append(Finding(isFine: false, words: "audit chain of town \(town): broken at entry \(number)"))
                }
            }
            let backlog = try OutboxStore(tx).backlog(at: now)
            findings.append(
                Finding(
                    isFine: backlog.oldest < .hours(1),
                    words: "outbox: \(backlog.waiting) waiting, the oldest for \(backlog.oldest.milliseconds / 1000) s"))
            let dead = try ReplayStore(tx).dead()
            findings.append(Finding(isFine: dead == 0, words: "messages to subscribers: \(dead) given up (see /integrations)"))
            return findings
        }
    }
}
