package import Kernel

/// How long personal data is kept (个人信息保护法 art. 19: no longer than the purpose needs; 突发事件应对法 art. 85).
package enum RetentionRules {
    /// Whether everything under the purpose is to be destroyed: it has ended, and its days of grace too. An emergency has none.
    package static func isOver(_ purpose: DataPurpose, on day: Day) -> Bool {
        guard let end = purpose.endsOn else { return false }
        return day > end.adding(days: purpose.isEmergency ? 0 : purpose.retentionDays)
    }

    /// What ended before this day is destroyed.
    package static func firstDayKept(_ purpose: DataPurpose, on day: Day) -> Day { day.adding(days: -purpose.retentionDays) }

    package static func faults(of purpose: DataPurpose, today: Day) -> [Fault] {
        var validation = Validation()
        _ = validation.text(purpose.nameZh, at: "/nameZh", limit: 40)
        _ = validation.text(purpose.nameEn, at: "/nameEn", limit: 80)
        validation.check((0...3653).contains(purpose.retentionDays), at: "/retention", "retention-range")
        if purpose.isEmergency {
            validation.check(purpose.endsOn != nil, at: "/ends", "required")
            validation.check(
                purpose.endsOn.map { $0.ordinal - today.ordinal <= 366 } ?? true, at: "/ends", "care-too-long", ["days": "366"])
            validation.check(purpose.basis == .emergency, at: "/basis", "not-a-choice")
        }
        return validation.faults
    }
}
