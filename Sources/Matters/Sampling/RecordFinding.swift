import Directory
import Identity
package import Kernel
import Storage

/// Writes down what looking again at a drawn matter found. "Not satisfied" opens the matter again, as every follow-up that says so.
package struct RecordFinding: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameter order: names the matter; its version counts only where the matter is opened again.
    /// - Throws: ``Invalid``, ``NotFound``, ``Forbidden`` `not-above`, `own-handling`, ``Conflict`` `sample-checked`, `not-closed`, `stale`.
    package func callAsFunction(
        _ sample: ID<Sample>, _ order: ActOrder, way: FollowUpWay?, satisfied: Bool?, words: String
    ) async throws {
        var validation = Validation()
        validation.check(way != nil, at: "/way", "required")
        validation.check(way != .ownLink, at: "/way", "not-a-choice")
        validation.check(satisfied != nil, at: "/satisfied", "required")
        let text = validation.text(words, at: "/words", limit: Matter.noteLimit, required: satisfied == false)
        try validation.finish()
        guard let way, let satisfied else { throw Invalid("/satisfied", "required") }
        let finding = Sample.Finding(
            satisfied: satisfied, way: way, words: text, at: desk.ambient.now(), actor: .init(order.principal))
        if try await isDone(sample, order) { return }
        guard !satisfied else {
            return try await desk.database.write { tx in try write(finding, sample, order, tx) }
        }
        var facts = MatterEvent.Facts()
        (facts.way, facts.satisfied, facts.note) = (way, false, text)
        let perform = PerformAct(desk: desk, act: .followUp, kind: .followedUp, opensClosed: true)
        _ = try await perform(order, facts, also: { tx in try write(finding, sample, order, tx) }) { matter, scene in
            matter.stage = StageRules.afterFollowUp(satisfied: false)
            matter.closedAt = nil
            matter.reopened += 1
            matter.outcome = nil
            matter.holder = RoutingRules.afterReopening(matter.reopened, from: matter.holder, path: scene.path)
        }
    }

    private func isDone(_ sample: ID<Sample>, _ order: ActOrder) async throws -> Bool {
        try await desk.database.read { tx in
            guard let finder = try SampleStore(tx, town: order.principal.town).finder(of: order.matter, in: sample) else {
                return false
            }
            guard finder == order.id else { throw Conflict("sample-checked") }
            return true
        }
    }

    private func write(
        _ finding: Sample.Finding, _ id: ID<Sample>, _ order: ActOrder, _ tx: any Transaction
    ) throws {
        let (principal, town) = (order.principal, order.principal.town)
        let store = SampleStore(tx, town: town)
        guard let sample = try store.find(id), sample.lines.contains(where: { $0.matter == order.matter }),
            let matter = try MatterStore(tx, town: town).find(order.matter, for: principal)
        else { throw NotFound() }
        try DrawSample.checkAbove(principal, sample.unit, try desk.tree(tx, town))
        let history = try MatterEventStore(tx, town: town).history(of: order.matter)
        // Those of matters that went into this one, too.
        let handlers = try MatterEventStore(tx, town: town).handlers(of: order.matter)
        try SampleRules.check(
            by: principal.account,
            actors: handlers.union(history.filter { $0.id != order.id }.compactMap(\.actor?.account)))
        // What somebody has opened again meanwhile has not held, whatever was found on the spot.
        if finding.satisfied, matter.stage != .closed { throw Conflict("not-closed") }
        guard try store.add(finding, order.id, of: order.matter, in: id) else { throw Conflict("sample-checked") }
        try AuditTrail(tx).record(
            "matter.sample-finding", by: principal, town: town, subject: order.matter.description,
            detail: ["satisfied": String(finding.satisfied)], address: order.address, ambient: desk.ambient)
    }
}
