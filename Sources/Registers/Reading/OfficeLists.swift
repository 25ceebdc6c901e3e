import Directory
import Exports
import Kernel
import Spreadsheets
import Storage
import Web

/// Who stands in for whom, and what personal data is kept for, as spreadsheets: what their pages show.
extension RegistersRoom {
    // MARK: Standing in

    var standInList: ExportList {
        ExportList(
            "stand-ins", titleKey: "registers.stand-ins.title", permission: .arrangeStandIn,
            columns: [
                Self.column("village", ColumnNames.village), Self.column("grid", ColumnNames.grid),
                Self.column("absent", ["不在岗人员", "请假人员"]), Self.column("stand-in", ["代管人", "代管人员"]),
                Self.column("first", ["开始日期"]), Self.column("last", ["结束日期"]), Self.column("why", ["原因", "代管原因"]),
            ], rows: standIns)
    }

    /// All of them at once: of a town's workers a few are away.
    private func standIns(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let scope = try question.principal.scope(for: .arrangeStandIn)
        let town = question.principal.town
        let (tree, list, names) = try await desk.database.read { [desk] tx in
            let list = try StandInStore(tx, town: town).coming(in: scope, on: desk.today)
            let tree = try desk.tree(tx, town)
            let absent = Dictionary(tree.posts.map { ($0.id, $0.person) }) { first, _ in first }
            let people = Set(list.flatMap { [absent[$0.post], $0.person].compactMap(\.self) })
            return (tree, list, try PersonStore(tx, town: town).names(of: people))
        }
        let posts = Dictionary(tree.posts.map { ($0.id, $0) }) { first, _ in first }
        let rows = list.map { standIn -> [Cell] in
            let post = posts[standIn.post]
            let place: [Cell] = post?.grid.map { Self.place($0, tree, question) } ?? [.empty, .empty]
            return place + [
                .text(post.flatMap { names[$0.person] } ?? ""), .text(names[standIn.person] ?? ""), .day(standIn.from),
                .day(standIn.to), .text(standIn.reason),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }

    // MARK: Purposes

    var purposeList: ExportList {
        ExportList(
            "purposes", titleKey: "registers.purposes.title", permission: .managePurposes,
            columns: ["purpose", "purpose-code", "basis", "emergency", "kept-days", "ends"].map { Self.column($0) },
            rows: purposes)
    }

    /// All of them at once: a town has a dozen.
    private func purposes(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (town, words) = (question.principal.town, question.words)
        let found = try await desk.database.read { try DataPurposeStore($0, town: town).all() }
        let rows = found.map { purpose -> [Cell] in
            [
                .text(words.language == .en ? purpose.nameEn : purpose.nameZh), .text(purpose.code),
                .text(words.text("registers.basis.\(purpose.basis.rawValue)")),
                .text(words.text(purpose.isEmergency ? "web.yes" : "web.no")), .whole(purpose.retentionDays),
                purpose.endsOn.map(Cell.day) ?? .empty,
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }
}
