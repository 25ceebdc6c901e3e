import Directory
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
    let csvHref: String
    let earlier: String
    let later: String?
    let shelfHref: String
    /// The same table for a spreadsheet: UTF-8 with a mark, because Excel asks for one.
    let csv: [UInt8]

    init(_ call: Call, _ villages: [Grid], _ village: Grid?, _ report: MonthReport?, month: Day, today: Day) {
        let id = village?.id.description ?? ""
        func name(_ line: MonthReport.Line) -> String { call.language == .zh || line.nameEn.isEmpty ? line.name : line.nameEn }
        func link(_ day: Day) -> String {
            "\(ExchangePath.report)?" + Form.query([("village", id), ("month", String(day.description.prefix(7)))])
        }
        self.village = village?.name(in: call.language)
        villageId = id
        self.villages = call.options(villages, chosen: village)
        self.month = String(month.description.prefix(7))
        monthWords = call.text("points.exchange.month", ["year": String(month.year), "month": String(month.month)])
        let rows = report?.lines ?? []
        lines = rows.map { line in
            Line(
                name: name(line), opening: call.count(line.opening), delivered: call.count(line.delivered),
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
        csvHref = "\(ExchangePath.report)/csv?" + Form.query([("village", id), ("month", self.month)])
        earlier = link(month.adding(days: -1))
        let next = month.adding(days: Day.length(ofMonth: month.month, year: month.year))
        later = next <= today ? link(next) : nil
        shelfHref = village.map { ExchangePath.shelf($0.id) } ?? ExchangePath.shelf
        let heads = ["good", "opening", "delivered", "redeemed", "put-back", "lost", "counted", "closing", "points"].map {
            call.text("points.exchange.report.column.\($0)")
        }
        let cells = rows.map { line in
            [name(line)]
                + [
                    line.opening, line.delivered, line.redeemed, line.putBack, line.lost, line.counted, line.closing,
                    line.points - line.refunded,
                ]
                .map(String.init)
        }
        csv = CommaSeparated.file([heads] + cells)
    }
}

/// Tables as RFC 4180 has them.
enum CommaSeparated {
    /// A cell that a spreadsheet would take for a formula is written as text.
    static func file(_ rows: [[String]]) -> [UInt8] {
        let lines = rows.map { row in row.map(cell).joined(separator: ",") + "\r\n" }
        return [0xEF, 0xBB, 0xBF] + Array(lines.joined().utf8)
    }

    private static func cell(_ text: String) -> String {
        let isNumber = Int(text) != nil
        let safe = !isNumber && text.first.map { "=+-@\t\r".contains($0) } ?? false ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}

extension Wording {
    /// A difference: a sign unless it is none.
    func change(_ number: Int) -> String { number == 0 ? "0" : signed(number) }
}
