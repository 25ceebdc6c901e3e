package import Kernel
import Storage

/// Words for a step, as the town or a village likes to put them 常用语. Every edition is kept.
package struct Phrase: Hashable, Sendable {
    /// The forms that offer phrases, by the names they have on the matter's page.
    package enum Step: String, Sendable, CaseIterable, SQLValue {
        /// To the reporter: that somebody has looked.
        case check
        /// To the reporter: what was done.
        case handle
        case followUp = "follow-up"
        case escalate
        case sendBack = "send-back"
        case time
        case urge

        /// The control of its form that takes the words.
        package var field: String { self == .escalate || self == .sendBack ? "reason" : "words" }

        /// Whether whoever reported reads it.
        package var isForReporter: Bool { self == .check || self == .handle }
    }

    /// Of the shipped ones a name; of a town's own an id.
    package let code: String
    /// 0 as it is shipped.
    package let edition: Int
    /// Nil for the whole town.
    package let village: ID<GridNode>?
    package let step: Step
    package let title: String
    /// With places such as `{编号}` to be filled from the matter.
    package let words: String
    package let isOff: Bool

    package init(
        code: String, edition: Int, village: ID<GridNode>? = nil, step: Step, title: String, words: String, isOff: Bool = false
    ) {
        (self.code, self.edition, self.village, self.step) = (code, edition, village, step)
        (self.title, self.words, self.isOff) = (title, words, isOff)
    }

    package static let titleLimit = 20
    package static let wordsLimit = 500
}
