import Directory
import Exports
import Kernel
import Web

/// Orders of the hotline, unanswered ones by what is due first. 12345 工单
struct HotlinePage: Page {
    static let template = "hotline-orders"
    struct Tab: Sendable {
        let label: String
        let href: String
        let current: Bool
    }
    struct Line: Sendable {
        let href: String
        let number: String
        let category: String
        let place: String
        let stage: String
        let state: String
        let stateClass: String
        let due: String
    }
    let isOpen: Bool
    let tabs: [Tab]
    let lines: [Line]
    let export: String

    init(_ orders: [HotlineLine], _ timing: TownTiming, isOpen: Bool, _ wording: Wording) {
        let call = wording.call
        self.isOpen = isOpen
        tabs = [("open", HotlineRoutes.path, isOpen), ("answered", "\(HotlineRoutes.path)?tab=answered", !isOpen)].map {
            Tab(label: call.text("hotline.tab.\($0.0)"), href: $0.1, current: $0.2)
        }
        lines = orders.map { line in
            let standing = HotlineRules.standing(line.order, timing.timing, at: call.now)
            return Line(
                href: "/office/matters/\(line.order.matter)", number: line.order.number,
                category: wording.category(line.category),
                place: wording.grid(line.grid), stage: wording.stage(line.stage),
                state: call.text("hotline.standing.\(standing.rawValue)"), stateClass: Self.color(standing),
                due: call.text("hotline.due", ["when": wording.long(line.order.replyDue)]))
        }
        export = ExportsRoom.path("hotline", isOpen ? [] : [("tab", "answered")])
    }

    static func color(_ standing: HotlineRules.Standing) -> String {
        switch standing {
        case .open: "line"
        case .soon: "amber"
        case .late, .answeredLate: "red"
        case .answered: "green"
        }
    }
}

/// What the matter's page shows of the hotline's order.
struct HotlinePart: Sendable {
    struct Clock: Sendable {
        let title: String
        let part: ClockPart
    }
    let number: String
    let received: String
    let state: String
    let stateClass: String
    let clocks: [Clock]
    let reply: String?
    let mayReply: Bool
    /// What the form begins with: what was typed, or what the hotline was told, or the words that the reporter was told last.
    let proposed: String
    /// What stands there now, for the form to carry.
    let seen: String

    init(_ order: HotlineOrder, _ timing: TownTiming, told: String, typed: String?, _ wording: Wording) {
        let call = wording.call
        let standing = HotlineRules.standing(order, timing.timing, at: call.now)
        number = order.number
        received = wording.long(order.receivedAt)
        state = call.text("hotline.standing.\(standing.rawValue)")
        stateClass = HotlinePage.color(standing)
        clocks = HotlineRules.clocks(order, timing.timing, at: call.now).map {
            Clock(
                title: call.text("hotline.clock.\($0.kind.rawValue)"), part: ClockPart($0, timing, wording, at: call.now))
        }
        reply = order.reply.isEmpty ? nil : order.reply
        mayReply = call.principal?.may(.keepHotline) ?? false
        proposed = typed ?? (order.reply.isEmpty ? told : order.reply)
        seen = order.replyMark
    }
}

/// An order on one screen: the hotline's number and time, and the matter. 录入 12345 工单
struct HotlineNewPage: Page {
    static let template = "hotline-new"
    let request: String
    let faults: [FaultPart]
    let fault: [String: String]
    let groups: [GroupPart]
    let words: String
    let wordsLimit: String
    let latitude: String
    let longitude: String
    let placeFound: String?
    let villages: [VillagePart]
    let map: MapPart?
    let spot: String
    let photoLimit: String
    let phone: String
    let questions: [QuestionPart]
    let who: String
    let number: String
    let day: String
    let time: String
    let limit: String

    init(_ form: ReportPage, _ call: Call, who: String) {
        (request, faults, fault, groups) = (form.request, form.faults, form.fault, form.groups)
        (words, wordsLimit, latitude, longitude) = (form.words, form.wordsLimit, form.latitude, form.longitude)
        (placeFound, villages, map, spot) = (form.placeFound, form.villages, form.map, form.spot)
        (photoLimit, phone, questions) = (form.photoLimit, form.phone, form.questions)
        self.who = who
        (number, time) = (call.sent("number"), call.sent("time"))
        day = call.sent("day", else: call.now.day().description)
        limit = call.sent("limit")
    }
}
