import Delivery
import Directory
import Kernel
import Storage

/// One matter's clocks brought up to date within a transaction.
struct Settling {
    let desk: MatterDesk
    let tx: any Transaction
    let town: ID<Town>
    let tree: GridTree
    let timing: TownTiming
    let now: Instant
    let history: [MatterEvent]
    var events: [ClockEvent]

    /// Writes the marks of before `now` and what follows from them, and the matter's standing.
    /// - Parameter category: gives the limits of a matter from before there were clocks. What such a matter missed is written down,
    ///   but nobody is warned and nothing goes up for it.
    /// - Returns: how many marks were written.
    mutating func settle(_ before: Matter, category: Category?) throws -> Int {
        var matter = before
        let isOld = matter.clock == .unknown
        if isOld {
            matter.clock.respond = category?.respondWithin.flatMap { TimeLimit($0) }
            matter.clock.finish = category?.finishWithin.flatMap { TimeLimit($0) }
        }
        let marks = due(clocks(of: matter))
        var written = 0
        for mark in marks.sorted(by: { ($0.at, $0.key) < ($1.at, $1.key) }) {
            let event = ClockEvent(mark, of: matter.id, id: desk.ambient.newID(), basis: timing.basis)
            events.append(event)
            guard try ClockEventStore(tx, town: town).add(event) else { continue }
            written += 1
            if !isOld { try follow(mark, &matter) }
        }
        try keep(matter, before)
        return written
    }

    /// Whether ``settle(_:category:)`` would change nothing.
    func isSettled(_ matter: Matter) -> Bool {
        guard matter.clock != .unknown else { return false }
        let clocks = clocks(of: matter)
        return due(clocks).isEmpty && standing(of: matter, clocks) == matter.clock
    }

    private func due(_ clocks: [MatterClock]) -> [ClockMark] {
        let written = events.marks
        return clocks.flatMap(\.marks).filter { $0.at < now && !written.contains($0.key) }
    }

    /// Late work goes up one level, once for each time it is late; the town is the last.
    private func follow(_ mark: ClockMark, _ matter: inout Matter) throws {
        if mark.kind == .breach, mark.clock != .followUp,
            let above = try? RoutingRules.up(from: matter.holder, path: tree.rungs(to: matter.place.grid))
        {
            let from = matter.holder
            matter.holder = above
            matter.version += 1
            try MatterEventStore(tx, town: town).add(
                MatterEvent(
                    id: desk.ambient.newID(), matter: matter.id, kind: .upgraded, at: mark.at, actor: nil,
                    fromStage: matter.stage,
                    toStage: matter.stage, fromHolder: from, toHolder: above, version: matter.version))
        }
        guard desk.listeners.isTold(town), mark.kind != .resumed else { return }
        try OutboxStore(tx).add(MatterMessage.marked(mark, matter, town, desk.ambient), at: now)
    }

    private func keep(_ after: Matter, _ before: Matter) throws {
        var matter = after
        matter.clock = standing(of: matter)
        guard matter.version > before.version else {
            if matter.clock != before.clock { try MatterClockStore(tx, town: town).setClock(of: matter) }
            return
        }
        guard try MatterStore(tx, town: town).update(matter, from: before.version) else { throw Conflict("stale") }
    }

    func clocks(of matter: Matter) -> [MatterClock] {
        let limits = timing.setting.limits(respond: matter.clock.respond, finish: matter.clock.finish)
        return ClockRules.clocks(limits, ClockFact.facts(history, events), timing.timing, at: now)
    }

    func standing(of matter: Matter) -> ClockStanding { standing(of: matter, clocks(of: matter)) }

    private func standing(of matter: Matter, _ clocks: [MatterClock]) -> ClockStanding {
        let limits = timing.setting.limits(respond: matter.clock.respond, finish: matter.clock.finish)
        return ClockStanding(
            limits, clocks, recorded: events.marks, breaches: events.count { $0.kind == .breach },
            isOpen: matter.stage.isOpen)
    }
}
