package import Identity
package import Kernel
package import Storage

/// Founds a town that has nothing yet: its record, and somebody in the town office who can open villages and appoint. 建镇
///
/// Runs inside a transaction of the caller, who adds what other rooms give a new town.
package struct SetUpTown {
    private let tx: any Transaction
    private let principal: Principal
    private let vault: Vault
    private let ambient: Ambient

    package init(_ tx: any Transaction, by principal: Principal, vault: Vault, ambient: Ambient) {
        self.tx = tx
        self.principal = principal
        self.vault = vault
        self.ambient = ambient
    }

    /// - Parameters:
    ///   - officer: the name of who holds the first post in the town office, from today on.
    ///   - phone: their telephone number, if it is known.
    /// - Returns: the officer.
    /// - Throws: ``Invalid`` with everything ``TownRules`` finds.
    package func callAsFunction(_ town: TownRecord, officer: String, phone: String?) throws -> Person {
        let towns = TownStore(tx)
        var validation = Validation()
        let name = validation.text(officer, at: "/officer", limit: 40)
        validation.check(phone.map(Phone.isDialable) ?? true, at: "/phone", "not-a-phone")
        let faults = TownRules.faults(in: town, beside: try towns.all()) + validation.faults
        guard faults.isEmpty else { throw Invalid(faults) }
        try towns.insert(town)
        let now = ambient.now()
        let person = Person(id: ambient.newID(), name: name)
        let sealed = try phone.map { try SealedPhone($0, of: person.id, vault) }
        try PersonStore(tx, town: town.id).insert(person, phone: sealed, at: now)
        let post = Post(id: ambient.newID(), person: person.id, kind: .townOffice, grid: nil, from: now.day())
        try PostStore(tx, town: town.id).insert(post)
        try record(
            "town.setup", ID<Town>(town.id.uuid), ["code": "\(town.codeSystem) \(town.code)", "nameZh": town.nameZh], town.id)
        try record("post.appoint", post.id, ["person": person.id.description, "kind": post.kind.rawValue], town.id)
        return person
    }

    private func record<Kind>(_ act: String, _ subject: ID<Kind>, _ detail: [String: String], _ town: ID<Town>) throws {
        try DirectoryEventStore(tx, town: town).append(
            DirectoryEvent(
                id: ambient.newID(), at: ambient.now(), account: nil, post: principal.post, act: act, subject: ID(subject.uuid),
                grid: nil, detail: detail))
        try AuditTrail(tx).record(
            "directory.\(act)", by: principal, town: town, subject: subject.description, detail: detail, ambient: ambient)
    }
}
