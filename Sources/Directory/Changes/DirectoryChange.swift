import Identity
import Kernel
import Storage

/// What every change of the directory does besides the change itself: take its turn, happen once, and be written down.
struct DirectoryChange {
    let tx: any Transaction
    let principal: Principal
    let request: ID<DirectoryEvent>
    let ambient: Ambient

    var town: ID<Town> { principal.town }
    /// The id of a record that this request makes.
    func newID<Kind>(_ kind: Kind.Type = Kind.self) -> ID<Kind> { ID(request.uuid) }

    /// Waits for other changes of the same town and makes every process forget its tree.
    init(_ tx: any Transaction, by principal: Principal, _ request: ID<DirectoryEvent>, _ ambient: Ambient) throws {
        self.tx = tx
        self.principal = principal
        self.request = request
        self.ambient = ambient
        try GridStore(tx, town: principal.town).bumpVersion(random: ambient.random())
    }

    /// A change that is a part of this one and has a line of its own in the history.
    func further() throws -> DirectoryChange { try DirectoryChange(tx, by: principal, ambient.newID(), ambient) }

    /// Whether this very request has been carried out before.
    /// - Throws: ``Conflict`` when its id came with other contents.
    func isDone<Kind>(_ act: String, _ subject: ID<Kind>, _ detail: [String: String]) throws -> Bool {
        guard let known = try DirectoryEventStore(tx, town: town).find(request) else { return false }
        guard known.act == act, known.subject.uuid == subject.uuid, known.detail == detail else {
            throw Conflict("request-reused")
        }
        return true
    }

    /// Refuses a change whose maker had an older state before them.
    /// - Parameter seen: nil when they were shown none, such as from the console.
    /// - Throws: ``Invalid`` `changed-meanwhile` for the form as a whole.
    func check<Kind>(_ seen: Sighting?, _ act: String, _ subject: ID<Kind>) throws {
        guard let seen else { return }
        let now = try DirectoryEventStore(tx, town: town).sighting(of: act, on: subject)
        guard now == seen else { throw Invalid("", "changed-meanwhile") }
    }

    /// Writes the history and the audit log. A detail holds ids, days and words about grids, never personal data.
    func record<Kind>(_ act: String, _ subject: ID<Kind>, grid: ID<GridNode>?, _ detail: [String: String]) throws {
        try DirectoryEventStore(tx, town: town).append(
            DirectoryEvent(
                id: request, at: ambient.now(), account: principal.account, post: principal.post, act: act,
                subject: ID(subject.uuid),
                grid: grid, detail: detail))
        try AuditTrail(tx).record(
            "directory.\(act)", by: principal, town: town, subject: subject.description, detail: detail, ambient: ambient)
    }
}

extension Dictionary where Key == String, Value == String {
    /// Without what is not known.
    init(known facts: KeyValuePairs<String, String?>) {
        self.init(facts.compactMap { key, value in value.map { (key, $0) } }) { first, _ in first }
    }
}
