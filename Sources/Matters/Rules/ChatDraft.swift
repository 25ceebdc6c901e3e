import Directory
import Kernel

/// A matter that may be in what was said in a group; somebody looks at it before it is one.
struct ChatDraft: Hashable, Sendable {
    /// Who spoke of it, the first one first.
    var senders: [String]
    var words: String
    /// Nil when nothing speaks of a category: it may be no need at all.
    let category: String?
    let grid: ID<GridNode>
    let spot: String

    /// One draft for what several people say of one thing at one place; everybody is kept, so that everybody is told in the end.
    /// - Parameters:
    ///   - village: where the group is, for messages that name no place.
    ///   - grids: the village and what lies below it.
    static func drafts(of messages: [ChatMessage], in village: ID<GridNode>, grids: [Grid], categories: [Category]) -> [ChatDraft]
    {
        var drafts: [ChatDraft] = []
        for message in messages {
            let draft = ChatDraft(
                senders: message.sender.isEmpty ? [] : [message.sender], words: message.words,
                category: GuessRules.category(of: message.words, among: categories),
                grid: GuessRules.grid(in: message.words, among: grids) ?? village, spot: GuessRules.spot(in: message.words))
            if let same = drafts.firstIndex(where: { $0.isSame(as: draft) }) {
                drafts[same].take(draft)
            } else {
                drafts.append(draft)
            }
        }
        return drafts
    }

    private func isSame(as other: ChatDraft) -> Bool {
        category != nil && (category, grid, spot) == (other.category, other.grid, other.spot)
    }

    private mutating func take(_ other: ChatDraft) {
        senders += other.senders.filter { !senders.contains($0) }
        let lines = words.split(separator: "\n").map(String.init)
        if !lines.contains(other.words) { words += "\n" + other.words }
    }
}
