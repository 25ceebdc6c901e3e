import Foundation
import Kernel
import Storage
import Web

/// Reported figures and natural villages of a village.
extension DirectoryRoom {
    var factRoutes: [Route] {
        [
            Route(.get, "/office/grids/{grid}/figures", .holder(.directoryEdit)) { try await factsPage($0, sent: nil, []) },
            Route(.post, "/office/grids/{grid}/figures", .holder(.directoryEdit), bodyLimit: 16_384, handle: reportFigure),
            Route(
                .post, "/office/grids/{grid}/natural-villages", .holder(.directoryEdit), bodyLimit: 65_536, handle: nameNaturals),
        ]
    }

    private func factsPage(_ call: Call, sent: FactsPage.Part?, _ faults: [Fault]) async throws -> Answer {
        let card = try await editable(call)
        guard card.grid.level == .one else { throw NotFound() }
        return call.page(FactsPage(call, card: card, sent: sent, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func reportFigure(_ call: Call) async throws -> Answer {
        let village = try call.id("grid", of: GridNode.self)
        do {
            var validation = Validation()
            let asOf = call.day("asOf", &validation)
            let number = call.filled("value").map { $0.replacing(",", with: "").replacing("，", with: "") }
            validation.check(number.map { Int64($0) != nil } ?? true, at: "/value", "not-a-count")
            let key = ReportedFigure.Key(rawValue: call.form["key"] ?? "")
            validation.check(key != nil, at: "/key", "not-a-choice")
            try validation.finish()
            guard let key else { throw Invalid("/key", "not-a-choice") }
            let words = call.filled("words") ?? call.filled("value") ?? ""
            let figure = ReportedFigure(
                village: village, key: key, value: number.flatMap(Int64.init), reportedText: words,
                source: call.filled("source") ?? "",
                asOf: asOf ?? today)
            try await ReportFigure(database: database, ambient: ambient)(
                figure, by: try call.signedIn(), request: call.clientID())
            return call.done(DirectoryPath.figures(village), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await factsPage(call, sent: .figure, invalid.faults)
        }
    }

    private func nameNaturals(_ call: Call) async throws -> Answer {
        let village = try call.id("grid", of: GridNode.self)
        do {
            let request: ID<DirectoryEvent> = call.clientID()
            let villages = FactsPage.sentLines(call).enumerated().map { index, line in
                NaturalVillage(
                    id: ID(line.id) ?? Self.id(of: index, in: request), village: village, nameZh: line.nameZh,
                    nameEn: line.nameEn.isEmpty ? nil : line.nameEn)
            }
            try await NameNaturalVillages(database: database, ambient: ambient)(
                villages, in: village, by: try call.signedIn(), request: request, seen: call.seen)
            return call.done(DirectoryPath.figures(village), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await factsPage(call, sent: .natural, invalid.faults)
        }
    }

    /// The id of the record that one line of a request makes: the same again when the request is sent again.
    private static func id<Kind>(of line: Int, in request: ID<DirectoryEvent>) -> ID<Kind> {
        var bytes = request.uuid.uuid
        bytes.15 = bytes.15 &+ UInt8(truncatingIfNeeded: line + 1)
        return ID(UUID(uuid: bytes))
    }
}
