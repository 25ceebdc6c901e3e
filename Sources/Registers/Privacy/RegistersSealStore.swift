import Directory
package import Identity
import Kernel
import Storage

/// The sealed columns of the registers, for the rotation of keys.
package enum RegistersSealStore {
    package static let columns = [
        SealedColumn.byID("register_value", place: { RegisterEventStore.place(.init($0.uuid)) }) { town, after, limit in
            """
            SELECT v.event_id AS id, v.sealed FROM register_value v
            WHERE v.town_id = \(town) AND v.event_id > \(after) ORDER BY v.event_id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE register_value SET sealed = \(new) WHERE town_id = \(town) AND event_id = \(id) AND sealed = \(old)"
        },
        SealedColumn.byID("care_mark.note", place: { CareStore.place(.init($0.uuid)) }) { town, after, limit in
            """
            SELECT m.id, m.note_sealed AS sealed FROM care_mark m
            WHERE m.town_id = \(town) AND m.id > \(after) AND m.note_sealed IS NOT NULL ORDER BY m.id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE care_mark SET note_sealed = \(new) WHERE town_id = \(town) AND id = \(id) AND note_sealed = \(old)"
        },
        SealedColumn.byID("visit.note", place: { VisitStore.place(.init($0.uuid)) }) { town, after, limit in
            """
            SELECT v.id, v.note_sealed AS sealed FROM visit v
            WHERE v.town_id = \(town) AND v.id > \(after) AND v.note_sealed IS NOT NULL ORDER BY v.id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE visit SET note_sealed = \(new) WHERE town_id = \(town) AND id = \(id) AND note_sealed = \(old)"
        },
        SealedColumn.byID("enterprise.phone", place: { EnterpriseStore.place(.init($0.uuid)) }) { town, after, limit in
            """
            SELECT e.id, e.phone_sealed AS sealed FROM enterprise e
            WHERE e.town_id = \(town) AND e.id > \(after) AND e.phone_sealed IS NOT NULL ORDER BY e.id LIMIT \(limit)
            """
        } update: { town, id, old, new in
            "UPDATE enterprise SET phone_sealed = \(new) WHERE town_id = \(town) AND id = \(id) AND phone_sealed = \(old)"
        },
    ]
}
