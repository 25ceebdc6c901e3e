package import Kernel

/// What a key-care mark must be like.
package enum CareRules {
    /// The longest a mark holds before somebody looks again whether it is still so, in days.
    package static let longestDays = 366
    /// After how many days without a visit somebody of the key-care list is due.
    package static let dueAfterDays = 60

    /// The smallest circle that may know of a kind: illness, income and the like are sensitive (个人信息保护法 art. 28).
    package static func widestAudience(of kind: CareMark.Kind) -> CareMark.Audience {
        switch kind {
        case .livingAlone, .reducedMobility, .leftBehindElder, .veteran, .emergency: .grid
        case .disability, .leftBehindChild, .lowIncome, .extremePoverty, .maternity, .illness: .grid
        case .lostOnlyChild: .village
        }
    }

    /// - Parameter purpose: nil when there is none of that code.
    package static func faults(
        _ kind: CareMark.Kind, _ audience: CareMark.Audience, purpose: DataPurpose?, from: Day, to: Day?, today: Day
    ) -> [Fault] {
        var validation = Validation()
        validation.check(purpose != nil, at: "/purpose", "not-a-choice")
        validation.check(
            purpose.map { ended in ended.endsOn.map { $0 >= today } ?? true } ?? true, at: "/purpose", "purpose-ended")
        validation.check(rank(audience) >= rank(widestAudience(of: kind)), at: "/audience", "audience-too-wide")
        validation.check(from <= today, at: "/from", "in-the-future")
        if let to {
            validation.check(to >= from, at: "/to", "dates-reversed")
            validation.check(to.ordinal - from.ordinal <= longestDays, at: "/to", "care-too-long", ["days": String(longestDays)])
            let end = purpose?.isEmergency == true ? purpose?.endsOn : nil
            validation.check(end.map { to <= $0 } ?? true, at: "/to", "after-purpose")
        } else {
            validation.check(false, at: "/to", "required")
        }
        return validation.faults
    }

    private static func rank(_ audience: CareMark.Audience) -> Int { CareMark.Audience.allCases.firstIndex(of: audience) ?? 0 }

    /// Whether somebody was not visited for the days that key care allows.
    package static func isDue(lastVisit: Day?, on day: Day) -> Bool {
        lastVisit.map { day.ordinal - $0.ordinal >= dueAfterDays } ?? true
    }
}
