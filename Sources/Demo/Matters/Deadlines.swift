import Kernel
import Matters

/// When the staff act who keep to the limits: some time before the end, in the hours that count.
struct Deadlines: Sendable {
    private let town = TownTiming(calendar: .shipped, setting: .standard)
    private let taxonomy = Taxonomy.default

    /// A moment after the latest act and before the clock's end; nil when there is no end or it is over.
    func moment(before kind: MatterClock.Kind, of life: MatterLife, _ chance: inout Chance) -> Instant? {
        let category = taxonomy[life.matter.category]
        let limits = town.setting.limits(
            respond: category?.respondWithin.flatMap { TimeLimit($0) }, finish: category?.finishWithin.flatMap { TimeLimit($0) })
        let clocks = ClockRules.clocks(limits, ClockFact.facts(life.events, []), town.timing, at: life.at)
        guard let clock = clocks.last(where: { $0.kind == kind && !$0.isStopped }), let due = clock.due, life.at < due else {
            return nil
        }
        let around = clock.limit.isAroundTheClock
        let left = town.timing.counted(around, from: life.at, to: due).milliseconds
        let share = Int64(chance.within(20...95))
        return town.timing.moment(around, after: Span(milliseconds: left * share / 100), from: life.at + .minutes(1))
    }
}
