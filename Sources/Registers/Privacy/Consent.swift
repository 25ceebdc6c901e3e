package import Directory
package import Kernel
import Storage

/// One line about somebody's consent: given or withdrawn, how, and by which guardian for a child. Appended, never edited. 同意记录
package struct Consent: Sendable, Hashable {
    package enum Act: String, Sendable, Hashable, CaseIterable, SQLValue { case given, withdrawn }
    package enum Way: String, Sendable, Hashable, CaseIterable, SQLValue { case paper, spoken, online }

    package let id: ID<Consent>
    package let person: ID<PersonNode>
    package let purpose: String
    package let act: Act
    package let way: Way
    package let guardian: ID<PersonNode>?
    package let at: Instant
    package let account: ID<AccountNode>?

    package init(
        id: ID<Consent>, person: ID<PersonNode>, purpose: String, act: Act, way: Way, guardian: ID<PersonNode>?, at: Instant,
        account: ID<AccountNode>?
    ) {
        self.id = id
        self.person = person
        self.purpose = purpose
        self.act = act
        self.way = way
        self.guardian = guardian
        self.at = at
        self.account = account
    }
}

/// Who answers for a child. 监护人
package struct Guardianship: Sendable, Hashable {
    package let id: ID<Guardianship>
    package let child: ID<PersonNode>
    package let guardian: ID<PersonNode>
    package let relation: String
    package let term: Term

    package init(
        id: ID<Guardianship>, child: ID<PersonNode>, guardian: ID<PersonNode>, relation: String, from: Day, to: Day? = nil
    ) {
        self.id = id
        self.child = child
        self.guardian = guardian
        self.relation = relation
        term = Term(from: from, to: to)
    }
}
