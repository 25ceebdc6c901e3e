import Directory
import Exports
import Kernel
import Spreadsheets
import Storage
import Web

/// Units outside the grids and what they are asked, as spreadsheets.
extension MattersRoom {
    // MARK: Units

    var unitList: ExportList {
        ExportList(
            "units", titleKey: "joint.units.title", permission: .keepUnits,
            columns: [
                "unit", "contact", "phone", "respond", "finish", "state", "asked-times", "open", "done", "refused", "late-times",
            ].map { ExportList.Column($0, key: "joint.column.\($0)") }, rows: units)
    }

    /// All of them at once: a town asks some dozens.
    private func units(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (town, words) = (question.principal.town, question.words)
        let (units, figures) = try await desk.database.read { tx in
            (try UnitStore(tx, town: town).all(), try JointStore(tx, town: town).figures())
        }
        let rows = units.map { unit -> [Cell] in
            let counts = figures[unit.id] ?? UnitFigures()
            return [
                .text(unit.name(in: words.language)), .text(unit.contact), .text(unit.phone),
                .text(Wording.limit(unit.respondWithin, words)), .text(Wording.limit(unit.finishWithin, words)),
                .text(words.text(unit.isRetired ? "joint.unit.retired" : "joint.unit.asked")), .whole(counts.asked),
                .whole(counts.open), .whole(counts.confirmed), .whole(counts.refused), .whole(counts.late),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }

    // MARK: Tasks

    var jointList: ExportList {
        ExportList(
            "joint-tasks", titleKey: "joint.office.title", permission: .readMatter,
            columns: [
                "unit", "category", "village", "grid", "spot", "asked", "reason", "state", "asked-at", "due", "late",
                "late-times",
            ].map { ExportList.Column($0, key: "joint.column.\($0)") }, filters: ["tab", "unit"], rows: jointTasks)
    }

    /// All of them at once: few matters need somebody outside.
    private func jointTasks(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (principal, query, words, desk) = (question.principal, question.query, question.words, desk)
        let (briefs, tree, taxonomy) = try await desk.database.read { tx in
            let briefs = try JointStore(tx, town: principal.town).list(
                .staff(principal), isOpen: query["tab"] != "ended", unit: ID(query["unit"] ?? ""), limit: 100_000)
            return (briefs, try desk.tree(tx, principal.town), try desk.taxonomy(tx, principal.town))
        }
        let (now, language) = (desk.ambient.now(), words.language)
        let rows = briefs.map { brief -> [Cell] in
            let task = brief.task
            return [
                .text(brief.unit(in: language)), .text(taxonomy[brief.category]?.name(in: language) ?? brief.category),
                .text(tree.village(of: brief.grid)?.name(in: language) ?? ""),
                .text(tree.grid(brief.grid)?.name(in: language) ?? ""), .text(brief.spot), .text(task.asked),
                .text(task.reason), .text(words.text("joint.state.\(task.state.rawValue)")), .text(task.at.stamp()),
                task.state.isWithUnit ? .text(task.due.stamp()) : .empty,
                .text(words.text(task.isLate(at: now) ? "web.yes" : "web.no")), .whole(task.breaches),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }
}

extension Wording {
    /// A time limit in words, outside a page.
    static func limit(_ limit: TimeLimit, _ words: Words) -> String {
        limitKey(limit.description).map { words.text($0.key, ["count": $0.count]).trimmed } ?? limit.description
    }
}
