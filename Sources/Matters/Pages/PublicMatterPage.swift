import Directory
import Kernel
import Web

/// What everybody with the number sees of a matter: where it stands and what was done, in plain words and by post; never a name, a
/// telephone, an internal note or what was reported, and of photos only those that may be shown. Of a restricted matter only the stage.
struct PublicMatterPage: Page {
    static let template = "matters-public"
    struct Entry: Sendable {
        let when: String
        let iso: String
        let title: String
        let post: String
        let words: String?
        let warm: Bool
    }
    let number: String
    let joined: String?
    let category: String
    let place: String?
    let reportedAt: String
    let steps: [StepPart]
    let stateWords: String
    let expected: String?
    let reopened: String?
    let history: [Entry]
    let pictures: [PhotoPart]
    let contactWords: String
    let urge: PublicUrge
    let rating: PublicRating

    init(_ matter: PublicMatter, _ wording: Wording, urge: PublicUrge, rating: PublicRating) {
        (self.urge, self.rating) = (urge, rating)
        let call = wording.call
        number = matter.number.description
        joined = matter.joinedAt.map { call.text("matters.public.joined", ["when": wording.short($0)]) }
        category = matter.category.map(wording.category) ?? call.text("matters.public.restricted")
        place = matter.grid.map(wording.grid)
        reportedAt = wording.long(matter.reportedAt)
        steps = StepPart.all(at: matter.stage, call)
        stateWords = call.text("matters.state.\(matter.stage.rawValue)")
        expected = Self.expected(matter, wording)
        reopened = matter.reopened > 0 ? call.text("matters.words.reopened-public", ["count": String(matter.reopened)]) : nil
        let newest = matter.history.last?.version
        history = matter.history.reversed().map { entry in
            Entry(
                when: wording.short(entry.at), iso: entry.at.rfc3339,
                title: wording.title(entry.kind, entry.finding, entry.outcome, entry.satisfied),
                post: Self.post(entry, wording),
                words: entry.reply.isEmpty ? nil : entry.reply, warm: entry.version == newest)
        }
        pictures = matter.pictures.enumerated().map { PhotoPart(shown: $1, $0, call) }
        contactWords = matter.grid.map(wording.contact) ?? call.text("matters.words.no-contact")
    }

    /// By when the next step is promised; when that is over, that it is late.
    private static func expected(_ matter: PublicMatter, _ wording: Wording) -> String? {
        let call = wording.call
        if let waits = matter.waits {
            return call.text("matters.expected.\(waits.rawValue)", ["day": matter.due.map(wording.day) ?? ""])
        }
        if matter.isLate { return call.text("matters.expected.late") }
        let when = ["when": matter.due.map(wording.long) ?? ""]
        switch matter.stage {
        case .collected: return matter.due == nil ? nil : call.text("matters.expected.collected", when)
        case .accepted: return matter.due == nil ? nil : call.text("matters.expected.accepted", when)
        case .handled: return call.text("matters.expected.handled")
        case .closed, .merged: return nil
        }
    }

    /// Who acted, by their post's kind and grid, never by name.
    private static func post(_ entry: PublicMatter.Entry, _ wording: Wording) -> String {
        let call = wording.call
        switch entry.kind {
        case .reported: return call.text(entry.byStaff ? "matters.by.staff" : "matters.by.resident")
        case .followedUp: return call.text("matters.by.follow-up")
        case .upgraded: return call.text("matters.by.clock")
        default:
            let by = call.text("matters.by.\(entry.holder?.level ?? 0)")
            return entry.holder?.grid.map { "\(by) · \(wording.grid($0))" } ?? by
        }
    }
}
