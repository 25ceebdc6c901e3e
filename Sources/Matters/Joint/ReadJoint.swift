import Directory
import Kernel
import Storage

/// A joint task with its history, its pictures and its clock, and what the reader may do now.
struct JointSight: Sendable {
    let brief: JointBrief
    let events: [JointEvent]
    /// Of the matter, as far as the unit may see them.
    let chosen: [MatterPhoto]
    let evidence: [ID<JointEvent>: [(id: ID<MatterPhoto>, files: MatterPhoto.Files)]]
    let clocks: [MatterClock]
    let timing: TownTiming
    let acts: Set<JointAct>
}

/// Reads joint tasks, for the staff and for the units.
struct ReadJoint: Sendable {
    let desk: MatterDesk

    /// - Throws: ``NotFound`` out of the reader's reach.
    func callAsFunction(_ id: ID<JointTask>, _ sight: JointStore.Sight, by principal: Principal) async throws -> JointSight {
        try await desk.database.read { tx in
            let store = JointStore(tx, town: principal.town)
            guard let brief = try store.find(id, sight) else { throw NotFound() }
            let events = try store.events(of: id)
            let timing = try desk.treeAndTiming(tx, principal.town).1
            let clock = JointClock(desk: desk, tx: tx, town: principal.town, timing: timing, now: desk.ambient.now())
            return JointSight(
                brief: brief, events: events, chosen: try store.chosen(for: id), evidence: try store.evidence(of: id),
                clocks: clock.clocks(brief.task, events), timing: timing, acts: Self.acts(brief.task, sight, events, principal))
        }
    }

    /// By the same rules that the use case asks.
    private static func acts(
        _ task: JointTask, _ sight: JointStore.Sight, _ events: [JointEvent], _ principal: Principal
    ) -> Set<JointAct> {
        let possible = JointAct.allCases.filter { (try? JointRules.after($0, task)) != nil }
        switch sight {
        case .unit: return Set(possible.filter(\.isUnits))
        case .staff:
            guard let scope = principal.grants[.routeMatter] else { return [] }
            let workers = JointRules.workers(events)
            return Set(
                possible.filter { act in
                    !act.isUnits
                        && (try? JointRules.checkAsker(act, scope, task, by: principal.account, workers: workers)) != nil
                })
        }
    }

    /// A picture that somebody may see with a task: one of the matter's that was chosen, or one that the unit has given.
    /// - Throws: ``NotFound``.
    func picture(
        _ photo: ID<MatterPhoto>, of id: ID<JointTask>, _ sight: JointStore.Sight, town: ID<Town>
    ) async throws -> MatterPhoto.Files {
        try await desk.database.read { tx in
            let store = JointStore(tx, town: town)
            guard try store.find(id, sight) != nil else { throw NotFound() }
            if let chosen = try store.chosen(for: id).first(where: { $0.id == photo }) { return chosen.files }
            let given = try store.evidence(of: id).values.joined().first { $0.id == photo }
            guard let given else { throw NotFound() }
            return given.files
        }
    }
}
