package import Kernel
package import Storage

/// Chains audit entries: each gets the next number of its town and a hash over the hash before and its own text.
package struct AuditSeal {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    /// What `verify` found.
    package enum Verdict: Hashable, Sendable {
        /// All `sealed` entries are as they were written; `head` is the last hash, to be noted elsewhere.
        case whole(sealed: Int, waiting: Int, head: String)
        /// The entry with this number is missing or was altered.
        case broken(at: Int64)
    }

    private static let start = "jinlin"

    /// Seals up to `limit` waiting entries of `town`, oldest first.
    /// - Returns: how many.
    @discardableResult
    package func seal(_ town: ID<Town>, limit: Int = 5000) throws -> Int {
        let store = AuditStore(tx, town: town)
        let waiting = try store.waiting(limit: limit)
        guard !waiting.isEmpty else { return 0 }
        var link = try store.last() ?? AuditStore.Link(number: 0, hash: Self.start)
        for entry in waiting {
            link = AuditStore.Link(number: link.number + 1, hash: entry.hash(after: link.hash))
            try store.seal(entry.id, as: link)
        }
        return waiting.count
    }

    /// Recomputes the chain of `town`: all of it, or its last entries.
    /// - Parameter latest: how many of the last entries; nil for all. A part rests on the hash before it.
    package func verify(_ town: ID<Town>, latest: Int64? = nil) throws -> Verdict {
        let store = AuditStore(tx, town: town)
        var (number, hash) = (Int64(0), Self.start)
        if let latest, let top = try store.last()?.number, top > latest {
            number = top - latest
            guard let before = try store.hash(at: number) else { return .broken(at: number) }
            hash = before
        }
        while true {
            let entries = try store.sealed(after: number)
            for (entry, link) in entries {
                number += 1
                hash = entry.hash(after: hash)
                guard link.number == number, link.hash == hash else { return .broken(at: number) }
            }
            guard entries.isEmpty else { continue }
            return .whole(sealed: Int(number), waiting: try store.waitingCount(), head: hash)
        }
    }
}
