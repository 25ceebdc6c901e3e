package import Kernel
import Storage

/// One entry of a matter's history: who did what, when, from which post (design.md rule 5). Never changed.
package struct MatterEvent: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable, SQLValue {
        case reported
        case siteChecked = "site-checked"
        case handled
        case escalated
        case returned
        case followedUp = "followed-up"
        /// Went up one level by itself, because it was late.
        case upgraded
        /// Somebody else has the post that has it in hand now.
        case handedOver = "handed-over"
        /// Its grid was dissolved into another one.
        case regridded
        /// Went into another matter, and is what it was again.
        case merged
        case splitOff = "split-off"
        /// Another matter went into it, and is one of its own again.
        case tookIn = "took-in"
        case gaveUp = "gave-up"
    }

    /// Who acted, as they were called then.
    package struct Actor: Hashable, Sendable {
        package let account: ID<AccountNode>
        package let name: String
        package let post: String

        package init(account: ID<AccountNode>, name: String, post: String) {
            self.account = account
            self.name = name
            self.post = post
        }

        package init(_ principal: Principal) { self.init(account: principal.account, name: principal.name, post: principal.post) }
    }

    /// Made by whoever acts, so that a retry writes once.
    package let id: ID<MatterEvent>
    package let matter: ID<Matter>
    package let kind: Kind
    package let at: Instant
    /// Nil for a resident's own report.
    package let actor: Actor?
    package let fromStage: MatterStage?
    package let toStage: MatterStage
    /// Who held the matter before and after; before a report nobody did.
    package let fromHolder: Holder?
    package let toHolder: Holder
    /// The matter's version after this entry.
    package let version: Int
    package let facts: Facts

    /// What was said. Every text is empty when there is none.
    package struct Facts: Hashable, Sendable {
        /// Why it was escalated or sent back. For the staff.
        package var reason = ""
        /// For the staff.
        package var note = ""
        /// For the reporter; shown on the page of the number.
        package var reply = ""
        package var finding: Finding?
        package var outcome: Outcome?
        package var way: FollowUpWay?
        package var satisfied: Bool?
        /// 1 to 5.
        package var rating: Int?

        package init() {}
    }

    /// Of merging and splitting: the number of the other matter, which the note keeps.
    var otherNumber: String? { [.merged, .splitOff, .tookIn, .gaveUp].contains(kind) ? facts.note : nil }

    package init(
        id: ID<MatterEvent>, matter: ID<Matter>, kind: Kind, at: Instant, actor: Actor?, fromStage: MatterStage?,
        toStage: MatterStage,
        fromHolder: Holder?, toHolder: Holder, version: Int, facts: Facts = Facts()
    ) {
        self.id = id
        self.matter = matter
        self.kind = kind
        self.at = at
        self.actor = actor
        self.fromStage = fromStage
        self.toStage = toStage
        self.fromHolder = fromHolder
        self.toHolder = toHolder
        self.version = version
        self.facts = facts
    }
}
