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
                        request: call.site.ambient.newID(PointsEvent.self).description)
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

/// One claim with everything that whoever decides should see. 申领详情
struct ClaimPage: Page {
    static let template = "points-claim-show"

    struct Photo: Sendable {
        let full: String
        let small: String
        let description: String
    }
    struct Match: Sendable {
        let words: String
        let href: String
        let mine: Photo
        let earlier: Photo
    }

    let what: String
    let points: String
    let isDeduction: Bool
    let stage: String
    let stageClass: String
    let address: String
    let walletHref: String
    let day: String
    let at: String
    let channel: String
    let words: String?
    let photos: [Photo]
    let matches: [Match]
    /// What an approval would book now, and which cap makes it less.
    let grant: String?
    let caps: [FigurePart]
    let isCapped: Bool
    let mayDecide: Bool
    let whyNot: String?
    let decidedBy: String?
    let decidedAt: String
    let reason: String?
    let action: String
    let request: String
    let typedReason: String
    let isRefusing: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: ClaimSight, faults found: [Fault]) {
        let (claim, wording) = (sight.claim, Wording(call: call))
        let shown = ShownFaults(found, call)
        func photo(_ photo: ClaimPhoto, _ key: String) -> Photo {
            let path = ClaimPath.photo(photo.id)
            return Photo(
                full: path, small: "\(path)?size=thumb", description: call.text(key, ["number": String(photo.position + 1)]))
        }
        what = sight.rule?.name(in: call.language) ?? claim.rule
        points = wording.signed(claim.decision?.points ?? claim.asked)
        isDeduction = claim.asked < 0
        stage = call.text("points.claim.stage.\(claim.stage.rawValue)")
        stageClass = claim.stage.badge
        address = sight.door.address
        walletHref = PointsPath.wallet(claim.household)
        day = claim.day.description
        at = claim.at.stamp()
        channel =
            call.text("points.claim.channel.\(claim.channel.rawValue)")
            + (claim.enteredPost.isEmpty ? "" : " · \(call.posts(claim.enteredPost))")
        words = claim.words.isEmpty ? nil : claim.words
        photos = sight.photos.map { photo($0, "points.claim.photo") }
        matches = sight.matches.map { match in
            let mine = sight.photos.first { $0.id == match.photo } ?? match.earlier
            let place =
                match.household == claim.household
                ? call.text("points.claim.same-household") : sight.addresses[match.household] ?? ""
            return Match(
                words: call.text(
                    "points.claim.match",
                    [
                        "number": String(mine.position + 1), "place": place, "day": match.at.day().description,
                        "stage": call.text("points.claim.stage.\(match.stage.rawValue)"), "percent": String(match.sureness),
                    ]), href: ClaimPath.claim(match.earlier.claim), mine: photo(mine, "points.claim.photo"),
                earlier: photo(match.earlier, "points.claim.photo-earlier"))
        }
        isCapped = claim.stage == .pending && (sight.grant?.limit != nil)
        grant = claim.stage == .pending ? sight.grant.map { wording.signed($0.points) } : nil
        caps = CapPeriod.allCases.compactMap { period in
            sight.rule?.caps[period].map { cap in
                FigurePart(
                    label: call.text("points.claim.cap.\(period.rawValue)"), value: "\(sight.taken[period, default: 0]) / \(cap)")
            }
        }
        mayDecide = sight.whyNot == nil
        whyNot = claim.stage == .pending ? sight.whyNot.map { call.text(Fault("", $0)) } : nil
        decidedBy = claim.decision.map { call.posts($0.post) }
        decidedAt = claim.decision?.at.stamp() ?? ""
        reason = claim.decision.flatMap { $0.reason.isEmpty ? nil : $0.reason }
        action = ClaimPath.claim(claim.id)
        request = call.freshRequest
        typedReason = call.sent("reason")
        isRefusing = found.contains { $0.pointer == "/reason" }
        faults = shown.lines
        fault = shown.byField
    }
}
