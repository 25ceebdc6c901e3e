import Foundation
import Identity
package import Kernel
import Storage

/// One line of the history of a village's point system, appended and never edited (design.md rule 5). 积分大事记
package struct PointsEvent: Sendable, Hashable {
    /// Given by whoever asked, so that a retry happens once.
    package let id: ID<PointsEvent>
    package let village: ID<GridNode>
    package let at: Instant
    package let account: ID<AccountNode>?
    package let post: String
    /// What was done, such as `round.open`; the catalogue has its words as `identity.act.points.…`.
    package let act: String
    package let subject: ID<PointsEvent.Subject>
    /// Ids, days and numbers, never personal data.
    package let detail: [String: String]

    /// Any record of this room.
    package enum Subject {}
}

/// What every change besides the ledger does: happen once, and be written down.
struct PointsChange {
    let tx: any Transaction
    let principal: Principal
    let request: ID<PointsEvent>
    let ambient: Ambient

    var town: ID<Town> { principal.town }

    init(_ tx: any Transaction, by principal: Principal, _ request: ID<PointsEvent>, _ ambient: Ambient) {
        self.tx = tx
        self.principal = principal
        self.request = request
        self.ambient = ambient
    }

    /// The id of a record that this request makes.
    func newID<Kind>(_ kind: Kind.Type = Kind.self) -> ID<Kind> { ID(request.uuid) }

    /// Whether this very request has been carried out before.
    /// - Throws: ``Conflict`` when its id came with other contents.
    func isDone<Kind>(_ act: String, _ subject: ID<Kind>, _ detail: [String: String]) throws -> Bool {
        guard let known = try PointsEventStore(tx, town: town).find(request) else { return false }
        guard known.act == act, known.subject.uuid == subject.uuid, known.detail == detail else {
            throw Conflict("request-reused")
        }
        return true
    }

    /// Writes the history and the audit log.
    func record<Kind>(_ act: String, _ subject: ID<Kind>, village: ID<GridNode>, _ detail: [String: String] = [:]) throws {
        try PointsEventStore(tx, town: town).append(
            PointsEvent(
                id: request, village: village, at: ambient.now(), account: principal.account, post: principal.post, act: act,
                subject: ID(subject.uuid), detail: detail))
        try AuditTrail(tx).record(
            "points.\(act)", by: principal, town: town, subject: subject.description, detail: detail, ambient: ambient)
    }
}
