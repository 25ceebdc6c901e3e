import Crypto
import Foundation
package import Kernel
package import Storage

/// The append-only log of important acts (等保 GB/T 22239 §8.1.4 安全审计): who, when, what, from where, and whether it was done.
///
/// An entry is written in the transaction of the act itself. Sealing (``AuditSeal``) chains entries by hash shortly after, so that
/// concurrent acts do not wait for one another at the end of the chain (docs/decisions/0004).
package struct AuditTrail {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    /// - Parameters:
    ///   - act: a dotted verb such as `matter.escalate`; the catalogue has its words as `identity.act.…`.
    ///   - subject: the id of what was acted on.
    ///   - detail: further facts, never personal data.
    package func record(
        _ act: String, by principal: Principal?, town: ID<Town>, subject: String, detail: [String: String] = [:],
        done: Bool = true,
        address: String? = nil, ambient: Ambient
    ) throws {
        let entry = AuditEntry(
            id: ambient.newID(), at: ambient.now(), account: principal?.account, post: principal?.post, act: act,
            subject: subject,
            detail: Self.text(of: detail), done: done, address: address)
        try AuditStore(tx, town: town).append(entry)
    }

    /// JSON with sorted keys, so that an entry has one text.
    private static func text(of detail: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(detail)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

/// One line of the audit log.
package struct AuditEntry: Sendable, Hashable {
    package let id: ID<AuditEntry>
    package let at: Instant
    package let account: ID<AccountNode>?
    package let post: String?
    package let act: String
    package let subject: String
    package let detail: String
    package let done: Bool
    package let address: String?

    package init(
        id: ID<AuditEntry>, at: Instant, account: ID<AccountNode>?, post: String?, act: String, subject: String, detail: String,
        done: Bool,
        address: String?
    ) {
        self.id = id
        self.at = at
        self.account = account
        self.post = post
        self.act = act
        self.subject = subject
        self.detail = detail
        self.done = done
        self.address = address
    }

    /// The entry's bytes for the chain: every field with its length before it, so no two entries share a form.
    var canonical: Data {
        let fields = [
            id.description, String(at.milliseconds), account?.description ?? "-", post ?? "-", act, subject, detail,
            done ? "1" : "0",
            address ?? "-",
        ]
        return Data(fields.map { "\($0.utf8.count):\($0)" }.joined(separator: "|").utf8)
    }

    /// SHA-256 over the hash before and this entry, in hex.
    package func hash(after previous: String) -> String {
        var hash = SHA256()
        hash.update(data: Data(previous.utf8))
        hash.update(data: canonical)
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
