package import Directory
package import Kernel
import Storage

/// The environment day of one month: the third Saturday, or the day the village moved it to (F55). 环境整治日
package struct EnvironmentDay: Sendable, Hashable {
    package enum Stage: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
        /// Waits for somebody to confirm the day.
        case proposed
        case confirmed
        /// Attendance is written down and the points are booked.
        case held
    }

    package let id: ID<EnvironmentDay>
    package let village: ID<GridNode>
    package let month: MonthKey
    package let third: Day
    package let day: Day
    /// Why another day than the third Saturday; empty when it is that.
    package let why: String
    package let stage: Stage
    package let version: Int
}

/// A place to be cleaned, and which grid's people go there. 重点区域
package struct EnvironmentArea: Sendable, Hashable {
    package let id: ID<EnvironmentArea>
    package let day: ID<EnvironmentDay>
    package let grid: ID<GridNode>
    package let words: String
}

/// A household that takes part. 报名
package struct EnvironmentSignup: Sendable, Hashable {
    package let id: ID<EnvironmentSignup>
    package let day: ID<EnvironmentDay>
    package let area: ID<EnvironmentArea>
    package let household: ID<Household>
    package let person: ID<PersonNode>?
    package let at: Instant
    /// Nil until the attendance is written down.
    package let came: Bool?
}
