package import Identity
import Kernel
import Storage

/// The sealed columns of the directory, for the rotation of keys.
package enum PeopleSealStore {
    package static let columns = [
        SealedColumn.byID("person.phone", in: "person", sealed: "phone_sealed") { SealedPhone.place(.init($0.uuid)) },
        SealedColumn.byID("person.document", in: "person", sealed: "document_sealed") { SealedDocument.place(.init($0.uuid)) },
        SealedColumn.byID("further_phone.number", in: "further_phone", sealed: "sealed") { SealedPhones.place(.init($0.uuid)) },
    ]
}
