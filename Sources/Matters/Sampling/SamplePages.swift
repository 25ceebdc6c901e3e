import Directory
import Kernel
import Web

/// Every sample within reach, and the form to draw another one. 抽查回访
struct SamplesPage: Page {
    static let template = "matters-samples"
    struct Line: Sendable {
        let href: String
        let unit: String
        let month: String
        let drawn: String
        let checked: String
        let satisfied: String
    }
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let mayDraw: Bool
    let units: [ChoicePart]
    let months: [ChoicePart]
    let percent: String
    let least: String
    let samples: [Line]

    init(_ samples: [Sample], units: [Grid], _ wording: Wording, faults: [Fault]) {
        let (call, form) = (wording.call, wording.call.form)
        let shown = ShownFaults(faults, call)
        (self.faults, fault) = (shown.lines, shown.byField)
        request = call.freshRequest
        mayDraw = !units.isEmpty
        self.units = units.map {
            ChoicePart(value: $0.id.description, label: wording.grid($0.id), chosen: $0.id.description == form["unit"])
        }
        var month = SampleMonth(call.now.day()).previous
        var months: [ChoicePart] = []
        for _ in 0..<6 {
            let chosen = form["month"].map { $0 == month.description } ?? months.isEmpty
            months.append(ChoicePart(value: month.description, label: month.description, chosen: chosen))
            month = month.previous
        }
        self.months = months
        percent = form["percent"] ?? String(SampleRules.usualPercent)
        least = call.text("matters.sample.least", ["count": String(SampleRules.least)])
        self.samples = samples.map { sample in
            Line(
                href: "\(SampleRoutes.path)/\(sample.id)", unit: wording.grid(sample.unit), month: sample.month.description,
                drawn: "\(sample.lines.count) / \(sample.eligible)", checked: String(sample.lines.count { $0.finding != nil }),
                satisfied: sample.satisfiedPercent.map { "\($0) %" } ?? "—")
        }
    }
}

/// One sample: how it was drawn, and what looking again found.
struct SamplePage: Page {
    static let template = "matters-sample"
    struct Line: Sendable {
        let id: String
        let number: String
        let href: String
        let title: String
        let place: String
        let finding: String?
        let badge: String
        let by: String
        let words: String?
        let mayRecord: Bool
        let request: String
        let seen: String
        let open: Bool
        let faults: [ShownFaults.Line]
        let fault: [String: String]
        let ways: [ChoicePart]
        let yes: Bool
        let no: Bool
        let typed: String
    }
    let path: String
    let unit: String
    let month: String
    let how: String
    let seed: String
    let share: String
    let hidden: String?
    let lines: [Line]

    /// - Parameter attempt: the matter whose finding could not be written, and why.
    init(_ sight: SampleSight, _ wording: Wording, attempt: (matter: ID<Matter>, faults: [Fault])?) {
        let (call, sample) = (wording.call, sight.sample)
        path = "\(SampleRoutes.path)/\(sample.id)"
        unit = wording.grid(sample.unit)
        month = sample.month.description
        how = call.text(
            "matters.sample.how",
            [
                "drawn": String(sample.lines.count), "eligible": String(sample.eligible), "percent": String(sample.percent),
                "who": sample.actor.name, "when": wording.long(sample.at),
            ])
        seed = sample.seed
        let checked = sample.lines.count { $0.finding != nil }
        let counts = ["checked": String(checked), "drawn": String(sample.lines.count)]
        share =
            sample.satisfiedPercent.map {
                call.text("matters.sample.share", counts.merging(["percent": String($0)]) { first, _ in first })
            } ?? call.text("matters.sample.share-none", counts)
        let unseen = sample.lines.count { sight.matters[$0.matter] == nil }
        hidden = unseen > 0 ? call.text("matters.sample.hidden", ["count": String(unseen)]) : nil
        lines = sample.lines.compactMap { line in
            guard let matter = sight.matters[line.matter] else { return nil }
            let tried = attempt?.matter == matter.id
            let shown = ShownFaults(tried ? attempt?.faults ?? [] : [], call)
            let form = tried ? call.form : Form()
            return Line(
                id: matter.id.description, number: String(line.position), href: "/office/matters/\(matter.id)",
                title: "\(wording.category(matter.category)) \(matter.number)",
                place: [wording.grid(matter.place.grid), matter.closedAt.map(wording.short) ?? wording.stage(matter.stage)]
                    .joined(separator: " · "),
                finding: line.finding.map { call.text($0.satisfied ? "matters.sample.held" : "matters.sample.not-held") },
                badge: line.finding?.satisfied == true ? "green" : "red",
                by: line.finding.map { "\($0.actor.name) · \(wording.short($0.at))" } ?? "",
                words: line.finding.flatMap { $0.words.isEmpty ? nil : $0.words },
                mayRecord: sight.mayRecord && line.finding == nil, request: form["request"] ?? call.newRequest,
                seen: String(matter.version), open: tried, faults: shown.lines, fault: shown.byField,
                ways: FollowUpWay.byStaff.map {
                    ChoicePart(
                        value: $0.rawValue, label: call.text("matters.do.follow-up-\($0.rawValue)"),
                        chosen: form["way"] == $0.rawValue)
                },
                yes: form["satisfied"] == "yes", no: form["satisfied"] == "no", typed: form["words"] ?? "")
        }
    }
}
