package import Identity
package import Kernel
package import Storage

/// Enters a person, once: whoever is known by the same name and number already stays the same person (design.md rule 3).
package struct RegisterPerson: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault

    package init(database: any Database, ambient: Ambient, vault: Vault) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
    }

    /// - Parameter request: the id a new person gets; a retry with the same one enters once.
    /// - Returns: the person's id, or the id of the one known already.
    /// - Throws: ``Forbidden`` without the permission to appoint anywhere, ``Invalid`` for a bad name or number.
    @discardableResult
    package func callAsFunction(
        name: String, phone: String?, by principal: Principal, request: ID<DirectoryEvent>
    ) async throws -> ID<PersonNode> {
        _ = try principal.scope(for: .postAppoint)
        return try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            guard let person = try Self.person(.named(name, phone: phone), change, vault) else { throw NotFound() }
            let isNew = person.uuid == request.uuid
            if isNew, try !change.isDone("person.register", person, [:]) {
                try change.record("person.register", person, grid: nil, [:])
            }
            return person
        }
    }

    /// The person's id, after entering them if need be; nil when an id is not one of this town.
    static func person(_ who: Appointment.Appointee, _ change: DirectoryChange, _ vault: Vault) throws -> ID<PersonNode>? {
        let store = PersonStore(change.tx, town: change.town)
        switch who {
        case .known(let id): return try store.find(id)?.id
        case .named(let rawName, let rawPhone):
            var validation = Validation()
            let name = validation.text(rawName, at: "/name", limit: 40)
            let phone = (rawPhone ?? "").trimmed
            validation.check(phone.isEmpty || Phone.isDialable(phone), at: "/phone", "not-a-phone")
            try validation.finish()
            if !phone.isEmpty, let known = try store.find(named: name, phone: phone, vault) { return known.id }
            let id = change.newID(PersonNode.self)
            if try store.find(id) != nil { return id }
            let sealed = phone.isEmpty ? nil : try SealedPhone(phone, of: id, vault)
            try store.insert(Person(id: id, name: name), phone: sealed, at: change.ambient.now())
            return id
        }
    }
}
