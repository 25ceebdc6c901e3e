import Directory
import Kernel
import Web

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
