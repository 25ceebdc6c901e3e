import Kernel
import Storage
import Web

/// The form by which whoever has a number says how it was handled 评价这次办理.
struct RatePage: Page {
    static let template = "ratings-rate"
    let number: String
    let back: String
    let action: String
    let category: String
    let place: String?
    /// What the staff wrote last.
    let reply: String?
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let yes: Bool
    let no: Bool
    let stars: [ChoicePart]
    let words: String
    let wordsLimit: String
    let asksCode: Bool
    let code: String
    let quote: Bool
    let name: String

    init(_ matter: PublicMatter, _ wording: Wording, faults: [Fault]) {
        let (call, form) = (wording.call, wording.call.form)
        let shown = ShownFaults(faults, call)
        (self.faults, fault) = (shown.lines, shown.byField)
        number = matter.number.description
        back = "/m/\(matter.number.digits)"
        action = "/m/\(matter.number.digits)/ratings"
        category = matter.category.map(wording.category) ?? call.text("matters.public.restricted")
        place = matter.grid.map(wording.grid)
        reply = matter.history.last { !$0.reply.isEmpty }?.reply
        request = call.freshRequest
        (yes, no) = (form["satisfied"] == "yes", form["satisfied"] == "no")
        stars = (1...5).map { count in
            ChoicePart(
                value: String(count), label: call.text("ratings.stars.\(count)"), chosen: form["stars"] == String(count))
        }
        words = form["words"] ?? ""
        wordsLimit = String(Matter.noteLimit)
        asksCode = matter.stage == .handled
        code = form["code"] ?? ""
        quote = form["quote"] != nil
        name = form["name"] ?? ""
    }
}

/// What the page of a number says of rating.
struct PublicRating: Sendable {
    /// Where to rate; nil while there is nothing to rate.
    let href: String?
    /// What they said last.
    let told: String?
    /// Where their quoted words stand.
    let quote: String?
    /// Where to take them back; nil where there is nothing to take back.
    let withdraw: String?
    let request: String

    static func of(_ number: PublicNumber, _ desk: MatterDesk, _ wording: Wording) async throws -> PublicRating {
        let call = wording.call
        let scene = try await desk.database.read { tx in try RatingScene(number, town: call.town, tx) }
        let may = scene.map { $0.mayRate(at: call.now) } ?? false
        let state = scene?.quote?.state
        return PublicRating(
            href: may ? RatingRoutes.path(number) : nil,
            told: scene?.last.map { call.text("ratings.told", ["when": wording.short($0.at), "stars": String($0.stars)]) },
            quote: state.map { call.text("ratings.quote.\($0.rawValue)") },
            withdraw: state.flatMap { $0 == .withdrawn ? nil : "/m/\(number.digits)/quote-withdrawals" },
            request: call.newRequest)
    }
}

extension MatterPage {
    /// What reporters said themselves, as entries of the history. The words of those that were follow-ups stand with the follow-up.
    static func rated(_ sight: MatterSight, _ wording: Wording) -> [(at: Instant, entry: Entry)] {
        let call = wording.call
        let acts = Set(sight.history.map(\.id.description))
        return sight.tools.ratings.map { rating in
            (
                rating.at,
                Entry(
                    when: wording.short(rating.at), iso: rating.at.rfc3339,
                    title: call.text(
                        rating.satisfied ? "ratings.event.satisfied" : "ratings.event.not-satisfied",
                        ["stars": String(rating.stars)]),
                    who: call.text("matters.show.reporter"), post: nil, words: nil,
                    note: acts.contains(rating.id.description) ? nil : kept(rating.words), warm: false, pictures: [])
            )
        }
    }
}
