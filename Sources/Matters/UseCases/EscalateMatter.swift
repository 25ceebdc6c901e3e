import Kernel

/// Passes a matter to the next level where somebody is in post, the town last 上报 (domain.md F19).
package struct EscalateMatter: Sendable {
    private let perform: PerformAct

    package init(_ desk: MatterDesk) { perform = PerformAct(desk: desk, act: .escalate, kind: .escalated) }

    /// - Throws: ``Invalid`` `reason-required`, ``NotFound``, ``Forbidden``, ``Conflict``.
    package func callAsFunction(_ order: ActOrder, reason: String) async throws -> Matter {
        var facts = MatterEvent.Facts()
        facts.reason = try Self.reason(reason, order)
        return try await perform(order, facts) { matter, scene in
            matter.holder = try RoutingRules.up(from: matter.holder, path: scene.path)
        }
    }

    /// The reason that routing always needs.
    static func reason(_ text: String, _ order: ActOrder? = nil) throws(Invalid) -> String {
        var validation = Validation()
        if let order { validation.order(order) }
        let reason = validation.text(text, at: "/reason", limit: Matter.noteLimit, required: false)
        validation.check(!reason.isEmpty, at: "/reason", "reason-required")
        try validation.finish()
        return reason
    }
}
