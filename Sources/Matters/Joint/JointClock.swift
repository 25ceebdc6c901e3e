package import Kernel
import Storage

/// One joint task's clock, brought up to date within a transaction.
struct JointClock {
    let desk: MatterDesk
    let tx: any Transaction
    let town: ID<Town>
    let timing: TownTiming
    let now: Instant

    func clocks(_ task: JointTask, _ events: [JointEvent]) -> [MatterClock] {
        ClockRules.clocks(JointRules.limits(task), JointRules.facts(events), timing.timing, at: now)
    }

    /// Writes the marks of before now that nobody has written yet, and what the clock says next into `task`.
    /// - Returns: how many marks were written.
    @discardableResult
    func settle(_ task: inout JointTask, _ events: inout [JointEvent]) throws -> Int {
        let known = Set(events.compactMap(\.mark))
        let marks = clocks(task, events).flatMap(\.marks).filter { $0.at < now && !known.contains($0.key) }
        var written = 0
        for mark in marks.sorted(by: { ($0.at, $0.key) < ($1.at, $1.key) }) {
            let kind: JointEvent.Kind = mark.kind == .breach ? .breach : .warning
            let event = JointEvent(
                id: desk.ambient.newID(), task: task.id, kind: kind, at: mark.at, actor: nil, version: task.version,
                mark: mark.key)
            events.append(event)
            if try JointStore(tx, town: town).add(event) { written += 1 }
        }
        note(&task, events)
        return written
    }

    /// What the clock says after `events`.
    func note(_ task: inout JointTask, _ events: [JointEvent]) {
        let standing = ClockStanding(
            JointRules.limits(task), clocks(task, events), recorded: Set(events.compactMap(\.mark)),
            breaches: events.count { $0.kind == .breach }, isOpen: task.state.isWithUnit)
        (task.due, task.check, task.breaches) = (standing.due, standing.check, standing.breaches)
    }
}

/// Writes down what the clocks of joint tasks have brought about, once each, at its own time.
package struct SettleJointTasks: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    private static let atOnce = 200

    /// - Returns: how many marks were written.
    @discardableResult
    package func callAsFunction(_ town: ID<Town>) async throws -> Int {
        let desk = desk
        var total = 0
        while true {
            let now = desk.ambient.now()
            let due = try await desk.database.read { try JointStore($0, town: town).unsettled(at: now, limit: Self.atOnce) }
            guard !due.isEmpty else { return total }
            let (marks, settled) = try await desk.database.write { tx in
                let store = JointStore(tx, town: town)
                let clock = JointClock(desk: desk, tx: tx, town: town, timing: try desk.treeAndTiming(tx, town).1, now: now)
                var (marks, settled) = (0, 0)
                for task in due {
                    var (after, events) = (task, try store.events(of: task.id))
                    marks += try clock.settle(&after, &events)
                    if try store.update(after, from: task.version) { settled += 1 }
                }
                return (marks, settled)
            }
            total += marks
            // Whoever acted meanwhile has settled it themselves.
            if settled == 0 { return total }
        }
    }
}
