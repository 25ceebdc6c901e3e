import Directory
import Kernel
import Storage

/// Does one thing with several matters 批量办理. Each is a transaction of its own, asks the same rules as by itself and is refused by itself;
/// one that is refused does not keep the others from being done.
package struct ActOnMany: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` when nothing or too much was picked, or no act, or a reason is missing; nothing is done then.
    /// - Returns: an outcome for every pick, in their order.
    package func callAsFunction(_ order: BulkOrder) async throws -> [BulkOutcome] {
        var validation = Validation()
        validation.check(!order.picks.isEmpty, at: "/pick", "bulk-nothing")
        validation.check(order.picks.count <= BulkOrder.most, at: "/pick", "too-many-picked", ["limit": String(BulkOrder.most)])
        validation.check(order.act != nil, at: "/act", "required")
        let words = validation.text(order.words, at: "/words", limit: Matter.noteLimit, required: false)
        let needsReason = order.act == .assign || order.act == .escalate
        validation.check(!needsReason || !words.isEmpty, at: "/words", "reason-required")
        try validation.finish()
        guard let act = order.act else { throw Invalid("/act", "required") }
        var outcomes: [BulkOutcome] = []
        for pick in order.picks {
            let refusal = await refusal { try await perform(act, order, pick) }
            let matter = try? await desk.database.read { tx in
                try MatterStore(tx, town: order.principal.town).find(pick.matter, for: order.principal)
            }
            outcomes.append(BulkOutcome(pick: pick, matter: matter, refusal: refusal))
        }
        return outcomes
    }

    private func perform(_ act: BulkAct, _ order: BulkOrder, _ pick: BulkOrder.Pick) async throws {
        let single = ActOrder(
            id: order.part(of: pick.matter), matter: pick.matter, version: pick.version, by: order.principal,
            address: order.address)
        switch act {
        case .assign: _ = try await ReturnMatter(desk)(single, reason: order.words, to: order.target)
        case .escalate: _ = try await EscalateMatter(desk)(single, reason: order.words)
        case .urge:
            try await UrgeMatter(desk)(
                order.part(of: pick.matter), pick.matter, version: pick.version, words: order.words, by: order.principal,
                address: order.address)
        case .takeUp:
            let clock = ClockOrder(
                id: order.part(of: pick.matter), matter: pick.matter, by: order.principal, address: order.address)
            try await TakeUp(desk)(clock, seen: pick.version, words: order.words)
        }
    }

    private func refusal(_ act: () async throws -> Void) async -> Fault? {
        do {
            try await act()
            return nil
        } catch is NotFound {
            return Fault("", "bulk-not-found")
        } catch let forbidden as Forbidden {
            return Fault("", forbidden.reason)
        } catch let conflict as Conflict {
            return Fault("", conflict.reason)
        } catch let invalid as Invalid {
            let fault = invalid.faults.first
            // Of the places that a grid may be, this matter's is another.
            return fault?.pointer == "/to"
                ? Fault("", "bulk-not-below") : Fault("", fault?.code ?? "not-permitted", fault?.values ?? [:])
        } catch {
            // The store is out of reach for a moment; sent again, what was done is not done twice.
            return Fault("", "bulk-unavailable")
        }
    }
}
