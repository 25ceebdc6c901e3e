package import Directory
import Identity
package import Kernel
import Storage

/// One enterprise as its page shows it.
package struct EnterpriseSight: Sendable {
    package let firm: Enterprise
    package let tree: GridTree
    package let maskedPhone: String?
    package let visits: [HomeVisit]
    package let history: [RegisterEvent]
}

package struct ReadEnterprise: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope.
    package func callAsFunction(_ id: ID<Enterprise>, by principal: Principal) async throws -> EnterpriseSight {
        let scope = try principal.scope(for: .readResident)
        return try await desk.database.read { [desk] tx in
            let store = EnterpriseStore(tx, town: principal.town, vault: desk.vault)
            guard let firm = try store.find(id, in: scope) else { throw NotFound() }
            return EnterpriseSight(
                firm: firm, tree: try desk.tree(tx, principal.town), maskedPhone: try store.phone(of: id).map(Masking.phone),
                visits: try VisitStore(tx, town: principal.town, vault: desk.vault).latest(20, of: .enterprise(id)),
                history: try RegisterEventStore(tx, town: principal.town).latest(20, of: [ID(id.uuid)]))
        }
    }
}
