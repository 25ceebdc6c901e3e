import Directory
import Kernel
import Web

/// How matters came out in time, village by village, and how the town counts. Outcomes of places, in the order of their codes: nobody
/// is ranked. 时限
struct ClocksPage: Page {
    static let template = "matters-clock-office"

    struct Village: Sendable {
        let name: String
        let href: String
        let lateHref: String
        let late: String
        let isLate: Bool
        let shelved: String
        let closed: String
        let inTime: String
        let overdue: String
        let extended: String
        let reworked: String
        let passedAround: String
        let urged: String
        let rated: String
        let good: String
    }

    let period: String
    let villages: [Village]
    let rules: [String]
    let mayEdit: Bool
    let edition: String
    let faults: [FaultPart]
    let fault: [String: String]
    let hours: String
    let followUp: String
    let warnPercent: String

    init(_ figures: ClockFigures, _ wording: Wording, faults: [Fault]) {
        let (call, setting) = (wording.call, figures.timing.setting)
        period = call.text("matters.clocks.period", ["from": wording.day(figures.since), "days": String(ClockFigures.days)])
        villages = wording.tree.all(in: figures.scope).filter { $0.level == .one }.map { village in
            let result = figures.results[village.id] ?? ClockResult()
            let late = figures.late[village.id] ?? 0
            return Village(
                name: village.name(in: call.language), href: "/office/grids/\(village.id)",
                lateHref: "/office/matters?tab=open&due=late&order=due&grid=\(village.id)", late: String(late), isLate: late > 0,
                shelved: String(figures.shelved[village.id] ?? 0), closed: String(result.closed), inTime: String(result.inTime),
                overdue: String(result.late), extended: String(result.extended), reworked: String(result.reworked),
                passedAround: String(result.passedAround),
                urged: String(figures.urged[village.id] ?? 0), rated: String(figures.ratings[village.id]?.rated ?? 0),
                good: figures.ratings[village.id]?.goodPercent.map { "\($0) %" } ?? "—")
        }
        rules = [
            call.text("matters.clocks.rule.hours", ["hours": setting.hours.description]),
            call.text("matters.clocks.rule.days"), call.text("matters.clocks.rule.rework"),
            call.text("matters.clocks.rule.follow-up", ["limit": wording.limit(setting.followUp)]),
            call.text("matters.clocks.rule.warning", ["percent": String(setting.warnPercent)]),
            call.text("matters.clocks.rule.breach"), call.text("matters.clocks.rule.time"),
        ]
        mayEdit = call.principal?.grants[.calendarEdit] == .town
        edition = String(setting.edition)
        self.faults = faults.map { FaultPart(field: String($0.pointer.dropFirst()), text: call.text($0)) }
        fault = Dictionary(self.faults.map { ($0.field, $0.text) }) { first, _ in first }
        hours = call.form["hours"] ?? setting.hours.description
        followUp = call.form["followUp"] ?? setting.followUp.amount
        warnPercent = call.form["warnPercent"] ?? String(setting.warnPercent)
    }
}

/// What the page is made from.
struct ClockFigures: Sendable {
    static let days = 30
    let scope: Scope
    let since: Instant
    let timing: TownTiming
    let late: [ID<GridNode>: Int]
    let shelved: [ID<GridNode>: Int]
    let results: [ID<GridNode>: ClockResult]
    /// How often its matters were urged since then.
    let urged: [ID<GridNode>: Int]
    /// How reporters rated since then.
    let ratings: [ID<GridNode>: RatingCount]
}
