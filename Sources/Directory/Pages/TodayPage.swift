import Kernel
import Web

/// Where the office begins its day: what waits, what is vacant, the villages side by side without any ranking.
struct TodayPage: Page {
    static let template = "directory-overview"

    struct Waiting: Sendable {
        let href: String
        let count: String
        let due: Bool
        let label: String
        let detail: String?
    }
    struct Stage: Sendable {
        let href: String
        let label: String
        let count: String
        /// In percent of the largest.
        let share: String
    }
    struct Breach: Sendable {
        let href: String
        let text: String
        let rule: String
    }
    struct Village: Sendable {
        let name: String
        let href: String
        let level2: String
        let level3: String
        let workers: String
        let open: String
        let satisfied: String
    }

    let date: String
    let greeting: String
    let waiting: [Waiting]
    let stages: [Stage]
    let breaches: [Breach]
    let staff: [FigurePart]
    let villages: [Village]

    init(
        _ call: Call, _ principal: Principal, tree: GridTree, scope: Scope, counts: MattersWindow.Counts,
        findings: [CoverageFinding],
        names: [ID<PersonNode>: String], missingYears: [Int] = []
    ) {
        let today = tree.day
        date = call.text(
            "directory.overview.date",
            [
                "year": String(today.year), "month": String(today.month), "day": String(today.day),
                "weekday": call.text("directory.weekday.\(today.weekday)"),
            ])
        let hour = call.now.clock().hour
        let part = hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening"
        greeting = call.text("directory.overview.greeting.\(part)", ["name": principal.name])
        waiting =
            counts.waiting.map {
                Waiting(href: $0.href, count: call.count($0.count), due: $0.due, label: $0.label, detail: $0.detail)
            }
            + missingYears.map { year in
                Waiting(
                    href: DirectoryPath.calendar(year), count: "1", due: true, label: call.text("directory.calendar.waiting"),
                    detail: call.text("directory.calendar.waiting-year", ["year": String(year)]))
            }
        let largest = max(1, counts.stages.map(\.count).max() ?? 1)
        stages = counts.stages.map {
            Stage(href: $0.href, label: $0.label, count: call.count($0.count), share: String($0.count * 100 / largest))
        }
        breaches = findings.prefix(6).map { finding in
            let line = ChecksPage.line(finding, call, principal, tree, names)
            return Breach(href: line.href, text: line.text, rule: call.text("directory.rule.\(finding.code.rawValue)"))
        }
        let overview = Overview(of: tree, in: scope)
        staff = [
            FigurePart(label: call.label(PostKind.townLead), value: call.count(overview.cadres.townLeads)),
            FigurePart(label: call.label(PostKind.townDeputy), value: call.count(overview.cadres.townDeputies)),
            FigurePart(label: call.label(PostKind.instructor), value: call.count(overview.cadres.instructors)),
            FigurePart(label: call.text("directory.overview.workers"), value: call.count(overview.workers.total)),
        ]
        villages = VillageFigures.all(tree, in: scope, counts).map { figures in
            Village(
                name: figures.village.name(in: call.language), href: DirectoryPath.card(figures.village.id),
                level2: call.count(figures.level2), level3: call.count(figures.level3), workers: call.count(figures.workers),
                open: call.count(figures.matters?.open ?? 0), satisfied: figures.matters?.satisfied ?? "–")
        }
    }
}
