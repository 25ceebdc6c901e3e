import Directory
import Kernel
import Web

/// The form of a claim: on a household's own telephone, and for the staff on its behalf, where it begins with the card. 申领积分
struct ClaimFormPage: Page {
    static let template = "points-claim-form"

    struct Choice: Sendable {
        let value: String
        let label: String
        let points: String
        /// What is to be shown, and what the caps leave.
        let terms: String
        let chosen: Bool
    }

    let isOffice: Bool
    let hasDoor: Bool
    let card: String
    let address: String
    let household: String
    let households: [ChoicePart]
    let action: String
    let back: String
    let request: String
    let rules: [Choice]
    let day: String
    let today: String
    let words: String
    let wordsLimit: Int
    let photoLimit: Int
    let channels: [ChoicePart]
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    /// The form for a household.
    /// - Parameters:
    ///   - households: one's own, to choose from; nil for the staff.
    ///   - isByCard: whether the staff found the household by its card.
    init(
        _ call: Call, _ door: Door, _ rules: [ClaimableRule], households: [Door]?, isByCard: Bool = false, faults found: [Fault]
    ) {
        let wording = Wording(call: call)
        let shown = ShownFaults(found, call)
        isOffice = households == nil
        hasDoor = true
        card = ""
        address = door.address
        household = door.household.description
        self.households =
            (households ?? []).count < 2
            ? []
            : (households ?? []).map {
                ChoicePart(value: $0.household.description, label: $0.address, chosen: $0.household == door.household)
            }
        action = households == nil ? ClaimPath.officeNew : ClaimPath.new
        back = households == nil ? ClaimPath.office : ClaimPath.mine
        request = call.freshRequest
        self.rules = rules.map { claimable in
            let rule = claimable.rule
            var terms = [call.text("points.claim.shown", ["evidence": wording.evidence(rule.evidence)])]
            if let caps = wording.caps(rule.caps) { terms.append(caps) }
            if let left = claimable.left {
                terms.append(
                    left > 0 ? call.text("points.claim.cap-left", ["points": String(left)]) : call.text("points.claim.cap-full"))
            }
            return Choice(
                value: rule.code, label: rule.name(in: call.language), points: wording.signed(rule.points),
                terms: terms.joined(separator: call.text("points.list-stop")), chosen: call.form["rule"] == rule.code)
        }
        day = call.sent("day", else: call.now.day().description)
        today = call.now.day().description
        words = call.sent("words")
        wordsLimit = Claim.wordsLimit
        photoLimit = Claim.photoLimit
        let channel = call.form["channel"] ?? (isByCard ? Claim.Channel.card : .proxy).rawValue
        // A household's own claim comes from its own phone; only staff say how another one came.
        channels = (households == nil ? [Claim.Channel.proxy, .card] : []).map {
            ChoicePart(
                value: $0.rawValue, label: call.text("points.claim.channel.\($0.rawValue)"), chosen: $0.rawValue == channel)
        }
        faults = shown.lines
        fault = shown.byField
    }

    /// The staff's form before a household is known.
    init(_ call: Call, asking typed: String, faults found: [Fault]) {
        let shown = ShownFaults(found, call)
        isOffice = true
        hasDoor = false
        card = String(typed.prefix(80))
        address = ""
        household = ""
        households = []
        action = ClaimPath.officeNew
        back = ClaimPath.office
        request = ""
        rules = []
        day = ""
        today = ""
        words = ""
        wordsLimit = Claim.wordsLimit
        photoLimit = Claim.photoLimit
        channels = []
        faults = shown.lines
        fault = shown.byField
    }
}
