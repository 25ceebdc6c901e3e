import Directory
import Kernel
import Web

/// A village's notice board: what is to be put right in which grid, and never whose it is. 晾晒栏
struct BoardPage: Page {
    static let template = "points-exposure-board"

    struct Item: Sendable {
        /// "瑶前 02 网格 1 户".
        let place: String
        let words: String
        let until: String
        let picture: String?
    }
    struct Village: Sendable {
        let name: String
        let items: [Item]
    }
    struct Own: Sendable {
        let words: String
        let address: String
        let standing: String
        let facts: String
        let appeal: String?
        let appealHref: String
        let isOver: Bool
    }

    let villages: [Village]
    let own: [Own]

    init(_ call: Call, _ sight: BoardSight) {
        villages = sight.villages.map { village, shown in
            Village(
                name: village.name(in: call.language),
                items: shown.map { exposure, grid in
                    Item(
                        place: call.text("points.exposure.place", ["grid": grid]), words: exposure.words,
                        until: exposure.publishedOn.map { ExposureRules.lastDay(publishedOn: $0).description } ?? "",
                        picture: exposure.picture == nil ? nil : ExposurePath.shownPicture(exposure.id))
                })
        }
        own = sight.own.map { exposure, standing, door, appeal in
            Own(
                words: exposure.words, address: door.address,
                standing: call.text("points.exposure.standing.\(standing.rawValue)"),
                facts: call.text(
                    "points.exposure.dates", ["warned": exposure.warnedOn.description, "due": exposure.dueOn.description]),
                appeal: appeal.map { call.text("points.appeal.stage.\($0.stage.rawValue)") },
                appealHref: ExposurePath.appeal(exposure.id),
                isOver: exposure.end != nil || standing == .expired)
        }
    }
}

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

/// One warning: put right, taken back, or shown with the picture painted over. 晾晒详情
struct ExposurePage: Page {
    static let template = "points-exposure-show"

    struct Square: Sendable {
        let value: Int
        let label: String
    }

    let words: String
    let address: String
    let walletHref: String
    let place: String
    let standing: String
    let standingClass: String
    let warnedOn: String
    let dueOn: String
    let publishedOn: String?
    let lastDay: String
    let appeal: String?
    let appealWords: String
    let isOver: Bool
    let mayPublish: Bool
    let whyNot: String?
    let isManager: Bool
    let picture: String?
    let draft: String?
    let squares: [Square]
    let action: String
    let request: String
    let photoLimit: Int
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: ExposureSight, faults found: [Fault]) {
        let exposure = sight.exposure
        let shown = ShownFaults(found, call)
        words = exposure.words
        address = sight.door.address
        walletHref = PointsPath.wallet(exposure.household)
        place = call.text("points.exposure.place", ["grid": sight.grid])
        standing = call.text("points.exposure.standing.\(sight.standing.rawValue)")
        standingClass = sight.standing.badge
        warnedOn = exposure.warnedOn.description
        dueOn = exposure.dueOn.description
        publishedOn = exposure.publishedOn?.description
        lastDay = exposure.publishedOn.map { ExposureRules.lastDay(publishedOn: $0).description } ?? ""
        appeal = sight.appeal.map { call.text("points.appeal.stage.\($0.stage.rawValue)") }
        appealWords = sight.appeal?.words ?? ""
        isOver = exposure.end != nil
        isManager = call.principal?.may(.managePoints) ?? false
        mayPublish = isManager && sight.whyNot == nil
        whyNot = exposure.end == nil && exposure.publishedOn == nil ? sight.whyNot.map { call.text(Fault("", $0)) } : nil
        picture = exposure.picture == nil ? nil : ExposurePath.picture(exposure.id)
        draft = exposure.publishedOn == nil && sight.draft != nil ? ExposurePath.picture(exposure.id) : nil
        squares = (0..<Mosaic.columns * Mosaic.rows).map { number in
            Square(
                value: number,
                label: call.text(
                    "points.exposure.square",
                    ["row": String(number / Mosaic.columns + 1), "column": String(number % Mosaic.columns + 1)]))
        }
        action = ExposurePath.show(exposure.id)
        request = call.freshRequest
        photoLimit = 1
        faults = shown.lines
        fault = shown.byField
    }
}
