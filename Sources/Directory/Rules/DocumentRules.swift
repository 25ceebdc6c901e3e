package import Kernel

/// What a mechanism document must be like, and which edition of it holds on a day. Pure.
package enum DocumentRules {
    /// Characters of a document's text.
    package static let bodyLimit = 20_000

    /// Everything that speaks against an edition.
    /// - Parameter earlier: the editions of the same document so far.
    package static func faults(in edition: MechanismDocument, after earlier: [MechanismDocument]) -> [Fault] {
        var validation = Validation()
        _ = validation.text(edition.titleZh, at: "/titleZh", limit: 80)
        _ = validation.text(edition.titleEn, at: "/titleEn", limit: 160, required: false)
        _ = validation.text(edition.bodyZh, at: "/bodyZh", limit: bodyLimit)
        _ = validation.text(edition.bodyEn, at: "/bodyEn", limit: bodyLimit, required: false)
        // Days that an earlier edition has already ruled stay ruled by it.
        validation.check(earlier.allSatisfy { $0.from < edition.from }, at: "/from", "edition-too-early")
        return validation.faults
    }

    /// What speaks against withdrawing the newest edition on `day`, its last one.
    package static func faults(withdrawing edition: MechanismDocument, on day: Day) -> [Fault] {
        var validation = Validation()
        validation.check(edition.to == nil, at: "/day", "ended-already")
        validation.check(day >= edition.from, at: "/day", "dates-reversed")
        return validation.faults
    }

    /// The edition in force on `day`; nil before the first and after the last.
    package static func inForce(_ editions: [MechanismDocument], on day: Day) -> MechanismDocument? {
        editions.filter { $0.term.contains(day) }.max { $0.edition < $1.edition }
    }
}
