import Directory
import Kernel
import Storage

/// A month's report as somebody who keeps the exchange sees it.
struct MonthReportSight: Sendable {
    let villages: [Grid]
    /// Nil when one keeps no exchange.
    let village: Grid?
    let report: MonthReport?
    let month: MonthKey
}

/// Reads the report of a month, for the page and for the file.
struct ReadMonthReport: Sendable {
    let desk: PointsDesk

    /// - Parameters:
    ///   - village: nil for the first one keeps.
    ///   - month: `YYYY-MM`; this month for anything else.
    /// - Throws: ``NotFound`` for a village out of reach.
    func callAsFunction(village asked: String?, month text: String?, by principal: Principal) async throws -> MonthReportSight {
        let scope = try principal.scope(for: .keepExchange)
        let month = text.flatMap { MonthKey($0) } ?? MonthKey(desk.today)
        return try await desk.database.read { tx in
            let town = principal.town
            let village = try desk.market(asked: asked, in: scope, tx, town)
            return MonthReportSight(
                villages: try desk.markets(in: scope, tx, town), village: village,
                report: try village.map {
                    try MonthReportStore(tx, town: town).report(of: $0.id, from: month.first, to: month.last)
                },
                month: month)
        }
    }
}
