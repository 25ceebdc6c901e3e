import Identity
import Kernel
import Storage

/// What every change of the registers does besides the change itself: happen once, and be written down.
struct RegisterChange {
    let tx: any Transaction
    let desk: RegisterDesk
    let principal: Principal
    let request: ID<RegisterEvent>
    let act: String
    let digest: String

    var town: ID<Town> { principal.town }
    var history: RegisterEventStore { RegisterEventStore(tx, town: town) }
    /// The id of a record that this request makes.
    func newID<Kind>(_ kind: Kind.Type = Kind.self) -> ID<Kind> { ID(request.uuid) }

    /// - Parameter says: everything the request says; kept as a keyed hash only.
    init(
        _ tx: any Transaction, _ desk: RegisterDesk, by principal: Principal, _ request: ID<RegisterEvent>, _ act: String,
        says: [String?]
    ) {
        self.tx = tx
        self.desk = desk
        self.principal = principal
        self.request = request
        self.act = act
        digest = desk.digest([act] + says)
    }

    /// Whether this very request has been carried out before.
    /// - Throws: ``Conflict`` when its id came with other contents.
    func isDone() throws -> Bool {
        guard let known = try history.find(request) else { return false }
        guard known.digest == digest else { throw Conflict("request-reused") }
        return true
    }

    /// Writes the history and the audit log.
    /// - Parameters:
    ///   - detail: ids, days and names of fields, never personal data.
    ///   - replaced: what the change replaced, by field; sealed.
    func record<Kind>(
        _ subject: ID<Kind>, grid: ID<GridNode>?, _ detail: [String: String?] = [:], replaced: [String: String] = [:]
    ) throws {
        let facts = detail.compactMapValues(\.self)
        let event = RegisterEvent(
            id: request, at: desk.ambient.now(), account: principal.account, post: principal.post, act: act,
            subject: ID(subject.uuid), grid: grid, detail: facts, digest: digest)
        try history.append(event)
        if !replaced.isEmpty { try history.keep(replaced, replacedBy: event, desk.vault) }
        try AuditTrail(tx).record(
            "registers.\(act)", by: principal, town: town, subject: subject.description, detail: facts, ambient: desk.ambient)
    }
}
