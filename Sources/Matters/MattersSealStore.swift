package import Identity
import Kernel
import Storage

/// The sealed columns of matters, for the rotation of keys.
package enum MattersSealStore {
    package static let columns = [
        SealedColumn.byID("matter_reporter.name", in: "matter_reporter", sealed: "name_sealed") { "matter_reporter.name/\($0)" },
        SealedColumn.byID("matter_reporter.phone", in: "matter_reporter", sealed: "phone_sealed") {
            "matter_reporter.phone/\($0)"
        },
        SealedColumn.byID("matter_reporter.email", in: "matter_reporter", sealed: "email_sealed") {
            "matter_reporter.email/\($0)"
        },
        originals,
    ]

    /// Pictures are large, so few are read at once.
    private static let originals: SealedColumn = {
        let column = SealedColumn.byID(
            "matter_photo_original.picture", in: "matter_photo_original", sealed: "sealed"
        ) { "matter_photo_original.picture/\($0)" }
        return SealedColumn(
            column.name, read: { try column.read($0, $1, $2, min($3, 20)) }, write: column.write)
    }()
}
