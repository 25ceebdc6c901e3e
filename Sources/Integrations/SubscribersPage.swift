import Delivery
import Kernel
import Web

/// Everybody who is told, and how it goes.
struct SubscribersPage: Page {
    static let template = "integrations-list"

    struct Line: Sendable {
        let href: String
        let name: String
        let kind: String
        let state: String
        let stateClass: String
        let waiting: String
        let dead: String
        let wants: Bool
    }
    let subscribers: [Line]

    init(_ call: Call, _ found: [(Subscriber, [Dispatch.State: Int])]) {
        subscribers = found.map { subscriber, counts in
            Line(
                href: "\(IntegrationsRoom.path)/\(subscriber.id)", name: subscriber.name,
                kind: call.text("integrations.kind.\(subscriber.kind.rawValue)"),
                state: call.text(subscriber.isOn ? "integrations.on" : "integrations.off"),
                stateClass: subscriber.isOn ? "green" : "line",
                waiting: String(counts[.waiting] ?? 0), dead: String(counts[.dead] ?? 0), wants: counts[.dead] ?? 0 > 0)
        }
    }
}
