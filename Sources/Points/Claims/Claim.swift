package import Directory
package import Kernel
import Storage

/// What a household says it has done, with photos or words, until somebody has looked at it (F56). Also what the staff hold against a
/// household, for a rule that takes points away. 积分申领
package struct Claim: Sendable, Hashable {
    package enum Stage: String, Sendable, Hashable, CaseIterable, SQLValue {
        case pending, approved, refused
        /// Taken back by whoever claimed, before anybody decided.
        case withdrawn
    }

    /// How it came. 申领方式
    package enum Channel: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// From the household's own telephone.
        case phone
        /// 代办: by a worker who was told or came along.
        case proxy
        /// From a paper slip with the household's card.
        case card
    }

    /// Made by whoever claims, so that a retry claims once. The entry that approves it bears the same id.
    package let id: ID<Claim>
    package let village: ID<GridNode>
    package let grid: ID<GridNode>
    package let household: ID<Household>
    package let person: ID<PersonNode>?
    package let rule: String
    /// What the rule said when it was claimed; below 0 for a deduction.
    package let asked: Int
    /// The day of the deed.
    package let day: Day
    package let words: String
    package let channel: Channel
    package let enteredBy: ID<AccountNode>
    /// Empty for the household itself.
    package let enteredPost: String
    package let at: Instant
    package let stage: Stage
    package let decision: Decision?
    package let version: Int

    /// Who decided, when and why.
    package struct Decision: Sendable, Hashable {
        package let account: ID<AccountNode>
        package let post: String
        package let at: Instant
        /// Why it was refused; empty for an approval.
        package let reason: String
        /// What was booked, with its sign; nil when nothing was.
        package let points: Int?
    }

    package static let photoLimit = 3
    package static let wordsLimit = 300
    /// A deed can be claimed for so many days after its day.
    package static let claimDays = 30
}

/// A picture that goes with a claim. Never public.
package struct ClaimPhoto: Sendable, Hashable {
    package let id: ID<ClaimPhoto>
    package let claim: ID<Claim>
    package let position: Int
    package let full: String
    package let thumb: String
}

/// That a picture is, as far as can be seen, one that came with an earlier claim. 重复照片
package struct PhotoMatch: Sendable, Hashable {
    package let photo: ID<ClaimPhoto>
    package let earlier: ClaimPhoto
    /// The earlier claim: whose it was, when it came and what became of it.
    package let household: ID<Household>
    package let at: Instant
    package let stage: Claim.Stage
    /// In percent; 100 for the very same file.
    package let sureness: Int
}
