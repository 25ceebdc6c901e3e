package import Kernel

/// What every act on a matter says besides its own facts.
package struct ActOrder: Sendable {
    /// Made by whoever acts, so that a retry writes once.
    package let id: ID<MatterEvent>
    package let matter: ID<Matter>
    /// The version that the actor saw.
    package let version: Int
    package let principal: Principal
    package let address: String?
    package let photos: [MatterPhoto.Files]
    /// What was found wrong while it was read; told together with what is found later.
    package let faults: [Fault]

    package init(
        id: ID<MatterEvent>, matter: ID<Matter>, version: Int, by principal: Principal, address: String? = nil,
        photos: [MatterPhoto.Files] = [], faults: [Fault] = []
    ) {
        self.id = id
        self.matter = matter
        self.version = version
        self.principal = principal
        self.address = address
        self.photos = photos
        self.faults = faults
    }
}

/// What an act found when it was its turn.
struct ActScene {
    let matter: Matter
    let path: [Rung]
    /// The grids one level at a time below the matter's place, for naming it more closely.
    let below: [Rung]
    let handlers: Set<ID<AccountNode>>
    let category: Category?
}
