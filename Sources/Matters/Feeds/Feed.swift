import Foundation
import Kernel
import Web

/// Public matters for people's feed readers, as Atom (RFC 4287) and RSS 2.0.
struct Feed {
    let matters: [ListedMatter]
    let title: String
    let wording: Wording

    private func link(_ path: String) -> String { wording.call.absolute(path) ?? path }
    private var own: String { link(wording.call.path) }

    /// When anything in it last changed; a feed of nothing has not changed since its span began.
    private var updated: Instant { matters.map(\.updatedAt).max() ?? wording.call.now - .days(90) }

    private func title(_ matter: ListedMatter) -> String {
        "\(wording.category(matter.category)) · \(wording.grid(matter.grid)) · \(wording.stage(matter.stage))"
    }

    private func summary(_ matter: ListedMatter) -> String {
        wording.call.text("matters.state.\(matter.stage.rawValue)")
    }

    var atom: XML {
        let entries = matters.map { matter -> XML in
            let pictures = matter.pictures.map { picture -> XML in
                XML("link", [("rel", "enclosure"), ("type", "image/jpeg"), ("href", link(MatterPhoto.publicPath(picture)))])
            }
            return XML(
                "entry", [],
                [
                    XML("id", [], "urn:uuid:\(matter.id)"), XML("title", [], title(matter)),
                    XML("updated", [], matter.updatedAt.rfc3339), XML("published", [], matter.reportedAt.rfc3339),
                    XML("link", [("rel", "alternate"), ("href", link("/places/\(matter.grid)"))]),
                    XML("category", [("term", matter.category), ("label", wording.category(matter.category))]),
                    XML("summary", [], summary(matter)),
                ] + pictures)
        }
        return XML(
            "feed", [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", wording.call.language.tag)],
            [
                XML("id", [], own), XML("title", [], title), XML("updated", [], updated.rfc3339),
                XML("link", [("rel", "self"), ("href", own)]), XML("link", [("rel", "alternate"), ("href", link("/"))]),
                XML("author", [], [XML("name", [], wording.call.visit.town.name(in: wording.call.language))]),
            ] + entries)
    }

    var rss: XML {
        let items = matters.map { matter -> XML in
            // RSS takes one at most, and wants a length, which readers do not go by.
            let pictures = matter.pictures.prefix(1).map { picture -> XML in
                let url = link(MatterPhoto.publicPath(picture))
                return XML("enclosure", [("url", url), ("length", "0"), ("type", "image/jpeg")])
            }
            return XML(
                "item", [],
                [
                    XML("title", [], title(matter)), XML("link", [], link("/places/\(matter.grid)")),
                    XML("description", [], summary(matter)), XML("category", [], wording.category(matter.category)),
                    XML("guid", [("isPermaLink", "false")], matter.id.description),
                    XML("pubDate", [], Self.rfc822(matter.reportedAt)),
                ] + pictures)
        }
        let head = [
            XML("title", [], title), XML("link", [], link("/")), XML("description", [], title),
            XML("language", [], wording.call.language.tag.lowercased()), XML("lastBuildDate", [], Self.rfc822(updated)),
        ]
        return XML("rss", [("version", "2.0")], [XML("channel", [], head + items)])
    }

    /// Such as `Mon, 02 Mar 2026 01:00:00 GMT` (RFC 822 with the year in four digits, as RSS 2.0 asks).
    static func rfc822(_ instant: Instant) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: instant.date)
    }
}
