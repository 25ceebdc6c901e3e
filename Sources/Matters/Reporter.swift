package import Kernel

/// Somebody who told the town of a matter; one matter may have several (domain.md F16). Name, telephone and e-mail are sealed at rest.
package struct Reporter: Hashable, Sendable {
    package let id: ID<Reporter>
    package let matter: ID<Matter>
    package let name: String?
    package let phone: Telephone?
    package let email: EmailAddress?
    /// The account of a resident who was signed in.
    package let account: ID<AccountNode>?
    /// The account of whoever wrote it down for them.
    package let enteredBy: ID<AccountNode>?
    /// Whether they agreed to be told by text message.
    package let wantsText: Bool
    package let at: Instant

    package init(
        id: ID<Reporter>, matter: ID<Matter>, name: String?, phone: Telephone?, email: EmailAddress? = nil,
        account: ID<AccountNode>?, enteredBy: ID<AccountNode>?, wantsText: Bool = false, at: Instant
    ) {
        self.id = id
        self.matter = matter
        self.name = name
        self.phone = phone
        self.email = email
        self.account = account
        self.enteredBy = enteredBy
        self.wantsText = wantsText
        self.at = at
    }

    package static let nameLimit = 50
    /// The most people that one report may name.
    package static let atOnceLimit = 30
}

/// What everybody who may see the matter sees of a reporter: the first character of the name and of the e-mail
/// address, and the ends of the telephone.
package struct MaskedReporter: Hashable, Sendable {
    package let id: ID<Reporter>
    package let name: String?
    package let phone: String?
    package let email: String?
    package let wasEnteredBySomebodyElse: Bool
    package let at: Instant
}
