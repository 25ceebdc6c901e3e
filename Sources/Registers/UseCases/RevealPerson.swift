package import Directory
import Identity
package import Kernel
import Storage

/// Shows one person's document and telephones to somebody who gives a reason; every time is recorded (design.md rule 7). 查看
package struct RevealPerson: Sendable {
    private let desk: RegisterDesk
    package static let reasonLimit = 200

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` without a reason, ``NotFound`` out of scope.
    package func callAsFunction(
        _ id: ID<PersonNode>, by principal: Principal, reason: String, address: String? = nil
    ) async throws -> (person: PersonRecord, open: OpenPerson) {
        try await reveal("person", id.description, by: principal, reason, address) { [desk] tx, scope in
            let people = PersonRecordStore(tx, town: principal.town)
            guard let person = try people.find(id, in: scope, on: desk.today), let open = try people.open([id], desk.vault)[id]
            else { return nil }
            return (person, open)
        }
    }

    /// An enterprise's telephone.
    package func callAsFunction(
        _ id: ID<Enterprise>, by principal: Principal, reason: String, address: String? = nil
    ) async throws -> (firm: Enterprise, phone: String?) {
        try await reveal("enterprise", id.description, by: principal, reason, address) { [desk] tx, scope in
            let store = EnterpriseStore(tx, town: principal.town, vault: desk.vault)
            return try store.find(id, in: scope).map { ($0, try store.phone(of: id)) }
        }
    }

    /// The telephone of a property's owner.
    package func callAsFunction(
        _ id: ID<Property>, by principal: Principal, reason: String, address: String? = nil
    ) async throws -> (property: Property, phone: String?) {
        try await reveal("property", id.description, by: principal, reason, address) { [desk] tx, scope in
            let store = PropertyStore(tx, town: principal.town, vault: desk.vault)
            return try store.find(id, in: scope).map { ($0, try store.phone(of: id)) }
        }
    }

    /// - Parameter find: nil for what is out of reach.
    private func reveal<Shown: Sendable>(
        _ kind: String, _ subject: String, by principal: Principal, _ reason: String, _ address: String?,
        _ find: @escaping @Sendable (any Transaction, Scope) throws -> Shown?
    ) async throws -> Shown {
        let scope = try principal.scope(for: .revealResident)
        let reason = try Self.reason(reason)
        return try await desk.database.write { [desk] tx in
            guard let shown = try find(tx, scope) else { throw NotFound() }
            try AuditTrail(tx).record(
                "registers.\(kind).reveal", by: principal, town: principal.town, subject: subject, detail: ["reason": reason],
                address: address, ambient: desk.ambient)
            return shown
        }
    }

    /// - Throws: ``Invalid`` `reason-required` or `too-long`.
    static func reason(_ text: String) throws(Invalid) -> String {
        let reason = text.trimmed
        guard !reason.isEmpty else { throw Invalid("/reason", "reason-required") }
        guard reason.count <= reasonLimit else { throw Invalid("/reason", "too-long", ["limit": String(reasonLimit)]) }
        return reason
    }
}
