import Kernel

/// Grants or refuses what was asked of the clocks 批准、不批准.
package struct DecideOnTime: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameter words: required for a refusal.
    /// - Throws: ``Invalid``, ``NotFound``, ``Forbidden`` `not-above` or `own-request`, ``Conflict`` `nothing-asked`, `no-clock`.
    package func callAsFunction(_ order: ClockOrder, grant: Bool?, words: String) async throws {
        var validation = Validation()
        validation.check(grant != nil, at: "/grant", "required")
        let text = validation.text(words, at: "/words", limit: Matter.noteLimit, required: grant == false)
        try validation.finish()
        guard let grant else { throw Invalid("/grant", "required") }
        let principal = order.principal
        try await ChangeClock(desk: desk)(order) { scene, now in
            guard let asked = scene.pending else { throw Conflict("nothing-asked") }
            try scene.checkGrant(by: principal, asker: asked.actor?.account)
            if grant, let ask = asked.ask { try ClockAskRules.check(ask.kind, scene.finish, isPending: false) }
            return ClockEvent(
                id: order.id, matter: order.matter, kind: grant ? .granted : .refused, at: now, actor: .init(principal),
                ask: asked.ask, request: asked.id, words: text)
        }
    }
}

/// Ends a pause, or takes a matter off the long-term ledger 恢复计时. Whoever holds it may, and whoever stands above.
package struct TakeUp: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameter version: the matter's that was seen, where that counts.
    /// - Throws: ``NotFound``, ``Forbidden`` `not-the-holder`, ``Conflict`` `not-paused` or `stale`.
    package func callAsFunction(_ order: ClockOrder, seen version: Int? = nil, words: String) async throws {
        var validation = Validation()
        let text = validation.text(words, at: "/words", limit: Matter.noteLimit, required: false)
        try validation.finish()
        let principal = order.principal
        try await ChangeClock(desk: desk)(order) { scene, now in
            try ActorRules.checkHolder(
                try principal.scope(for: .handleMatter), holderPath: scene.tree.holderPath(scene.matter.holder))
            guard version.map({ $0 == scene.matter.version }) ?? true else { throw Conflict("stale") }
            guard scene.finish?.isPaused == true else { throw Conflict("not-paused") }
            return ClockEvent(
                id: order.id, matter: order.matter, kind: .takenUp, at: now, actor: .init(principal), words: text)
        }
    }
}
