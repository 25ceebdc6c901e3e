import Directory
import Kernel
import Web

/// A village's points for everybody: what was issued and where it is, adding up to zero, and the rules in plain words. 积分公示
struct OpenBooksPage: Page {
    static let template = "points-open"

    struct Account: Sendable {
        let name: String
        let about: String
        let points: String
    }

    let village: String
    let villageHref: String
    let accounts: [Account]
    let sum: String
    let isWhole: Bool
    let figures: [FigurePart]
    let sets: [RulesPart]

    init(_ call: Call, _ books: OpenBooks) {
        let wording = Wording(call: call)
        village = books.village.name(in: call.language)
        villageHref = PointsPath.place(books.village.id)
        accounts = LedgerAccount.allCases.map { account in
            Account(
                name: call.text("points.account.\(account.rawValue)"),
                about: call.text("points.account.\(account.rawValue).about"),
                points: wording.plain(books.totals.balances[account, default: 0]))
        }
        sum = wording.plain(books.totals.sum)
        isWhole = books.totals.sum == 0
        figures = [
            FigurePart(label: call.text("points.open.issued"), value: wording.plain(books.totals.issued)),
            FigurePart(label: call.text("points.open.outstanding"), value: wording.plain(books.totals.outstanding)),
            FigurePart(
                label: call.text("points.open.spent"), value: wording.plain(books.totals.balances[.exchange, default: 0])),
        ]
        sets = books.sets.map { RulesPart($0, wording, on: books.day) }
    }
}

/// What ``OpenBooksPage`` shows.
struct OpenBooks: Sendable {
    let village: Grid
    let day: Day
    let totals: LedgerTotals
    /// Those in force, villagers' first.
    let sets: [RuleSet]
}
