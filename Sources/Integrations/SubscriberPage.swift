import Delivery
import Kernel
import Web

/// A subscriber with how its messages went.
struct SubscriberSight: Sendable {
    let subscriber: Subscriber
    let host: String
    let grid: String?
    let counts: [Dispatch.State: Int]
    let latest: [Dispatch]
    let dead: [Dispatch]
}

/// One subscriber: whether it is on, how its messages went, and sending them again.
struct SubscriberPage: Page {
    static let template = "integrations-show"

    struct Line: Sendable {
        let id: String
        let when: String
        let iso: String
        let topic: String
        let state: String
        let stateClass: String
        let attempts: String
        let error: String?
        let again: Bool
    }
    let heading: String
    let action: String
    let replays: String
    let kind: String
    let state: String
    let stateClass: String
    let isOn: Bool
    let isWebhook: Bool
    let host: String
    let topics: String
    let grid: String?
    let figures: String
    let secret: String?
    let latest: [Line]
    let dead: [Line]
    let from: String
    let to: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: SubscriberSight, secret: String?, faults: [Fault]) {
        let subscriber = sight.subscriber
        let shown = ShownFaults(faults, call)
        heading = subscriber.name
        action = "\(IntegrationsRoom.path)/\(subscriber.id)/changes"
        replays = "\(IntegrationsRoom.path)/\(subscriber.id)/replays"
        kind = call.text("integrations.kind.\(subscriber.kind.rawValue)")
        state = call.text(subscriber.isOn ? "integrations.on" : "integrations.off")
        stateClass = subscriber.isOn ? "green" : "line"
        isOn = subscriber.isOn
        isWebhook = subscriber.kind == .webhook
        host = sight.host
        let names = subscriber.topics.sorted().map { call.text("integrations.topic.\($0)") }
        topics =
            names.isEmpty
            ? call.text("integrations.topics-all.\(subscriber.kind.rawValue)")
            : names.joined(separator: call.language == .zh ? "、" : ", ")
        grid = sight.grid
        figures = call.text(
            "integrations.figures",
            [
                "arrived": String(sight.counts[.arrived] ?? 0), "waiting": String(sight.counts[.waiting] ?? 0),
                "dead": String(sight.counts[.dead] ?? 0),
            ])
        self.secret = secret
        latest = sight.latest.map { Self.line($0, call) }
        dead = sight.dead.map { Self.line($0, call) }
        from = call.form["from"] ?? call.now.day().adding(days: -1).description
        to = call.form["to"] ?? call.now.day().description
        self.faults = shown.lines
        fault = shown.byField
    }

    private static func line(_ dispatch: Dispatch, _ call: Call) -> Line {
        let colours: [Dispatch.State: String] = [.arrived: "green", .dead: "red", .waiting: "amber", .dropped: "line"]
        let key = "integrations.topic.\(dispatch.topic)"
        return Line(
            id: dispatch.id.description, when: dispatch.at.stamp(), iso: dispatch.at.rfc3339,
            topic: call.site.catalogue.keys.contains(key) ? call.text(key) : dispatch.topic,
            state: call.text("integrations.state.\(dispatch.state.rawValue)"), stateClass: colours[dispatch.state] ?? "line",
            attempts: String(dispatch.attempts), error: dispatch.state == .arrived ? nil : dispatch.lastError,
            again: dispatch.state != .waiting)
    }
}
