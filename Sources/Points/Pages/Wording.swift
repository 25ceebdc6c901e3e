import Directory
import Kernel
import Web

/// How this room's nouns read in the language of a call.
struct Wording: Sendable {
    let call: Call

    /// `+20` or `−5`, with a true minus sign.
    func signed(_ points: Int) -> String { points < 0 ? "−\(call.count(-points))" : "+\(call.count(points))" }

    /// A balance: no plus sign.
    func plain(_ points: Int) -> String { points < 0 ? "−\(call.count(-points))" : call.count(points) }

    func domain(_ domain: PointDomain) -> String { call.text("points.domain.\(domain.rawValue)") }
    func audience(_ audience: Audience) -> String { call.text("points.audience.\(audience.rawValue)") }
    func cause(_ cause: EntryCause) -> String { call.text("points.cause.\(cause.rawValue)") }
    func evidence(_ evidence: PointEvidence) -> String { call.text("points.evidence.\(evidence.rawValue)") }
    func approver(_ approver: PointApprover) -> String { call.text("points.approver.\(approver.rawValue)") }
    func use(_ use: PointRuleUse) -> String { call.text("points.use.\(use.rawValue)") }

    /// "at most 5 a day, 20 a month"; nil without caps.
    func caps(_ caps: PointCaps) -> String? {
        let parts = CapPeriod.allCases.compactMap { period in
            caps[period].map { call.text("points.cap.\(period.rawValue)", ["points": String($0)]) }
        }
        return parts.isEmpty ? nil : parts.joined(separator: call.text("points.list-comma"))
    }

    func month(_ month: MonthKey) -> String {
        call.text("points.month", ["year": String(month.year), "month": String(month.month)])
    }

    /// "2–8 March": the week from its Monday to its Sunday.
    func week(_ monday: Day) -> String {
        let sunday = monday.adding(days: 6)
        return call.text("points.week", ["from": monday.description, "to": String(sunday.description.dropFirst(5))])
    }

    /// The day, and why it is not the third Saturday.
    func environment(_ day: EnvironmentDay) -> String {
        let parts = day.why.split(separator: " ", maxSplits: 1).map(String.init)
        let weekday = call.text("directory.weekday.\(day.day.weekday)")
        let facts = ["day": day.day.description, "weekday": weekday, "third": day.third.description]
        if let why = parts.first {
            let name = call.language == .zh ? parts.dropFirst().first ?? "" : ""
            return call.text("points.environment.\(why)", facts.merging(["name": name]) { first, _ in first })
        }
        return call.text(day.day == day.third ? "points.environment.third" : "points.environment.moved", facts)
    }

    func stage(_ stage: RoundStage) -> String { call.text("points.stage.\(stage.rawValue)") }

    /// 250 as `2.50`.
    func hundredths(_ number: Int) -> String {
        let rest = String(number % 100)
        return "\(number / 100).\(rest.count < 2 ? "0" : "")\(rest)"
    }

    /// What the entry is for, in words: its rule's name, or its cause.
    func what(_ entry: PointsEntry, _ sets: [ID<RuleSet>: RuleSet]) -> String {
        let rule = entry.rule.flatMap { sets[$0.set]?.rule($0.code) }?.name(in: call.language)
        guard let rule else { return cause(entry.cause) }
        return entry.cause == .reversal ? call.text("points.entry.taken-back", ["what": rule]) : rule
    }
}
