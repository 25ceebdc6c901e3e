import Directory
import Exports
import Kernel
import Spreadsheets

/// The samples within reach as a spreadsheet, in the order of their page: months and codes, no ranking.
extension MattersRoom {
    var sampleList: ExportList {
        ExportList(
            "samples", titleKey: "matters.sample.title", permission: .followUpMatter,
            columns: ["unit", "month", "eligible", "drawn", "checked", "satisfied", "seed", "who", "at"].map {
                ExportList.Column($0, key: "matters.sample.list.\($0)", isUsual: $0 != "seed")
            }, rows: samples)
    }

    /// All of them at once: each unit has one a month.
    private func samples(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (samples, _, (tree, _)) = try await ReadSamples(desk: desk).list(for: question.principal, limit: 100_000)
        let rows = samples.map { sample -> [Cell] in
            [
                .text(tree.fullName(of: sample.unit, in: question.words.language)), .text(sample.month.description),
                .whole(sample.eligible), .whole(sample.lines.count), .whole(sample.lines.count { $0.finding != nil }),
                sample.satisfiedPercent.map { .text("\($0)%") } ?? .empty, .text(sample.seed), .text(sample.actor.name),
                .text(sample.at.stamp()),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }
}
