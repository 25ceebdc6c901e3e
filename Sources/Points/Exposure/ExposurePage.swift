import Directory
import Kernel
import Web

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
