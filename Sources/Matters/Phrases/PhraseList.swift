import Directory
import Exports
import Kernel
import Spreadsheets
import Storage

/// Saved phrases as a spreadsheet: the town's and those of one's villages.
extension MattersRoom {
    var phraseList: ExportList {
        ExportList(
            "phrases", titleKey: "matters.phrase.title", permission: .editCategory,
            columns: ["step", "title", "words", "place", "off"].map {
                ExportList.Column($0, key: "matters.phrase.list.\($0)")
            }, rows: phrases)
    }

    /// All of them at once, by step as on the page.
    private func phrases(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let scope = try question.principal.scope(for: .editCategory)
        let (town, words, desk) = (question.principal.town, question.words, desk)
        let (phrases, tree) = try await desk.database.read { tx in
            (try PhraseStore(tx, town: town).phrases(), try desk.tree(tx, town))
        }
        let rows = Phrase.Step.allCases.flatMap { step in
            phrases.filter { $0.step == step && $0.isShown(in: scope, tree) }.map { phrase -> [Cell] in
                [
                    .text(words.text("matters.phrase.step.\(step.rawValue)")), .text(phrase.title), .text(phrase.words),
                    .text(
                        phrase.village.map { tree.fullName(of: $0, in: words.language) }
                            ?? words.text("matters.phrase.list.whole-town")),
                    .text(words.text(phrase.isOff ? "web.yes" : "web.no")),
                ]
            }
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }
}

extension Phrase {
    /// Whether somebody of `scope` works with it: a phrase of the whole town is everybody's.
    func isShown(in scope: Scope, _ tree: GridTree) -> Bool { village.map { tree.isIn(scope, $0) } ?? true }
}
