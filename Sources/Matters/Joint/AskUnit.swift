import Directory
import Identity
package import Kernel
import Storage

/// What a unit is to be asked.
package struct JointRequest: Sendable {
    /// The task's id, so that a retry asks once.
    package let id: ID<JointTask>
    package let matter: ID<Matter>
    package let unit: ID<JointUnit>?
    package let asked: String
    package let reason: String
    /// As ``TimeLimit`` reads it; empty for the unit's usual one.
    package let limit: String
    package let photos: [ID<MatterPhoto>]

    package init(
        id: ID<JointTask>, matter: ID<Matter>, unit: ID<JointUnit>?, asked: String, reason: String, limit: String = "",
        photos: [ID<MatterPhoto>] = []
    ) {
        (self.id, self.matter, self.unit, self.asked, self.reason) = (id, matter, unit, asked, reason)
        (self.limit, self.photos) = (limit, photos)
    }

    fileprivate var fields: [String] {
        [matter.description, unit?.description ?? "", asked, reason, limit] + photos.map(\.description).sorted()
    }
}

/// Asks a unit outside the grids for help with a matter 吹哨、协办. The matter itself stays where it is.
package struct AskUnit: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``Invalid``, ``NotFound`` for a matter out of reach, ``Forbidden`` `not-the-holder` or `not-level-one`, ``Conflict``
    ///   `closed` or `request-reused`.
    package func callAsFunction(
        _ request: JointRequest, by principal: Principal, address: String? = nil
    ) async throws -> JointTask {
        let scope = try principal.scope(for: .routeMatter)
        let (desk, town) = (desk, principal.town)
        let digest = desk.digest(request.fields)
        return try await desk.database.write { tx in
            let store = JointStore(tx, town: town)
            guard let matter = try MatterStore(tx, town: town).find(request.matter, for: principal) else { throw NotFound() }
            if let made = try store.made(by: request.id) {
                guard made.digest == digest else { throw Conflict("request-reused") }
                return made.task
            }
            let (tree, timing) = try desk.treeAndTiming(tx, town)
            try ActorRules.checkHolder(scope, holderPath: tree.holderPath(matter.holder))
            let asker = try JointRules.asker(scope, village: matter.place.village)
            guard matter.stage.isOpen else { throw Conflict("closed") }
            let (unit, limit) = try Self.check(request, tx, town)
            var task = JointTask(
                id: request.id, matter: matter.id, unit: unit.id, asked: request.asked.trimmed, reason: request.reason.trimmed,
                respondWithin: unit.respondWithin, finishWithin: limit, asker: asker, at: desk.ambient.now())
            let event = JointEvent(
                id: ID(task.id.uuid), task: task.id, kind: .asked, at: task.at, actor: .init(principal), version: 1)
            JointClock(desk: desk, tx: tx, town: town, timing: timing, now: task.at).note(&task, [event])
            try store.insert(task, event, digest: digest)
            try store.choose(request.photos, for: task.id)
            try AuditTrail(tx).record(
                "joint.ask", by: principal, town: town, subject: task.id.description,
                detail: ["matter": matter.id.description, "unit": unit.id.description], address: address, ambient: desk.ambient)
            return task
        }
    }

    /// Asks as a routing rule says, within the report's own transaction and without waiting for it.
    static func byRule(_ rule: RoutingRule, _ unit: JointUnit, for matter: Matter, _ clock: JointClock) throws {
        var task = JointTask(
            id: clock.desk.ambient.newID(), matter: matter.id, unit: unit.id, asked: rule.asked, reason: rule.name,
            respondWithin: unit.respondWithin, finishWithin: unit.finishWithin,
            asker: Holder(grid: matter.place.village, level: 1), at: matter.reportedAt)
        let event = JointEvent(
            id: ID(task.id.uuid), task: task.id, kind: .asked, at: task.at, actor: nil, words: rule.title, version: 1)
        clock.note(&task, [event])
        try JointStore(clock.tx, town: clock.town).enqueue(task, event)
    }

    private static func check(_ request: JointRequest, _ tx: any Transaction, _ town: ID<Town>) throws -> (JointUnit, TimeLimit) {
        var validation = Validation()
        let unit = try request.unit.flatMap { try UnitStore(tx, town: town).find($0) }
        validation.check(request.unit != nil, at: "/unit", "required")
        validation.check(request.unit == nil || unit?.isRetired == false, at: "/unit", "not-a-choice")
        let others = try JointStore(tx, town: town).tasks(of: request.matter)
        let isAsked = others.contains { $0.task.unit == request.unit && $0.task.state.isOpen }
        validation.check(!isAsked, at: "/unit", "unit-asked")
        _ = validation.text(request.asked, at: "/asked", limit: Matter.noteLimit)
        _ = validation.text(request.reason, at: "/reason", limit: Matter.noteLimit)
        let text = request.limit.trimmed
        let limit = text.isEmpty ? unit?.finishWithin : TimeLimit(text)
        validation.check(text.isEmpty || limit != nil, at: "/limit", "time-limit")
        let known = Set(try MatterPhotoStore(tx, town: town).photos(of: request.matter).map(\.id))
        validation.check(known.isSuperset(of: request.photos), at: "/photos", "not-a-choice")
        try validation.finish()
        guard let unit, let limit else { throw Invalid("/unit", "required") }
        return (unit, limit)
    }
}
