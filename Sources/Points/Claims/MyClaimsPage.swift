import Directory
import Kernel
import Web

/// What one's households have claimed and what became of it. 我的申领
struct MyClaimsPage: Page {
    static let template = "points-claim-mine"

    struct Line: Sendable {
        let what: String
        let points: String
        let stage: String
        let stageClass: String
        let when: String
        let reason: String?
        /// Where to take it back; nil once somebody has decided, or when others entered it.
        let withdrawal: String?
        let request: String
    }
    struct Home: Sendable {
        let address: String
        let newHref: String
        let lines: [Line]
    }

    let homes: [Home]

    init(_ call: Call, _ mine: [(door: Door, rules: [ClaimableRule], claims: [Claim])]) {
        let wording = Wording(call: call)
        homes = mine.map { door, rules, claims in
            let names = Dictionary(rules.map { ($0.rule.code, $0.rule.name(in: call.language)) }) { first, _ in first }
            return Home(
                address: door.address, newHref: "\(ClaimPath.new)?household=\(door.household)",
                lines: claims.filter { $0.asked > 0 }.map { claim in
                    Line(
                        what: names[claim.rule] ?? claim.rule, points: wording.signed(claim.decision?.points ?? claim.asked),
                        stage: call.text("points.claim.stage.\(claim.stage.rawValue)"), stageClass: claim.stage.badge,
                        when: claim.day.description, reason: claim.decision.flatMap { $0.reason.isEmpty ? nil : $0.reason },
                        withdrawal: claim.stage == .pending && claim.enteredBy == call.principal?.account
                            ? ClaimPath.withdrawal(claim.id) : nil,
                        request: call.newRequest)
                })
        }
    }
}

extension Claim.Stage {
    /// The colour of its badge.
    var badge: String {
        switch self {
        case .pending: "amber"
        case .approved: "green"
        case .refused: "red"
        case .withdrawn: "line"
        }
    }
}
