package import Identity
import Kernel
import Storage

/// The sealed columns of the directory, for the rotation of keys.
package enum PeopleSealStore {
    package static let columns = [
        SealedColumn.byID("person.phone", place: { SealedPhone.place(.init($0.uuid)) }) { town, after, limit in
            """
            SELECT p.id, p.phone_sealed AS sealed FROM person p
            WHERE p.town_id = \(town) AND p.id > \(after) AND p.phone_sealed IS NOT NULL ORDER BY p.id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE person SET phone_sealed = \(new) WHERE town_id = \(town) AND id = \(id) AND phone_sealed = \(old)"
        },
        SealedColumn.byID("person.document", place: { SealedDocument.place(.init($0.uuid)) }) { town, after, limit in
            """
            SELECT p.id, p.document_sealed AS sealed FROM person p
            WHERE p.town_id = \(town) AND p.id > \(after) AND p.document_sealed IS NOT NULL ORDER BY p.id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE person SET document_sealed = \(new) WHERE town_id = \(town) AND id = \(id) AND document_sealed = \(old)"
        },
        SealedColumn.byID("further_phone.number", place: { SealedPhones.place(.init($0.uuid)) }) { town, after, limit in
            """
            SELECT f.id, f.sealed FROM further_phone f WHERE f.town_id = \(town) AND f.id > \(after) ORDER BY f.id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE further_phone SET sealed = \(new) WHERE town_id = \(town) AND id = \(id) AND sealed = \(old)"
        },
    ]
}
