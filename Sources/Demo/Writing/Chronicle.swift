import Directory
import Identity
import Kernel
import Storage

/// Writes down what was done to the directory as the use cases do: one line of history and one audit entry each.
struct Chronicle {
    private let tx: any Transaction
    private let town: ID<Town>
    private let principal: Principal
    private let ambient: Ambient

    /// - Parameter principal: whoever is taken to have done it.
    init(_ tx: any Transaction, by principal: Principal, ambient: Ambient) {
        self.tx = tx
        self.principal = principal
        self.ambient = ambient
        town = principal.town
    }

    /// - Parameter event: nil for a record that the act made, whose id is also the event's.
    func record<Kind>(
        _ act: String, _ subject: ID<Kind>, grid: ID<GridNode>?, _ detail: [String: String?], event: ID<DirectoryEvent>? = nil,
        at instant: Instant
    ) throws {
        let facts = detail.compactMapValues(\.self)
        try DirectoryEventStore(tx, town: town).append(
            DirectoryEvent(
                id: event ?? ID(subject.uuid), at: instant, account: principal.account, post: principal.post, act: act,
                subject: ID(subject.uuid),
                grid: grid, detail: facts))
        try AuditTrail(tx).record(
            "directory.\(act)", by: principal, town: town, subject: subject.description, detail: facts,
            ambient: ambient.at(instant))
    }

    func newEvent(at instant: Instant) -> ID<DirectoryEvent> { ambient.at(instant).newID() }
}
