import Storage

/// Where a matter stands 收集 处置 回访 (domain.md F18).
package enum MatterStage: String, Sendable, CaseIterable, Codable, SQLValue {
    /// Taken in; waits for somebody to look at it on the spot.
    case collected
    /// Seen on the spot; waits to be handled.
    case accepted
    /// Handled, or found not to be as reported; waits for a follow-up.
    case handled
    /// A follow-up ended it.
    case closed
    /// Goes on as part of another matter.
    case merged

    package var isOpen: Bool { self != .closed && self != .merged }
}

/// What a person can do with a matter.
package enum MatterAct: String, Sendable, CaseIterable, Codable, SQLValue {
    case siteCheck = "site-check"
    case handle
    case escalate
    case `return` = "return"
    case followUp = "follow-up"
}

/// What the person sent to look found 现场核查.
package enum Finding: String, Sendable, CaseIterable, Codable, SQLValue {
    case confirmed
    /// Put right there and then: handled in one go (domain.md F14).
    case solvedOnSpot = "solved-on-spot"
    case notAsReported = "not-as-reported"
}

/// How the handling ended 处置结果.
package enum Outcome: String, Sendable, CaseIterable, Codable, SQLValue {
    case resolved
    case notAsReported = "not-as-reported"
    /// Explained to the reporter why it cannot be done.
    case cannotBeDone = "cannot-be-done"
    /// Passed to the authority that has the power, such as the police.
    case referred
}

/// How a matter came in 来源 (domain.md F16).
package enum Channel: String, Sendable, CaseIterable, Codable, SQLValue {
    case residentPage = "resident-page"
    case phone
    case visit
    case patrol
    case station
    case groupChat = "group-chat"
    case meeting
    /// Another program, by the API.
    case program
    /// Another platform, by GeoReport v2.
    case open311
    /// Handed over by the 12345 hotline, with a clock of its own (domain.md §2.12).
    case hotline

    /// Those a worker chooses from when writing down what somebody else said.
    package static let onBehalf: [Channel] = [.phone, .visit, .patrol, .station, .groupChat, .meeting]
}

/// How the reporter or the spot was asked again 回访方式.
package enum FollowUpWay: String, Sendable, CaseIterable, Codable, SQLValue {
    case phone
    case visit
    /// Nobody can be asked, so somebody looked at the spot.
    case onSite = "on-site"
    /// The reporter said so themselves, by their number.
    case ownLink = "own-link"

    /// Those a member of the staff chooses from.
    package static let byStaff: [FollowUpWay] = [.phone, .visit, .onSite]
}
