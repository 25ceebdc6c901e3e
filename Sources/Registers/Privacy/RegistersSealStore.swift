import Directory
package import Identity
import Kernel
import Storage

/// The sealed columns of the registers, for the rotation of keys.
package enum RegistersSealStore {
    package static let columns = [
        SealedColumn.byID("register_value", in: "register_value", id: "event_id", sealed: "sealed") {
            RegisterEventStore.place(.init($0.uuid))
        },
        SealedColumn.byID("care_mark.note", in: "care_mark", sealed: "note_sealed") { CareStore.place(.init($0.uuid)) },
        SealedColumn.byID("visit.note", in: "visit", sealed: "note_sealed") { VisitStore.place(.init($0.uuid)) },
        SealedColumn.byID("enterprise.phone", in: "enterprise", sealed: "phone_sealed") { EnterpriseStore.place(.init($0.uuid)) },
        SealedColumn.byID("property.phone", in: "property", sealed: "phone_sealed") { PropertyStore.place(.init($0.uuid)) },
    ]
}
