import Delivery
import Directory
import Identity
package import Kernel
import Points
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
                findings += try ledger(of: town, tx)
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

    /// Whether the ledger of points proves itself: all accounts of every village add up to zero, and every wallet is the sum of its entries.
    private static func ledger(of town: ID<Town>, _ tx: any Transaction) throws -> [Finding] {
        let proof = LedgerProofStore(tx, town: town)
        let villages = try proof.villages()
        var findings = try villages.compactMap { village -> Finding? in
            let sum = try proof.totals(of: village).sum
            return sum == 0
                ? nil : Finding(isFine: false, words: "points of village \(village): the accounts add up to \(sum), not 0")
        }
        findings += try proof.wrongWallets().map {
            Finding(isFine: false, words: "points of household \($0): the balance is not the sum of its entries")
        }
        findings += try GoodStore(tx, town: town).miscounted().map {
            Finding(
                isFine: false,
                words: "exchange: of good \($0.good) there are \($0.stock) on the shelf, but \($0.counted) by the book")
        }
        guard findings.isEmpty else { return findings }
        return [
            Finding(
                isFine: true,
                words: "points of town \(town): \(try proof.count()) entries in \(villages.count) villages, every account adds up"
            )
        ]
    }
}
