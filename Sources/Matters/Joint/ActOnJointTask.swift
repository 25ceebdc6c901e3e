import Directory
import Identity
package import Kernel
import Storage

/// What every act on a joint task says besides its words.
package struct JointOrder: Sendable {
    /// Made by whoever acts, so that a retry writes once.
    package let id: ID<JointEvent>
    package let task: ID<JointTask>
    /// The version that the actor saw.
    package let version: Int
    package let principal: Principal
    package let address: String?
    package let photos: [MatterPhoto.Files]
    package let faults: [Fault]

    package init(
        id: ID<JointEvent>, task: ID<JointTask>, version: Int, by principal: Principal, address: String? = nil,
        photos: [MatterPhoto.Files] = [], faults: [Fault] = []
    ) {
        (self.id, self.task, self.version, self.principal) = (id, task, version, principal)
        (self.address, self.photos, self.faults) = (address, photos, faults)
    }
}

/// The unit takes, refuses or finishes a task; whoever asked confirms, sends back, insists or withdraws.
package struct ActOnJointTask: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` `required`, ``NotFound`` out of reach, ``Forbidden``, ``Conflict`` `stale`, `request-reused` or by
    ///   ``JointRules/after(_:_:)``.
    @discardableResult
    package func callAsFunction(_ act: JointAct, _ order: JointOrder, words: String) async throws -> JointTask {
        var validation = Validation()
        for fault in order.faults { validation.check(false, at: fault.pointer, fault.code, fault.values) }
        let text = validation.text(words, at: "/words", limit: Matter.noteLimit, required: JointRules.needsWords(act))
        try validation.finish()
        let (desk, principal) = (desk, order.principal)
        let scope = try principal.scope(for: act.isUnits ? .answerForUnit : .routeMatter)
        let digest = desk.digest([act.rawValue, order.task.description, text])
        return try await desk.database.write { tx in
            let town = principal.town
            let store = JointStore(tx, town: town)
            let now = desk.ambient.now()
            let sight: JointStore.Sight = act.isUnits ? .unit(principal, now.day()) : .staff(principal)
            guard let before = try store.find(order.task, sight)?.task else { throw NotFound() }
            if let done = try store.acted(order.id) {
                guard done.task == order.task, done.digest == digest else { throw Conflict("request-reused") }
                return before
            }
            guard before.version == order.version else { throw Conflict("stale") }
            var (after, events) = (before, try store.events(of: before.id))
            if !act.isUnits {
                try JointRules.checkAsker(act, scope, before, by: principal.account, workers: JointRules.workers(events))
            }
            let state = try JointRules.after(act, before)
            let clock = JointClock(
                desk: desk, tx: tx, town: town, timing: try desk.treeAndTiming(tx, town).1, now: now)
            // What the clock has brought about comes first, as if the sweep had run in time.
            try clock.settle(&after, &events)
            after.state = state
            after.version += 1
            after.wasInsisted = after.wasInsisted || act == .insist
            let event = JointEvent(
                id: order.id, task: after.id, kind: JointRules.event(act), at: now, actor: .init(principal), words: text,
                version: after.version)
            clock.note(&after, events + [event])
            guard try store.update(after, from: before.version) else { throw Conflict("stale") }
            _ = try store.add(event, digest: digest)
            try store.add(order.photos, to: event, ids: order.photos.map { _ in desk.ambient.newID() })
            try AuditTrail(tx).record(
                "joint.\(act.rawValue)", by: principal, town: town, subject: after.id.description,
                detail: ["state": after.state.rawValue], address: order.address, ambient: desk.ambient)
            return after
        }
    }
}
