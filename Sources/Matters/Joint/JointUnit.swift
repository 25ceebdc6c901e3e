package import Directory
package import Kernel

/// A body outside the grids whose help matters may need: the police station, the power company, a hospital 协办单位.
package struct JointUnit: Hashable, Sendable {
    package let id: ID<JointUnit>
    package let nameZh: String
    /// Empty where nobody has said one.
    package let nameEn: String
    /// Whom to ask for, and at which line of the office: what the town office may ring up.
    package let contact: String
    package let phone: String
    /// Within what it says whether it takes a task, and the usual time for the task itself.
    package let respondWithin: TimeLimit
    package let finishWithin: TimeLimit
    /// Not asked any more; what it was asked before stays its own.
    package let isRetired: Bool
    package let version: Int

    package init(
        id: ID<JointUnit>, nameZh: String, nameEn: String = "", contact: String = "", phone: String = "",
        respondWithin: TimeLimit = .oneDay, finishWithin: TimeLimit = .threeDays, isRetired: Bool = false, version: Int = 1
    ) {
        (self.id, self.nameZh, self.nameEn, self.contact, self.phone) = (id, nameZh, nameEn, contact, phone)
        (self.respondWithin, self.finishWithin) = (respondWithin, finishWithin)
        (self.isRetired, self.version) = (isRetired, version)
    }

    package static let nameLimit = 40
}

/// That somebody answers for a unit, for a term.
package struct UnitMember: Hashable, Sendable {
    package let id: ID<UnitMember>
    package let unit: ID<JointUnit>
    package let person: ID<PersonNode>
    package let term: Term

    package init(id: ID<UnitMember>, unit: ID<JointUnit>, person: ID<PersonNode>, from: Day, to: Day? = nil) {
        (self.id, self.unit, self.person) = (id, unit, person)
        term = Term(from: from, to: to)
    }
}
