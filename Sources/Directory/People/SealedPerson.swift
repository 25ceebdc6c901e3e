package import Identity
package import Kernel

/// A document as it is stored: unreadable, and with a mark by which the same number is found again.
package struct SealedDocument: Sendable {
    package let kind: DocumentKind
    let sealed: [UInt8]
    package let mark: String

    /// - Throws: what ``Vault/seal(_:for:)`` throws.
    package init(_ document: Document, of person: ID<PersonNode>, _ vault: Vault) throws {
        kind = document.kind
        sealed = try vault.seal(document.number, for: Self.place(person))
        mark = Self.mark(document.number, vault)
    }

    /// Numbers of all kinds share one space: a citizen's number is the same person whatever the kind was taken for.
    package static func mark(_ number: String, _ vault: Vault) -> String { vault.mark(number, kind: "document") }
    package static func place(_ person: ID<PersonNode>) -> String { "person.document \(person)" }
}

/// The telephones of one person, the first of them the one to call.
package struct SealedPhones: Sendable {
    /// In the `person` row itself, where the posts' directory reads it.
    let first: SealedPhone?
    let others: [(id: ID<PersonPhone>, sealed: [UInt8], mark: String)]
    package let digits: [String]

    /// - Parameter newID: for the second and further numbers.
    package init(
        _ phones: [Telephone], of person: ID<PersonNode>, _ vault: Vault, newID: () -> ID<PersonPhone>
    ) throws {
        digits = phones.map(\.digits)
        first = try phones.first.map { try SealedPhone($0.digits, of: person, vault) }
        others = try phones.dropFirst().map { phone in
            let id = newID()
            return (id, try vault.seal(phone.digits, for: Self.place(id)), SealedPhone.mark(phone.digits, vault))
        }
    }

    static func place(_ phone: ID<PersonPhone>) -> String { "further_phone.number \(phone)" }
}

/// One further telephone of somebody.
package enum PersonPhone {}

/// What is sealed of one person, in clear. Only use cases that mask it or log the reveal hold one.
package struct OpenPerson: Sendable, Hashable {
    package let document: String?
    package let phones: [String]

    package init(document: String?, phones: [String]) {
        self.document = document
        self.phones = phones
    }
}
