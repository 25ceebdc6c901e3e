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

    /// The permission that each act needs.
    package static func permission(for act: MatterAct) -> Permission {
        switch act {
        case .siteCheck, .handle: .handleMatter
        case .escalate, .return: .routeMatter
        case .followUp: .followUpMatter
        }
    }
}
