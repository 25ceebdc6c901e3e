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
        let scope = try principal.scope(for: .revealResident)
        let reason = try Self.reason(reason)
        return try await desk.database.write { [desk] tx in
            let people = PersonRecordStore(tx, town: principal.town)
            guard let person = try people.find(id, in: scope, on: desk.today), let open = try people.open([id], desk.vault)[id]
            else {
                throw NotFound()
            }
            try AuditTrail(tx).record(
                "registers.person.reveal", by: principal, town: principal.town, subject: id.description,
                detail: ["reason": reason], address: address, ambient: desk.ambient)
            return (person, open)
        }
    }

    /// An enterprise's telephone.
    package func callAsFunction(
        _ id: ID<Enterprise>, by principal: Principal, reason: String, address: String? = nil
    ) async throws -> (firm: Enterprise, phone: String?) {
        let scope = try principal.scope(for: .revealResident)
        let reason = try Self.reason(reason)
        return try await desk.database.write { [desk] tx in
            let store = EnterpriseStore(tx, town: principal.town, vault: desk.vault)
            guard let firm = try store.find(id, in: scope) else { throw NotFound() }
            try AuditTrail(tx).record(
                "registers.enterprise.reveal", by: principal, town: principal.town, subject: id.description,
                detail: ["reason": reason], address: address, ambient: desk.ambient)
            return (firm, try store.phone(of: id))
        }
    }

    /// The telephone of a property's owner.
    package func callAsFunction(
        _ id: ID<Property>, by principal: Principal, reason: String, address: String? = nil
    ) async throws -> (property: Property, phone: String?) {
        let scope = try principal.scope(for: .revealResident)
        let reason = try Self.reason(reason)
        return try await desk.database.write { [desk] tx in
            let store = PropertyStore(tx, town: principal.town, vault: desk.vault)
            guard let property = try store.find(id, in: scope) else { throw NotFound() }
            try AuditTrail(tx).record(
                "registers.property.reveal", by: principal, town: principal.town, subject: id.description,
                detail: ["reason": reason], address: address, ambient: desk.ambient)
            return (property, try store.phone(of: id))
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
