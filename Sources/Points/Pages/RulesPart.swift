import Kernel
import Web

/// One rule set in plain words.
struct RulesPart: Sendable {
    struct Line: Sendable {
        let name: String
        let points: String
        let isDeduction: Bool
        /// Caps, evidence and who says yes, in one sentence.
        let terms: String
    }
    struct Group: Sendable {
        let domain: String
        let lines: [Line]
    }
    let title: String
    let status: String
    let groups: [Group]

    init(_ set: RuleSet, _ wording: Wording, on day: Day) {
        let call = wording.call
        title = wording.audience(set.audience)
        let version = ["version": String(set.version)]
        if let decision = set.decision, let from = set.from {
            let facts = ["number": decision.number, "day": decision.day.description, "from": from.description]
            status = call.text(from <= day ? "points.set.in-force" : "points.set.to-come", version.merging(facts) { $1 })
        } else {
            status = call.text("points.set.draft", version)
        }
        groups = PointDomain.allCases.compactMap { domain in
            let rules = set.rules.filter { $0.domain == domain }
            guard !rules.isEmpty else { return nil }
            return Group(domain: wording.domain(domain), lines: rules.map { Self.line($0, wording) })
        }
    }

    private static func line(_ rule: PointRule, _ wording: Wording) -> Line {
        let call = wording.call
        var terms: [String] = []
        if let caps = wording.caps(rule.caps) { terms.append(call.text("points.rule.at-most", ["caps": caps])) }
        switch rule.use {
        case .open:
            terms.append(
                call.text(
                    "points.rule.shown",
                    ["evidence": wording.evidence(rule.evidence), "approver": wording.approver(rule.approver)]))
        default: terms.append(wording.use(rule.use))
        }
        if let months = rule.expiryMonths { terms.append(call.text("points.rule.expires", ["months": String(months)])) }
        return Line(
            name: rule.name(in: call.language), points: wording.signed(rule.points), isDeduction: rule.points < 0,
            terms: terms.joined(separator: call.text("points.list-stop")))
    }
}
