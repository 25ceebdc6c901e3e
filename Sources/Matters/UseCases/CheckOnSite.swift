import Kernel

/// Somebody has been there and says what they saw (domain.md F17). What is put right on the spot goes straight to the follow-up (F14).
package struct CheckOnSite: Sendable {
    private let perform: PerformAct

    package init(_ desk: MatterDesk) { perform = PerformAct(desk: desk, act: .siteCheck, kind: .siteChecked) }

    /// - Parameters:
    ///   - reply: for the reporter; required unless everything was as reported.
    ///   - note: for the staff.
    /// - Throws: ``Invalid``, ``NotFound``, ``Forbidden``, ``Conflict``.
    package func callAsFunction(_ order: ActOrder, finding: Finding?, reply: String = "", note: String = "") async throws
        -> Matter
    {
        var validation = Validation()
        var facts = MatterEvent.Facts()
        validation.check(finding != nil, at: "/finding", "required")
        facts.reply = validation.text(
            reply, at: "/reply", limit: Matter.noteLimit, required: finding != nil && finding != .confirmed)
        facts.note = validation.text(note, at: "/note", limit: Matter.noteLimit, required: false)
        validation.order(order)
        try validation.finish()
        guard let finding else { throw Invalid("/finding", "required") }
        let (stage, outcome) = StageRules.after(finding)
        facts.finding = finding
        facts.outcome = outcome
        return try await perform(order, facts) { matter, _ in
            matter.stage = stage
            matter.outcome = outcome
        }
    }
}

extension Validation {
    /// Checks the photos of an act, and takes over what was found before.
    mutating func order(_ order: ActOrder) {
        for fault in order.faults { check(false, at: fault.pointer, fault.code, fault.values) }
        check(order.photos.count <= Matter.photoLimit, at: "/photos", "too-many-photos", ["limit": String(Matter.photoLimit)])
    }
}
