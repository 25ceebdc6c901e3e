import Kernel

/// Asks whoever stands above for a pause, an extension or a place on the long-term ledger 申请暂停、延期、挂账. Where the asker stands
/// above the handler themselves, it is granted at once.
package struct AskForTime: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameter words: why, for the staff.
    /// - Throws: ``Invalid``, ``NotFound``, ``Forbidden`` `not-the-holder`, ``Conflict`` `no-clock`, `ask-pending`, `clock-paused`.
    package func callAsFunction(_ order: ClockOrder, _ ask: ClockAsk, words: String) async throws {
        let principal = order.principal
        try await ChangeClock(desk: desk)(order) { scene, now in
            let faults = ClockAskRules.faults(ask, words: words, today: now.day(), limit: scene.finish?.limit)
            guard faults.isEmpty else { throw Invalid(faults) }
            let mayGrant = (try? scene.checkGrant(by: principal, asker: nil)) != nil
            if !mayGrant {
                try ActorRules.checkHolder(
                    try principal.scope(for: .handleMatter), holderPath: scene.tree.holderPath(scene.matter.holder))
            }
            try ClockAskRules.check(ask.kind, scene.finish, isPending: scene.pending != nil)
            return ClockEvent(
                id: order.id, matter: order.matter, kind: mayGrant ? .granted : .asked, at: now, actor: .init(principal),
                ask: ask,
                words: words.trimmed)
        }
    }
}
