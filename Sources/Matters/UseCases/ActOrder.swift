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

/// An act as it is carried out: by a member of the staff, or by whoever has the number.
struct Deed: Sendable {
    let id: ID<MatterEvent>
    let matter: ID<Matter>
    let version: Int
    let town: ID<Town>
    /// Nil for the reporter, whose number has been looked at.
    let principal: Principal?
    let address: String?
    let photos: [MatterPhoto.Files]
}

extension Deed {
    init(_ order: ActOrder) {
        self.init(
            id: order.id, matter: order.matter, version: order.version, town: order.principal.town, principal: order.principal,
            address: order.address, photos: order.photos)
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
