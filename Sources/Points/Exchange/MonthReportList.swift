import Directory
import Exports
import Kernel
import Spreadsheets
import Storage
import Web

/// The month's report of an exchange as a file, with the columns the village wants.
struct MonthReportList: Sendable {
    static let name = "exchange"
    let desk: PointsDesk

    var list: ExportList {
        ExportList(
            Self.name, titleKey: "points.exchange.report", permission: .keepExchange,
            columns: ["good", "opening", "delivered", "redeemed", "put-back", "lost", "counted", "closing", "points"].map {
                ExportList.Column($0, key: "points.exchange.report.column.\($0)")
            }, filters: ["village", "month"], rows: rows)
    }

    /// All at once: a village has some dozens of goods.
    private func rows(_ question: ExportList.Question, _: String?) async throws -> ExportList.Stretch {
        let sight = try await ReadMonthReport(desk: desk)(
            village: question.query["village"], month: question.query["month"], by: question.principal)
        let lines = sight.report?.lines ?? []
        return ExportList.Stretch(
            rows: lines.map { line in
                [.text(line.name(in: question.words.language))]
                    + [
                        line.opening, line.delivered, line.redeemed, line.putBack, line.lost, line.counted, line.closing,
                        line.points - line.refunded,
                    ].map(Cell.whole)
            }, next: nil)
    }
}

extension MonthReport.Line {
    func name(in language: Language) -> String { language == .zh || nameEn.isEmpty ? name : nameEn }
}
