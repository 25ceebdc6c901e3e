import Delivery
import Directory
import Kernel
import Web

/// The form of a new subscriber as it came.
struct NewSubscriberForm {
    let call: Call
    var secret: String?

    var kind: Subscriber.Kind { Subscriber.Kind(rawValue: call.form["kind"] ?? "") ?? .webhook }

    private func field(_ name: String) -> String { (call.form[name] ?? "").trimmed }

    /// - Throws: ``Invalid`` for a kind or a grid that there is not. What else is wrong, the use case says.
    func subscriber(in tree: GridTree) throws(Invalid) -> ManageSubscribers.NewSubscriber {
        guard Subscriber.Kind(rawValue: call.form["kind"] ?? "") != nil else { throw Invalid("/kind", "not-a-choice") }
        var grid: ID<GridNode>?
        if !field("grid").isEmpty {
            grid = tree.all.first { $0.code == field("grid") || $0.id.description == field("grid") }?.id
            guard grid != nil else { throw Invalid("/grid", "not-a-choice") }
        }
        return ManageSubscribers.NewSubscriber(
            id: call.clientID(), name: field("name"), settings: settings, topics: Set(call.form.all("topic")), grid: grid)
    }

    private var settings: ChannelSettings {
        switch kind {
        case .webhook: return .webhook(url: field("url"), secret: secret ?? "")
        case .wecom: return .wecom(url: field("url"))
        case .sms:
            var sms = SMSGateway.Settings()
            sms.url = field("url")
            sms.method = field("method").isEmpty ? "POST" : field("method")
            // Each line a header: its name, a colon, its value.
            sms.headers = (call.form["headers"] ?? "").split(whereSeparator: \.isNewline).map { line in
                line.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            }
            sms.body = call.form["body"] ?? ""
            sms.secret = field("secret")
            sms.signed = field("signed")
            sms.success = field("success")
            return .sms(sms)
        }
    }
}
