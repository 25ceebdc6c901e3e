import Kernel
import Storage

/// The sealed columns of accounts.
package enum IdentitySealStore {
    package static let columns = [
        SealedColumn.byID("account.totp_secret", place: { EnrolSecondFactor.place(.init($0.uuid)) }) { town, after, limit in
            """
            SELECT a.id, a.totp_secret AS sealed FROM account a
            WHERE a.town_id = \(town) AND a.id > \(after) AND a.totp_secret IS NOT NULL ORDER BY a.id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE account SET totp_secret = \(new) WHERE town_id = \(town) AND id = \(id) AND totp_secret = \(old)"
        }
    ]
}
