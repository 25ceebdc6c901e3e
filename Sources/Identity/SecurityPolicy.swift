/// The figures of 等保 GB/T 22239 §8.1.4 as a town has set them (domain.md §2.7). Stored as JSON, one row a town; absent members keep their default.
package struct SecurityPolicy: Codable, Hashable, Sendable {
    package var passwordLength = 10
    /// Of lower case, upper case, digits and other characters.
    package var passwordClasses = 3
    package var passwordDays = 90
    /// How many former passwords may not be used again.
    package var passwordHistory = 5
    package var failuresBeforeLock = 5
    package var failureWindowMinutes = 15
    package var lockMinutes = 30
    package var officeIdleMinutes = 15
    package var webIdleMinutes = 30
    package var phoneIdleDays = 7
    /// However busy, a session ends after this.
    package var longestSessionDays = 30
    /// An account unused for so long cannot sign in until it is opened again.
    package var unusedDays = 90
    /// Whether accounts with office permissions must have a second factor.
    package var secondFactorForOffice = true

    package init() {}

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let standard = SecurityPolicy()
        func figure(_ key: CodingKeys, _ fallback: Int) throws -> Int {
            try container.decodeIfPresent(Int.self, forKey: key) ?? fallback
        }
        passwordLength = try figure(.passwordLength, standard.passwordLength)
        passwordClasses = try figure(.passwordClasses, standard.passwordClasses)
        passwordDays = try figure(.passwordDays, standard.passwordDays)
        passwordHistory = try figure(.passwordHistory, standard.passwordHistory)
        failuresBeforeLock = try figure(.failuresBeforeLock, standard.failuresBeforeLock)
        failureWindowMinutes = try figure(.failureWindowMinutes, standard.failureWindowMinutes)
        lockMinutes = try figure(.lockMinutes, standard.lockMinutes)
        officeIdleMinutes = try figure(.officeIdleMinutes, standard.officeIdleMinutes)
        webIdleMinutes = try figure(.webIdleMinutes, standard.webIdleMinutes)
        phoneIdleDays = try figure(.phoneIdleDays, standard.phoneIdleDays)
        longestSessionDays = try figure(.longestSessionDays, standard.longestSessionDays)
        unusedDays = try figure(.unusedDays, standard.unusedDays)
        secondFactorForOffice =
            try container.decodeIfPresent(Bool.self, forKey: .secondFactorForOffice) ?? standard.secondFactorForOffice
    }
}
