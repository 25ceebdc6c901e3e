import Foundation

/// Where a subscriber is and what proves who sends: sealed at rest, shown once.
package enum ChannelSettings: Codable, Sendable, Hashable {
    case webhook(url: String, secret: String)
    case wecom(url: String)
    case sms(SMSGateway.Settings)

    package func channel(_ wire: @escaping Wire) -> any Channel {
        switch self {
        case .webhook(let url, let secret): Webhook(url: url, secret: secret, wire: wire)
        case .wecom(let url): WeComRobot(url: url, wire: wire)
        case .sms(let settings): SMSGateway(settings, wire: wire)
        }
    }

    package var url: String {
        switch self {
        case .webhook(let url, _), .wecom(let url): url
        case .sms(let settings): settings.url
        }
    }

    /// The host alone, which may be shown: the rest of an address can be a key.
    package var host: String { URLComponents(string: url.replacing("{", with: "").replacing("}", with: ""))?.host ?? "" }

    package var text: String { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    package init?(text: String) {
        guard let settings = try? JSONDecoder().decode(ChannelSettings.self, from: Data(text.utf8)) else { return nil }
        self = settings
    }
}
