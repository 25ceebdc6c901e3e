import Kernel
package import Media
package import Storage

/// What the use cases about pictures work with, besides the desk of matters.
package struct PhotoDesk: Sendable {
    let matters: MatterDesk
    let darkroom: Darkroom
    let photos: BlobStore
    /// Whether another room has a file too. The arrow to those rooms would point back, so the composition root fills this in.
    let isHeldElsewhere: @Sendable (String, any Transaction) throws -> Bool

    package init(
        matters: MatterDesk, darkroom: Darkroom, photos: BlobStore,
        isHeldElsewhere: @escaping @Sendable (String, any Transaction) throws -> Bool = { _, _ in false }
    ) {
        self.matters = matters
        self.darkroom = darkroom
        self.photos = photos
        self.isHeldElsewhere = isHeldElsewhere
    }

    /// For what a picture is sealed, so that nothing sealed can be moved to another one.
    static func place(_ photo: ID<MatterPhoto>) -> String { "matter_photo_original.picture/\(photo)" }
}
