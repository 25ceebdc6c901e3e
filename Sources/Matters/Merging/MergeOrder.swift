package import Kernel

/// Which matter goes into which 并案.
package struct MergeOrder: Sendable {
    package enum Target: Hashable, Sendable {
        /// One that was shown, with the version that was seen; nil when it was not looked at.
        case shown(ID<Matter>, version: Int?)
        /// One that somebody has the number of: the matter's, or that of whoever joined in.
        case number(PublicNumber)
    }

    /// Made by whoever acts, so that a retry writes once.
    package let id: ID<MatterEvent>
    package let source: ID<Matter>
    /// The version that the actor saw.
    package let version: Int
    package let target: Target
    package let principal: Principal
    package let address: String?

    package init(
        id: ID<MatterEvent>, _ source: ID<Matter>, version: Int, into target: Target, by principal: Principal,
        address: String? = nil
    ) {
        (self.id, self.source, self.version, self.target) = (id, source, version, target)
        (self.principal, self.address) = (principal, address)
    }
}
