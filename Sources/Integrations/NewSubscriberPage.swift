import Delivery
import Kernel
import Web

/// The form of a new subscriber.
struct NewSubscriberPage: Page {
    static let template = "integrations-new"

    struct Choice: Sendable {
        let value: String
        let label: String
        let about: String
        let on: Bool
    }
    let request: String
    let name: String
    let url: String
    let grid: String
    let kinds: [Choice]
    let topics: [Choice]
    let smsOpen: Bool
    let method: String
    let headers: String
    let body: String
    let signed: String
    let success: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, faults: [Fault]) {
        let shown = ShownFaults(faults, call)
        let fields = call.form
        request = fields["request"] ?? call.site.ambient.newID(Subscriber.self).description
        name = fields["name"] ?? ""
        url = fields["url"] ?? ""
        grid = fields["grid"] ?? ""
        let kind = fields["kind"] ?? Subscriber.Kind.webhook.rawValue
        kinds = Subscriber.Kind.allCases.map {
            Choice(
                value: $0.rawValue, label: call.text("integrations.kind.\($0.rawValue)"),
                about: call.text("integrations.kind.\($0.rawValue).about"), on: $0.rawValue == kind)
        }
        let chosen = fields.all("topic")
        topics = SubscriberRules.topics.map {
            Choice(value: $0, label: call.text("integrations.topic.\($0)"), about: $0, on: chosen.contains($0))
        }
        smsOpen = kind == Subscriber.Kind.sms.rawValue
        method = fields["method"] ?? "POST"
        headers = fields["headers"] ?? "Content-Type: application/json"
        body = fields["body"] ?? #"{"mobile":"{phone}","content":"{text}","id":"{id}"}"#
        signed = fields["signed"] ?? ""
        success = fields["success"] ?? ""
        self.faults = shown.lines
        fault = shown.byField
    }
}
