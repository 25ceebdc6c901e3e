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
