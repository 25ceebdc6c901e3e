package import Kernel

/// Who may act on a matter (domain.md F18, F19; design.md rule 4).
package enum ActorRules {
    /// The actor's reach must contain whoever holds the matter: below is theirs, above is not.
    /// - Parameter holderPath: the ids from the village down to the holder's grid, itself included; empty for the town.
    /// - Throws: ``Forbidden`` `not-the-holder`.
    package static func checkHolder(_ scope: Scope, holderPath: [ID<GridNode>]) throws(Forbidden) {
        guard scope.covers(holderPath) else { throw Forbidden("not-the-holder") }
    }

    /// Nobody judges their own work: whoever checked or handled the matter, at any time, does not follow it up.
    /// - Throws: ``Forbidden`` `own-handling`.
    package static func checkFollowUp(by account: ID<AccountNode>, handlers: Set<ID<AccountNode>>) throws(Forbidden) {
        guard !handlers.contains(account) else { throw Forbidden("own-handling") }
    }

    /// Whoever reported says whether it is done, and does nothing else to a matter.
    /// - Throws: ``Forbidden``.
    package static func checkReporter(_ act: MatterAct) throws(Forbidden) {
        guard act == .followUp else { throw Forbidden() }
    }

    /// Time is not the handler's to grant: it takes the level above whoever holds the matter, or the town where that is the town; and
    /// nobody who worked on the matter or asked for it.
    /// - Parameter abovePath: the ids down to the level above; empty for the town.
    /// - Throws: ``Forbidden`` `not-above` or `own-request`.
    package static func checkGrant(
        by account: ID<AccountNode>, _ scope: Scope?, abovePath: [ID<GridNode>], asker: ID<AccountNode>?,
        handlers: Set<ID<AccountNode>>
    ) throws(Forbidden) {
        guard let scope, scope.covers(abovePath) else { throw Forbidden("not-above") }
        guard account != asker, !handlers.contains(account) else { throw Forbidden("own-request") }
    }

    /// The permission that each act needs.
    package static func permission(for act: MatterAct) -> Permission {
        switch act {
        case .siteCheck, .handle: .handleMatter
        case .escalate, .return: .routeMatter
        case .followUp: .followUpMatter
        }
    }
}
