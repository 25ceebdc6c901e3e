package import Identity
import Kernel
import Storage

/// The sealed columns of matters, for the rotation of keys.
package enum MattersSealStore {
    package static let columns = [
        SealedColumn.byID("matter_reporter.name", place: { "matter_reporter.name/\($0)" }) { town, after, limit in
            """
            SELECT r.id, r.name_sealed AS sealed FROM matter_reporter r
            WHERE r.town_id = \(town) AND r.id > \(after) AND r.name_sealed IS NOT NULL ORDER BY r.id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE matter_reporter SET name_sealed = \(new) WHERE town_id = \(town) AND id = \(id) AND name_sealed = \(old)"
        },
        SealedColumn.byID("matter_reporter.phone", place: { "matter_reporter.phone/\($0)" }) { town, after, limit in
            """
            SELECT r.id, r.phone_sealed AS sealed FROM matter_reporter r
            WHERE r.town_id = \(town) AND r.id > \(after) AND r.phone_sealed IS NOT NULL ORDER BY r.id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE matter_reporter SET phone_sealed = \(new) WHERE town_id = \(town) AND id = \(id) AND phone_sealed = \(old)"
        },
    ]
}
