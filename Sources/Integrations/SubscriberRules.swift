package import Delivery
import Foundation
package import Kernel

/// Whether a subscriber can be told at all as it is set up.
package enum SubscriberRules {
    /// The messages there are, as a subscriber chooses from them.
    package static let topics = [
        "matter.reported", "matter.checked", "matter.handled", "matter.escalated", "matter.returned", "matter.closed",
        "matter.reopened", "matter.merged", "matter.split", "matter.clock.warning", "matter.clock.breach", "matter.clock.review",
        "matter.urged",
    ]

    package static let urlLimit = 1000
    package static let templateLimit = 4000

    package static func faults(_ settings: ChannelSettings, topics: Set<String>) -> [Fault] {
        var faults: [Fault] = []
        if !topics.isSubset(of: Self.topics) { faults.append(Fault("/topics", "not-a-choice")) }
        if !isAddress(settings.url) { faults.append(Fault("/url", settings.url.isEmpty ? "required" : "integrations-url")) }
        guard case .sms(let sms) = settings else { return faults }
        if !["GET", "POST"].contains(sms.method) { faults.append(Fault("/method", "not-a-choice")) }
        if !(sms.url + sms.body).contains("{phone}") || !(sms.url + sms.body).contains("{text}") {
            faults.append(Fault("/body", "integrations-places"))
        }
        let texts = [sms.body, sms.secret, sms.signed, sms.success]
        if texts.contains(where: { $0.utf8.count > templateLimit }) {
            faults.append(Fault("/body", "too-long", ["limit": String(templateLimit)]))
        }
        let areHeaders = sms.headers.allSatisfy { pair in
            pair.count == 2 && pair.allSatisfy { !$0.contains(where: \.isNewline) }
                && !pair[0].isEmpty
                && pair[0].utf8.allSatisfy { (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == 45 }
        }
        if !areHeaders || sms.headers.count > 20 { faults.append(Fault("/headers", "integrations-headers")) }
        return faults
    }

    /// http or https, a host, no name or password in it. Places to fill in may stand in the path and the query.
    private static func isAddress(_ url: String) -> Bool {
        let bare = url.replacing("{", with: "").replacing("}", with: "")
        guard url.utf8.count <= urlLimit, url.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), let parts = URLComponents(string: bare),
            ["http", "https"].contains(parts.scheme?.lowercased()), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil
        else { return false }
        return true
    }
}

extension ChannelSettings {
    package var kind: Subscriber.Kind {
        switch self {
        case .webhook: .webhook
        case .wecom: .wecom
        case .sms: .sms
        }
    }
}
