import Crypto
import Foundation
package import Kernel
package import Storage

/// Every statement about sessions and API keys. Both are stored as hashes: a stolen table signs nobody in.
package struct SessionStore {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    /// The hash under which a token of 256 random bits is stored. Needs no salt or slowness: the token cannot be guessed.
    package static func hash(_ token: String) -> String {
        SHA256.hash(data: Data(token.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    package static func newToken(_ ambient: Ambient) -> String {
        Data(ambient.bytes(32)).base64EncodedString().filter { $0 != "=" }.replacing("+", with: "-").replacing("/", with: "_")
    }

    package func insert(
        token: String, account: Account, kind: SignedInSession.Kind, stage: SignedInSession.Stage, address: String, agent: String,
        at now: Instant
    ) throws {
        try tx.execute(
            """
            INSERT INTO session (town_id, token_hash, account_id, kind, stage, created_at, last_seen_at, address, agent)
            VALUES (\(account.town), \(Self.hash(token)), \(account.id), \(kind), \(stage), \(now), \(now), \(address),
                \(String(agent.prefix(200))))
            """)
    }

    package func find(token: String, town: ID<Town>) throws -> SignedInSession? {
        try tx.first(
            """
            SELECT account_id, kind, stage, created_at, last_seen_at FROM session
            WHERE town_id = \(town) AND token_hash = \(Self.hash(token))
            """
        ).map { row in
            SignedInSession(
                account: try row.get("account_id"), kind: try row.get("kind"), stage: try row.get("stage"),
                createdAt: try row.get("created_at"), lastSeenAt: try row.get("last_seen_at"))
        }
    }

    package func touch(token: String, town: ID<Town>, at now: Instant) throws {
        try tx.execute("UPDATE session SET last_seen_at = \(now) WHERE town_id = \(town) AND token_hash = \(Self.hash(token))")
    }

    package func end(token: String, town: ID<Town>) throws {
        try tx.execute("DELETE FROM session WHERE town_id = \(town) AND token_hash = \(Self.hash(token))")
    }

    /// Ends all sessions of an account, but the one with `token` if given.
    package func endAll(of account: ID<AccountNode>, town: ID<Town>, but token: String? = nil) throws {
        let kept = token.map(Self.hash) ?? ""
        try tx.execute("DELETE FROM session WHERE town_id = \(town) AND account_id = \(account) AND token_hash <> \(kept)")
    }

    package func list(of account: ID<AccountNode>, town: ID<Town>) throws -> [(address: String, agent: String, lastSeen: Instant)]
    {
        try tx.query(
            """
            SELECT address, agent, last_seen_at FROM session WHERE town_id = \(town) AND account_id = \(account) AND stage = 'full'
            ORDER BY last_seen_at DESC, token_hash
            """
        ).map { (try $0.get("address"), try $0.get("agent"), try $0.get("last_seen_at")) }
    }

    /// Removes what can no longer be alive: last seen before `limit` (剩余信息保护).
    @discardableResult
    package func forget(lastSeenBefore limit: Instant) throws -> Int {
        try tx.execute("DELETE FROM session WHERE last_seen_at < \(limit)")
    }

    // MARK: API keys

    package func insertKey(
        id: ID<AccountNode>, token: String, name: String, permissions: Set<Permission>, town: ID<Town>, at now: Instant
    ) throws {
        try tx.execute(
            """
            INSERT INTO api_key (town_id, id, token_hash, name, permissions, created_at)
            VALUES (\(town), \(id), \(Self.hash(token)), \(name), \(permissions.map(\.name).sorted().joined(separator: " ")), \(now))
            """)
    }

    package func findKey(token: String, town: ID<Town>) throws -> (
        id: ID<AccountNode>, name: String, permissions: Set<Permission>
    )? {
        try tx.first(
            "SELECT id, name, permissions FROM api_key WHERE town_id = \(town) AND token_hash = \(Self.hash(token)) AND revoked_at IS NULL"
        ).map { row in
            let names = try row.get("permissions", as: String.self).split(separator: " ")
            return (try row.get("id"), try row.get("name"), Set(names.map { Permission(String($0)) }))
        }
    }
}

extension SignedInSession.Kind: SQLValue {}
extension SignedInSession.Stage: SQLValue {}
