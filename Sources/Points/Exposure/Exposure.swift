package import Directory
package import Kernel
import Storage

/// That something at a household's door is to be put right, and what becomes of it: a warning first, and only when its time has run out
/// a place on the village's notice board for at most a week, without name, face or door-plate. 晾晒
package struct Exposure: Sendable, Hashable {
    /// How it ended, once it did.
    package enum End: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 整改复查通过: seen again and found in order.
        case putRight = "put-right"
        /// 撤回: the objection was granted, or it was a mistake.
        case withdrawn
    }

    package let id: ID<Exposure>
    package let village: ID<GridNode>
    package let grid: ID<GridNode>
    package let household: ID<Household>
    /// What is to be put right, in words that name nobody.
    package let words: String
    /// Whether it is about what a child has done: then it is never shown.
    package let isMinors: Bool
    /// The day of the warning, and the last day to put it right.
    package let warnedOn: Day
    package let dueOn: Day
    package let warnedBy: ID<AccountNode>
    /// The day it went on the board; nil before.
    package let publishedOn: Day?
    package let publishedBy: ID<AccountNode>?
    /// The picture on the board, with what must not be seen already painted over; nil for words alone.
    package let picture: String?
    package let end: End?
    package let endedOn: Day?
    package let version: Int

    package static let wordsLimit = 100
}

/// What the villagers decided about showing: without it nothing is ever shown. 晾晒决议
package struct ExposurePolicy: Sendable, Hashable {
    package let village: ID<GridNode>
    /// The number of the minutes, such as 瑶村决〔2025〕3号.
    package let decision: String
    package let decidedOn: Day
    /// How many days a household has to put things right.
    package let daysToPutRight: Int

    package init(village: ID<GridNode>, decision: String, decidedOn: Day, daysToPutRight: Int) {
        self.village = village
        self.decision = decision
        self.decidedOn = decidedOn
        self.daysToPutRight = daysToPutRight
    }
}
