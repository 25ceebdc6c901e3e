import Directory
import Kernel
import Web

/// The claims that wait for the staff, and those decided. 申领审核
struct ClaimsPage: Page {
    static let template = "points-claim-list"

    struct Tab: Sendable {
        let href: String
        let label: String
        let current: Bool
    }
    struct Line: Sendable {
        let href: String
        let what: String
        let points: String
        let isDeduction: Bool
        let address: String
        let when: String
        let channel: String
        let isRepeated: Bool
    }

    let tabs: [Tab]
    let lines: [Line]
    let newHref: String
    let appealsHref: String?

    init(
        _ call: Call, _ stage: Claim.Stage, _ claims: [Claim], _ addresses: [ID<Household>: String], _ repeated: Set<ID<Claim>>,
        _ rules: [String: PointRule]
    ) {
        let wording = Wording(call: call)
        tabs = [Claim.Stage.pending, .approved, .refused].map {
            Tab(
                href: "\(ClaimPath.office)?stage=\($0.rawValue)", label: call.text("points.claim.stage.\($0.rawValue)"),
                current: $0 == stage)
        }
        lines = claims.map { claim in
            Line(
                href: ClaimPath.claim(claim.id), what: rules[claim.rule]?.name(in: call.language) ?? claim.rule,
                points: wording.signed(claim.decision?.points ?? claim.asked), isDeduction: claim.asked < 0,
                address: addresses[claim.household] ?? "", when: claim.day.description,
                channel: call.text("points.claim.channel.\(claim.channel.rawValue)"), isRepeated: repeated.contains(claim.id))
        }
        newHref = ClaimPath.officeNew
        appealsHref = call.principal?.may(.managePoints) == true ? ClaimPath.appeals : nil
    }
}
