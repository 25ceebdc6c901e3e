package import Kernel

/// What may be claimed, and who may decide on it. Pure.
package enum ClaimRules {
    /// What a rule wants to be shown and a claim does not show; nil when nothing is missing. What takes points away always needs words
    /// (F59), and a photo where the rule says so.
    package static func missing(_ rule: PointRule, words: String, photos: Int) -> Fault? {
        if rule.evidence == .photo, photos == 0 { return Fault("/photos", "photo-needed") }
        if words.isEmpty, rule.evidence == .words || rule.evidence == .record || rule.points < 0 {
            return Fault("/words", "words-needed")
        }
        return nil
    }

    /// Whether the staff may book it at once. What takes points away, and what wants to be shown a photo, goes by a claim, on which
    /// another one decides (F59).
    package static func isBookedAtOnce(_ rule: PointRule) -> Bool {
        rule.use == .open && rule.points > 0 && rule.evidence != .photo
    }

    /// Whether the deed's day can be claimed today: not to come, and at most ``Claim/claimDays`` days ago.
    package static func check(day: Day, today: Day) -> Fault? {
        if day > today { return Fault("/day", "day-to-come") }
        if day < today.adding(days: -Claim.claimDays) {
            return Fault("/day", "day-too-long-ago", ["days": String(Claim.claimDays)])
        }
        return nil
    }

    /// Nobody decides on what they have entered themselves, nor on their own household.
    /// - Throws: ``Forbidden`` `own-claim` or `own-home`.
    package static func checkDecider(_ account: ID<AccountNode>, enteredBy: ID<AccountNode>, livesThere: Bool) throws(Forbidden) {
        guard account != enteredBy else { throw Forbidden("own-claim") }
        guard !livesThere else { throw Forbidden("own-home") }
    }

    /// - Throws: ``Conflict`` `claim-decided`.
    package static func checkPending(_ stage: Claim.Stage) throws(Conflict) {
        guard stage == .pending else { throw Conflict("claim-decided") }
    }
}

/// When a household may object to points that were taken from it. Pure.
package enum AppealRules {
    /// Days after the day of the booking.
    package static let days = 15

    /// - Throws: ``Conflict`` `nothing-to-appeal` for what gave points or has been taken back, `appeal-too-late`.
    package static func check(effect: Int, isTakenBack: Bool, bookedOn day: Day, today: Day) throws(Conflict) {
        guard effect < 0, !isTakenBack else { throw Conflict("nothing-to-appeal") }
        guard today <= day.adding(days: days) else { throw Conflict("appeal-too-late") }
    }

    /// Who booked it does not judge the objection.
    /// - Throws: ``Forbidden`` `own-decision` or `own-home`.
    package static func checkJudge(_ account: ID<AccountNode>, bookedBy: ID<AccountNode>?, livesThere: Bool) throws(Forbidden) {
        guard account != bookedBy else { throw Forbidden("own-decision") }
        guard !livesThere else { throw Forbidden("own-home") }
    }
}
