import Kernel

/// Writes down how a matter was handled 处置; a follow-up by somebody else comes next (domain.md F18).
package struct HandleMatter: Sendable {
    private let perform: PerformAct

    package init(_ desk: MatterDesk) { perform = PerformAct(desk: desk, act: .handle, kind: .handled) }

    /// - Parameters:
    ///   - reply: for the reporter: what was done, or why it cannot be.
    ///   - note: for the staff.
    /// - Throws: ``Invalid``, ``NotFound``, ``Forbidden``, ``Conflict``.
    package func callAsFunction(_ order: ActOrder, outcome: Outcome = .resolved, reply: String, note: String = "") async throws
        -> Matter
    {
        var validation = Validation()
        var facts = MatterEvent.Facts()
        facts.reply = validation.text(reply, at: "/reply", limit: Matter.noteLimit)
        facts.note = validation.text(note, at: "/note", limit: Matter.noteLimit, required: false)
        validation.order(order)
        try validation.finish()
        facts.outcome = outcome
        let hasPhoto = !order.photos.isEmpty
        return try await perform(order, facts) { matter, scene in
            guard hasPhoto || outcome != .resolved || scene.category?.needsPhoto != true else {
                throw Invalid("/photos", "photo-needed")
            }
            matter.stage = .handled
            matter.outcome = outcome
        }
    }
}
