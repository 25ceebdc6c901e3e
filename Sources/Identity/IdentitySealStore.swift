import Kernel
import Storage

/// The sealed columns of accounts.
package enum IdentitySealStore {
    package static let columns = [
        SealedColumn.byID("account.totp_secret", in: "account", sealed: "totp_secret") { EnrolSecondFactor.place(.init($0.uuid)) }
    ]
}
