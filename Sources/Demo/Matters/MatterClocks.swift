import Directory
import Kernel
import Matters

extension MatterFile {
    /// The file with its clocks as the product's own rules have them on the day the town is made: limits, marks, what is due, and for
    /// open matters that are late the step up.
    func clocked(_ timing: TownTiming, _ category: Category?, path: [Rung], at end: Instant, _ ambient: Ambient) -> (
        file: MatterFile, clocks: [ClockEvent]
    ) {
        let limits = timing.setting.limits(
            respond: category?.respondWithin.flatMap { TimeLimit($0) }, finish: category?.finishWithin.flatMap { TimeLimit($0) })
        let clocks = ClockRules.clocks(limits, ClockFact.facts(events, []), timing.timing, at: end)
        let marks = clocks.flatMap(\.marks).filter { $0.at < end }.sorted { ($0.at, $0.key) < ($1.at, $1.key) }
        var (matter, events) = (matter, events)
        for mark in marks where matter.stage.isOpen && mark.kind == .breach && mark.clock != .followUp {
            guard mark.at >= events.last?.at ?? end, let above = try? RoutingRules.up(from: matter.holder, path: path) else {
                continue
            }
            let from = matter.holder
            matter.holder = above
            matter.version += 1
            events.append(
                MatterEvent(
                    id: ambient.newID(), matter: matter.id, kind: .upgraded, at: mark.at, actor: nil, fromStage: matter.stage,
                    toStage: matter.stage, fromHolder: from, toHolder: above, version: matter.version))
        }
        matter.clock = ClockStanding(
            limits, clocks, recorded: Set(marks.map(\.key)), breaches: marks.count { $0.kind == .breach },
            isOpen: matter.stage.isOpen)
        let entries = marks.map { ClockEvent($0, of: matter.id, id: ambient.newID(), basis: timing.basis) }
        return (MatterFile(matter: matter, events: events, reporter: reporter), entries)
    }
}
