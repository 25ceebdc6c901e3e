package import Kernel

/// Sends a matter back down along its place's own path 退回, and names the place more closely where only the village was known
/// (domain.md F19: only the receiving level may downgrade).
package struct ReturnMatter: Sendable {
    private let perform: PerformAct

    package init(_ desk: MatterDesk) { perform = PerformAct(desk: desk, act: .return, kind: .returned) }

    /// - Parameter target: a grid on the place's path or below the place; nil for the next level with somebody in post.
    /// - Throws: ``Invalid`` `reason-required` or `not-a-choice`, ``NotFound``, ``Forbidden``, ``Conflict`` `nothing-below`.
    package func callAsFunction(_ order: ActOrder, reason: String, to target: ID<GridNode>? = nil) async throws -> Matter {
        var facts = MatterEvent.Facts()
        facts.reason = try EscalateMatter.reason(reason, order)
        return try await perform(order, facts, detail: [target?.description ?? ""]) { matter, scene in
            if let target {
                let choices = RoutingRules.targets(below: matter.holder, path: scene.path, beyond: scene.below)
                guard let rung = choices.first(where: { $0.grid == target }) else { throw Invalid("/to", "not-a-choice") }
                matter.holder = rung.holder
                if scene.below.contains(rung) { matter.place = matter.place.inside(rung.grid) }
            } else {
                matter.holder = try RoutingRules.down(from: matter.holder, path: scene.path)
            }
            matter.returned += 1
        }
    }
}
