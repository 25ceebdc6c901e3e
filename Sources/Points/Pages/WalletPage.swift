import Directory
import Kernel
import Media
import Web

/// A household's wallet as itself sees it, and as the staff of its grids do. 我的积分
struct WalletPage: Page {
    static let template = "points-wallet"

    struct Entry: Sendable {
        let what: String
        let points: String
        let isOut: Bool
        let day: String
        /// Where the points went or came from, who it was and what the staff wrote.
        let words: String
        /// For the staff: the id to take it back by; nil when that cannot be done.
        let takeBack: String?
        /// For the household: where to object to it; nil when it took nothing away.
        let appeal: String?
    }
    struct Tab: Sendable {
        let href: String
        let label: String
        let current: Bool
    }

    /// A round on the notice board.
    struct Notice: Sendable {
        let week: String
        let result: String
        let items: String?
        let until: String
        let objections: [Said]
        let action: String
        let mayObject: Bool
    }
    struct Said: Sendable {
        let words: String
        let stage: String
        let answer: String?
    }

    /// The next environment day.
    struct EnvironmentPart: Sendable {
        let words: String
        let isIn: Bool
        let maySignUp: Bool
        let action: String
        let areas: [ChoicePart]
    }

    let isOffice: Bool
    let environment: EnvironmentPart?
    let notice: Notice?
    let address: String
    let village: String
    let villageHref: String
    let rulesHref: String
    let balance: String
    let audience: String?
    let card: String
    let qr: String?
    let households: [Tab]
    let entries: [Entry]
    let older: String?
    let newest: String?
    let request: String
    let action: String
    let mayAward: Bool
    let rules: [ChoicePart]
    let note: String
    /// Of an objection.
    let words: String
    let today: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: WalletSight, isOffice: Bool, faults found: [Fault] = []) {
        let wording = Wording(call: call)
        let shown = ShownFaults(found, call)
        let path = isOffice ? PointsPath.wallet(sight.door.household) : PointsPath.mine
        self.isOffice = isOffice
        environment = sight.environmentDay.map { Self.environment($0, sight, wording, isOffice: isOffice) }
        notice = sight.notice.map { Self.notice($0, wording, isOffice: isOffice) }
        address = sight.door.address
        village = sight.village.name(in: call.language)
        villageHref = isOffice ? PointsPath.village(sight.village.id) : PointsPath.open(sight.village.id)
        rulesHref = PointsPath.open(sight.village.id)
        balance = wording.plain(sight.wallet.balance)
        audience = sight.set.map { wording.audience($0.audience) }
        card = sight.wallet.card.description
        qr = call.absolute(PointsPath.door(sight.wallet.card)).flatMap { QRCode($0) }?.svg(label: "")
        households =
            sight.others.count < 2
            ? []
            : sight.others.map {
                Tab(
                    href: "\(PointsPath.mine)?household=\($0.household)", label: $0.address,
                    current: $0.household == sight.door.household)
            }
        entries = sight.entries.map { entry in
            let way = entry.cause == .reversal ? "reversal" : entry.effect > 0 ? "in" : "out"
            let who = entry.person.flatMap { sight.names[$0] }
            let words = [call.text("points.entry.\(way)"), who, entry.note.isEmpty ? nil : entry.note].compactMap(\.self)
            let mayTakeBack = isOffice && sight.mayAward && entry.reverses == nil && !sight.takenBack.contains(entry.id)
            return Entry(
                what: wording.what(entry, sight.sets), points: wording.signed(entry.effect), isOut: entry.effect < 0,
                day: entry.day.description, words: words.joined(separator: " · "),
                takeBack: mayTakeBack ? entry.id.description : nil,
                appeal: !isOffice && entry.effect < 0 && entry.rule != nil && !sight.takenBack.contains(entry.id)
                    ? ClaimPath.appeal(entry.id) : nil)
        }
        let base = isOffice ? path + "?" : "\(path)?household=\(sight.door.household)&"
        older = sight.next.map { "\(base)after=\($0.description)" }
        newest = sight.isFirst ? nil : String(base.dropLast())
        request = call.freshRequest
        action = path
        rules = (sight.set?.rules ?? []).filter(ClaimRules.isBookedAtOnce).map {
            ChoicePart(
                value: $0.code, label: "\($0.name(in: call.language)) \(wording.signed($0.points))",
                chosen: call.form["rule"] == $0.code)
        }
        mayAward = isOffice && sight.mayAward && !rules.isEmpty
        note = call.sent("note")
        words = call.sent("words")
        today = call.sent("day", else: call.now.day().description)
        self.faults = shown.lines
        fault = shown.byField
    }

    private static func environment(
        _ coming: (day: EnvironmentDay, areas: [EnvironmentArea], isIn: Bool), _ sight: WalletSight, _ wording: Wording,
        isOffice: Bool
    ) -> EnvironmentPart {
        let own = Set(sight.tree.path(sight.door.grid).map(\.id))
        return EnvironmentPart(
            words: wording.environment(coming.day), isIn: coming.isIn, maySignUp: !coming.isIn && (!isOffice || sight.mayAward),
            action: isOffice
                ? "\(PointsPath.environmentDay(coming.day.id))/sign-ups/\(sight.door.household)"
                : "/points/environment-days/\(coming.day.id)/sign-ups",
            areas: coming.areas.map {
                let grid = sight.tree.grid($0.grid)?.name(in: wording.call.language) ?? ""
                return ChoicePart(
                    value: $0.id.description, label: $0.words.isEmpty || $0.words == grid ? grid : "\(grid) · \($0.words)",
                    chosen: own.contains($0.grid))
            })
    }

    private static func notice(_ notice: RoundNotice, _ wording: Wording, isOffice: Bool) -> Notice {
        let call = wording.call
        let items = (notice.score?.items ?? [:]).keys.sorted().map { code in
            notice.rules.first { $0.code == code }?.name(in: call.language) ?? code
        }
        let deducted = ["points": String(notice.score?.deducted ?? 0)]
        let result =
            notice.score?.seen != true
            ? call.text("points.notice.unseen")
            : notice.place != nil ? call.text("points.notice.model", deducted) : call.text("points.round.deducted", deducted)
        return Notice(
            week: wording.week(notice.round.week), result: result,
            items: items.isEmpty ? nil : items.joined(separator: call.text("points.list-comma")),
            until: call.text("points.notice.until", ["day": notice.round.noticeUntil?.description ?? ""]),
            objections: notice.objections.map {
                Said(
                    words: $0.words, stage: call.text("points.objection.\($0.stage.rawValue)"),
                    answer: $0.answer.isEmpty ? nil : $0.answer)
            }, action: PointsPath.objections(notice.round.id),
            mayObject: !isOffice && (notice.round.noticeUntil.map { call.now.day() <= $0 } ?? false))
    }
}
