package import Directory
package import Kernel
import Storage

/// A household's objection to points that were taken from it, or to being shown on the notice board. 申诉
package struct Appeal: Sendable, Hashable {
    /// Against what.
    package enum Subject: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// An entry of the ledger.
        case entry
        /// 晾晒.
        case exposure
    }

    package enum Stage: String, Sendable, Hashable, CaseIterable, SQLValue {
        case open
        /// 成立.
        case granted
        /// 不成立.
        case dismissed
    }

    package let id: ID<Appeal>
    package let village: ID<GridNode>
    package let household: ID<Household>
    package let subject: Subject
    package let subjectID: ID<Appeal.Of>
    package let words: String
    package let account: ID<AccountNode>
    /// Empty for the household itself.
    package let post: String
    package let at: Instant
    package let stage: Stage
    package let answer: String

    /// Any record that can be objected to.
    package enum Of {}

    package static let wordsLimit = 300
}
