import Directory
import Identity
package import Kernel
import Storage

/// What the office writes down of an order beside the matter itself.
package struct HotlineDraft: Sendable {
    package let number: String
    /// Nil when no moment could be read.
    package let receivedAt: Instant?
    /// As ``TimeLimit`` reads it; empty for the usual five working days.
    package let replyWithin: String

    package init(number: String, receivedAt: Instant?, replyWithin: String = "") {
        (self.number, self.receivedAt, self.replyWithin) = (number, receivedAt, replyWithin)
    }
}

/// Takes in an order of the 12345 hotline as a matter, each number once.
package struct TakeHotlineOrder: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` with every fault, `order-taken` for a number that is here already; ``Conflict`` `request-reused`; as
    ///   ``ReportMatter`` does.
    package func callAsFunction(_ draft: HotlineDraft, _ report: MatterReport, from sender: ReportSender) async throws -> Matter {
        guard let principal = sender.principal else { throw Unauthenticated() }
        _ = try principal.scope(for: .keepHotline)
        let (desk, now) = (desk, desk.ambient.now())
        var validation = Validation()
        let number = HotlineRules.number(draft.number)
        validation.check(number != nil, at: "/number", draft.number.trimmed.isEmpty ? "required" : "order-number")
        validation.check(draft.receivedAt != nil, at: "/day", "hotline-moment")
        validation.check(draft.receivedAt.map { $0 <= now } ?? true, at: "/day", "hotline-future")
        let text = draft.replyWithin.trimmed
        let limit = text.isEmpty ? HotlineRules.replyWithin : TimeLimit(text)
        validation.check(limit != nil, at: "/limit", "time-limit")
        var report = report
        report.channel = .hotline
        report.faults += validation.faults
        let (received, within) = (draft.receivedAt ?? now, limit ?? HotlineRules.replyWithin)
        let matter = try await ReportMatter(desk)(report, from: sender, onBehalf: true) { tx, matter in
            let timing = try desk.treeAndTiming(tx, sender.town).1.timing
            let order = HotlineOrder(
                matter: matter.id, number: number ?? "", receivedAt: received, takenAt: now, replyWithin: within,
                replyDue: HotlineRules.due(within, from: received, timing))
            guard try HotlineStore(tx, town: sender.town).insert(order) else { throw Invalid("/number", "order-taken") }
        }
        // A retry of the report must be one of the order, too.
        let kept = try await desk.database.read { try HotlineStore($0, town: sender.town).find(matter.id) }
        guard kept?.number == number, kept?.receivedAt == received, kept?.replyWithin == within else {
            throw Conflict("request-reused")
        }
        return matter
    }
}

/// Says what the hotline is told. A later reply corrects the words; the first one stops the hotline's clock.
package struct AnswerHotline: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameter seen: the ``HotlineOrder/replyMark`` of what stood there when the words were written.
    /// - Throws: ``Invalid`` `required`, or `reply-changed` when somebody else has answered since; ``NotFound`` for a matter out of reach or
    ///   not from the hotline; ``Conflict`` `request-reused`.
    package func callAsFunction(
        _ words: String, to matter: ID<Matter>, seen: String, by principal: Principal, request: ID<HotlineOrder>,
        address: String? = nil
    ) async throws {
        _ = try principal.scope(for: .keepHotline)
        var validation = Validation()
        let text = validation.text(words, at: "/words", limit: Matter.noteLimit)
        try validation.finish()
        let (desk, town) = (desk, principal.town)
        try await desk.database.write { tx in
            let (store, actor) = (HotlineStore(tx, town: town), MatterEvent.Actor(principal))
            guard try MatterStore(tx, town: town).find(matter, for: principal) != nil, let order = try store.find(matter)
            else { throw NotFound() }
            if let done = try store.replied(request) {
                guard done.matter == matter, done.account == actor.account, done.words == text else {
                    throw Conflict("request-reused")
                }
                return
            }
            guard seen == order.replyMark else { throw Invalid("/words", "reply-changed") }
            try store.reply(text, request, to: matter, by: actor, at: desk.ambient.now())
            try AuditTrail(tx).record(
                "hotline.reply", by: principal, town: town, subject: matter.description, address: address, ambient: desk.ambient)
        }
    }
}
