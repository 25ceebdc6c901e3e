import Delivery
import Directory
package import Exports
import Identity
import Kernel
import Spreadsheets
import Storage
import Web

/// Those outside who are told, as a spreadsheet: neither addresses nor secrets go along.
extension IntegrationsRoom {
    package var lists: [ExportList] {
        [
            ExportList(
                "subscribers", titleKey: "integrations.title", permission: .manageIntegrations,
                columns: ["name", "kind", "topics", "grid", "state", "waiting", "dead", "since"].map {
                    ExportList.Column($0, key: "integrations.column.\($0)")
                }, rows: rows)
        ]
    }

    /// All of them at once: a town has some dozens at most.
    private func rows(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (town, words, directory, day) = (question.principal.town, question.words, directory, ambient.now().day())
        let (found, tree) = try await database.read { tx in
            let found = try SubscriberStore(tx).list(town).map {
                (subscriber: $0, counts: try ReplayStore(tx).counts(of: $0.id, town: town))
            }
            return (found, try directory.tree(tx, town: town, day: day))
        }
        let rows = found.map { subscriber, counts -> [Cell] in
            [
                .text(subscriber.name), .text(words.text("integrations.kind.\(subscriber.kind.rawValue)")),
                .text(Self.topics(subscriber, words)),
                .text(subscriber.grid.map { tree.fullName(of: $0, in: words.language) } ?? ""),
                .text(words.text(subscriber.isOn ? "integrations.on" : "integrations.off")),
                .whole(counts[.waiting] ?? 0), .whole(counts[.dead] ?? 0), .day(subscriber.createdAt.day()),
            ]
        }
        return ExportList.Stretch(rows: rows, next: nil)
    }

    private static func topics(_ subscriber: Subscriber, _ words: Words) -> String {
        guard !subscriber.topics.isEmpty else { return words.text("integrations.topics-all.\(subscriber.kind.rawValue)") }
        return subscriber.topics.sorted().map { words.text("integrations.topic.\($0)") }.joined(
            separator: words.language == .zh ? "、" : ", ")
    }
}
