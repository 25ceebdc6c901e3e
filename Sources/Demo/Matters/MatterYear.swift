import Kernel

/// The matters of the past year, day by day in the order they were reported, without keeping them.
struct MatterYear: Sequence, IteratorProtocol {
    private var maker: MatterMaker
    private let days: [(day: Day, count: Int)]
    private var day = 0
    private var waiting: [Instant] = []
    private var made = 0

    /// From its first day to its last, the product comes to be used twice as much.
    private static let length = 365

    init(_ plan: TownPlan, _ maker: MatterMaker, count: Int) {
        self.maker = maker
        let year = (0..<Self.length).map { plan.time.today.adding(days: $0 - Self.length) }
        days = Array(zip(year, Shares.split(count, by: year.enumerated().map { Occasions.weight(of: $1) * (Self.length + $0) })))
    }

    mutating func next() -> MatterFile? {
        while waiting.isEmpty {
            guard day < days.count else { return nil }
            var times: [Instant] = []
            for _ in 0..<days[day].count { times.append(WorkingTime.report(on: days[day].day, &maker.chance)) }
            waiting = times.sorted(by: >)
            day += 1
        }
        let at = waiting.removeLast()
        made += 1
        return maker.make(index: made, at: at)
    }
}
