package import Kernel

/// Who may ask a unit outside the grids, what may be done with a joint task in which state, and what its clock goes by
/// (domain.md F19, §2.12, §4 row 6).
package enum JointRules {
    /// For whom somebody asks: the village where they reach all of it, the town where they reach that. Lower levels pass a matter up
    /// instead.
    /// - Throws: ``Forbidden`` `not-level-one`.
    package static func asker(_ scope: Scope, village: ID<GridNode>) throws(Forbidden) -> Holder {
        if scope == .town { return .town }
        guard scope.covers([village]) else { throw Forbidden("not-level-one") }
        return Holder(grid: village, level: 1)
    }

    /// Answers go back to the level that asked, or above it. Only the town office asks again after a refusal, and nobody confirms what
    /// they have done themselves.
    /// - Parameter workers: who acted for the unit.
    /// - Throws: ``Forbidden`` `not-the-asker`, `town-insists` or `own-joint`.
    package static func checkAsker(
        _ act: JointAct, _ scope: Scope, _ task: JointTask, by account: ID<AccountNode>, workers: Set<ID<AccountNode>>
    ) throws(Forbidden) {
        guard scope == .town || task.asker.grid.map({ scope.covers([$0]) }) ?? false else { throw Forbidden("not-the-asker") }
        if act == .insist, scope != .town { throw Forbidden("town-insists") }
        if act == .confirm, workers.contains(account) { throw Forbidden("own-joint") }
    }

    /// The state that an act leads to. A unit may refuse once, with a reason; what the town office asks again it has to take.
    /// - Throws: ``Conflict`` `insisted` or `joint-` with the state in which it cannot be done.
    package static func after(_ act: JointAct, _ task: JointTask) throws(Conflict) -> JointTask.State {
        switch (act, task.state) {
        case (.accept, .asked), (.accept, .insisted): return .accepted
        case (.refuse, .asked): return .refused
        case (.refuse, .insisted): throw Conflict("insisted")
        case (.finish, .accepted): return .done
        case (.confirm, .done): return .confirmed
        case (.sendBack, .done): return .accepted
        case (.insist, .refused): return .insisted
        case (.withdraw, .asked), (.withdraw, .accepted), (.withdraw, .insisted), (.withdraw, .refused): return .withdrawn
        default: throw Conflict("joint-\(task.state.rawValue)")
        }
    }

    /// Whether an act needs words: everything does that somebody else has to live with.
    package static func needsWords(_ act: JointAct) -> Bool { act != .accept && act != .confirm }

    package static func event(_ act: JointAct) -> JointEvent.Kind {
        switch act {
        case .accept: .accepted
        case .refuse: .refused
        case .finish: .finished
        case .confirm: .confirmed
        case .sendBack: .sentBack
        case .insist: .insisted
        case .withdraw: .withdrawn
        }
    }

    /// What the unit's clock goes by. A refusal stops it; after the town has insisted, or the work was sent back, it goes on with the
    /// time that was left.
    package static func facts(_ events: [JointEvent]) -> [ClockFact] {
        events.compactMap { event in
            let kind: ClockFact.Kind? =
                switch event.kind {
                case .asked: .reported
                case .accepted: .responded
                case .refused, .finished: .handled
                case .insisted, .sentBack: .reopened
                case .confirmed, .withdrawn: .closed
                case .warning, .breach: nil
                }
            return kind.map { ClockFact($0, at: event.at) }
        }
    }

    /// Who has acted for the unit.
    package static func workers(_ events: [JointEvent]) -> Set<ID<AccountNode>> {
        Set(events.filter { [.accepted, .refused, .finished].contains($0.kind) }.compactMap(\.actor?.account))
    }

    package static func limits(_ task: JointTask) -> ClockLimits {
        ClockLimits(respond: task.respondWithin, finish: task.finishWithin, followUp: nil)
    }

    /// The unit that usually leads by the category's own words: 安海派出所 for 妇联、派出所.
    package static func usual(_ leadUnit: String?, among units: [JointUnit]) -> JointUnit? {
        let words = (leadUnit ?? "").split(separator: "、").map { String($0).trimmed }.filter { $0.count > 1 }
        return words.lazy.compactMap { word in units.first { $0.nameZh.contains(word) } }.first
    }
}
