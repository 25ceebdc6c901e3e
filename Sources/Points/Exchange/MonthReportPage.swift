import Directory
import Exports
import Kernel
import Web

/// A month of the exchange as a table, on the page and as a file. 兑换月报
struct MonthReportPage: Page {
    static let template = "points-exchange-report"

    struct Line: Sendable {
        let name: String
        let opening: String
        let delivered: String
        let redeemed: String
        let putBack: String
        let lost: String
        let counted: String
        let closing: String
        let points: String
    }

    let village: String?
    let villageId: String
    let villages: [ChoicePart]
    let month: String
    let monthWords: String
    let lines: [Line]
    let figures: [FigurePart]
    /// Where the same table is taken along as a file.
    let exportHref: String
    let earlier: String
    let later: String?
    let shelfHref: String

    init(_ call: Call, _ sight: MonthReportSight, today: Day) {
        let (village, report, month) = (sight.village, sight.report, sight.month)
        let id = village?.id.description ?? ""
        func link(_ month: MonthKey) -> String {
            "\(ExchangePath.report)?" + Form.query([("village", id), ("month", month.description)])
        }
        self.village = village?.name(in: call.language)
        villageId = id
        villages = call.options(sight.villages, chosen: village)
        self.month = month.description
        monthWords = call.text("points.exchange.month", ["year": String(month.year), "month": String(month.month)])
        lines = (report?.lines ?? []).map { line in
            Line(
                name: line.name(in: call.language), opening: call.count(line.opening), delivered: call.count(line.delivered),
                redeemed: call.count(line.redeemed), putBack: call.count(line.putBack), lost: call.count(line.lost),
                counted: Wording(call: call).change(line.counted), closing: call.count(line.closing),
                points: call.count(line.points - line.refunded))
        }
        figures = [
            FigurePart(
                label: call.text("points.exchange.report.points"),
                value: call.count((report?.points ?? 0) - (report?.refunded ?? 0))),
            FigurePart(label: call.text("points.exchange.report.times"), value: call.count(report?.redemptions ?? 0)),
            FigurePart(label: call.text("points.exchange.report.households"), value: call.count(report?.households ?? 0)),
        ]
        exportHref = ExportsRoom.path(MonthReportList.name, [("village", id), ("month", self.month)])
        earlier = link(month.previous)
        later = month < MonthKey(today) ? link(month.next) : nil
        shelfHref = village.map { ExchangePath.shelf($0.id) } ?? ExchangePath.shelf
    }
}

extension Wording {
    /// A difference: a sign unless it is none.
    func change(_ number: Int) -> String { number == 0 ? "0" : signed(number) }
}
