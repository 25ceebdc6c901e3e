import Foundation
import Kernel

/// A robot of a WeCom group 企业微信群机器人: 20 messages a minute, Markdown of at most 4,096 bytes.
package struct WeComRobot: Channel {
    let url: String
    let wire: Wire

    package init(url: String, wire: @escaping Wire) {
        self.url = url
        self.wire = wire
    }

    package static let markdownLimit = 4096

    package func send(_ parcel: Parcel) async -> Outcome {
        guard case .markdown(let words) = parcel.content else { return .never("not for a group") }
        let body: [String: Any] = ["msgtype": "markdown", "markdown": ["content": Self.cut(words, to: Self.markdownLimit)]]
        do {
            let data = try JSONSerialization.data(withJSONObject: body, options: [.sortedKeys, .withoutEscapingSlashes])
            let reply = try await wire(
                WireRequest(url: url, headers: [["Content-Type", "application/json; charset=utf-8"]], body: Array(data)))
            return Self.outcome(of: reply)
        } catch {
            return .later("\(error)")
        }
    }

    /// WeCom answers 200 whatever happens; `errcode` says what did. 45009 is too many a minute, -1 a busy server; what else there is, such
    /// as 93000 for a robot that was removed and 40058 for what it cannot read, will not get better by itself.
    static func outcome(of reply: WireReply) -> Outcome {
        guard (200..<300).contains(reply.status) else { return reply.outcome }
        struct Verdict: Decodable {
            let errcode: Int
            let errmsg: String?
        }
        guard let verdict = try? JSONDecoder().decode(Verdict.self, from: Data(reply.body)) else {
            return .later("the answer is not WeCom's")
        }
        let words = "errcode \(verdict.errcode): \(verdict.errmsg ?? "")"
        switch verdict.errcode {
        case 0: return .arrived
        case -1: return .later(words)
        case 45009: return .later(words, after: .minutes(1))
        default: return .never(words)
        }
    }

    /// The beginning of `text` that fits into so many bytes of UTF-8, with an ellipsis where something is missing.
    package static func cut(_ text: String, to bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var result = ""
        var count = "…".utf8.count
        for character in text {
            count += character.utf8.count
            guard count <= bytes else { break }
            result.append(character)
        }
        return result + "…"
    }

    /// What of `text` could be read as Markdown, made plain.
    package static func plain(_ text: String) -> String {
        String(text.map { "*_`[]()<>#~|\\\n\r".contains($0) ? " " : $0 })
    }
}
