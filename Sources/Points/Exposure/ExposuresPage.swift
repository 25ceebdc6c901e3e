import Directory
import Kernel
import Web

/// The staff's list of warnings, the form for a new one, and what each village has decided. 晾晒管理
struct ExposuresPage: Page {
    static let template = "points-exposure-list"

    struct Line: Sendable {
        let href: String
        let words: String
        let address: String
        let standing: String
        let standingClass: String
        let due: String
    }
    struct Policy: Sendable {
        let village: String
        let villageId: String
        let words: String
        let isDecided: Bool
    }

    let lines: [Line]
    let policies: [Policy]
    let mayWarn: Bool
    let mayDecide: Bool
    let request: String
    let card: String
    let words: String
    let decision: String
    let decidedOn: String
    let days: String
    let isWarning: Bool
    let isDeciding: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(
        _ call: Call, _ villages: [(village: Grid, policy: ExposurePolicy?)],
        _ found: [(exposure: Exposure, standing: ExposureRules.Standing)], _ addresses: [ID<Household>: String], section: String,
        faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call)
        lines = found.map { exposure, standing in
            Line(
                href: ExposurePath.show(exposure.id), words: exposure.words, address: addresses[exposure.household] ?? "",
                standing: call.text("points.exposure.standing.\(standing.rawValue)"), standingClass: standing.badge,
                due: exposure.dueOn.description)
        }
        policies = villages.map { village, policy in
            Policy(
                village: village.name(in: call.language), villageId: village.id.description,
                words: policy.map {
                    call.text(
                        "points.exposure.decided",
                        ["number": $0.decision, "day": $0.decidedOn.description, "days": String($0.daysToPutRight)])
                } ?? call.text("points.exposure.undecided"), isDecided: policy != nil)
        }
        mayWarn = villages.contains { $0.policy != nil }
        mayDecide = call.principal?.may(.managePoints) ?? false
        request = call.freshRequest
        card = call.sent("card", else: call.query["card"])
        words = call.sent("words")
        decision = call.sent("decision")
        decidedOn = call.sent("decidedOn")
        days = call.sent("days", else: "7")
        isWarning = section == "warn" || call.query["card"] != nil
        isDeciding = section == "policy"
        self.faults = shown.lines
        fault = shown.byField
    }
}

extension ExposureRules.Standing {
    /// The colour of its badge.
    var badge: String {
        switch self {
        case .warned, .paused: "amber"
        case .due, .shown: "red"
        case .putRight: "green"
        case .expired, .withdrawn: "line"
        }
    }
}
