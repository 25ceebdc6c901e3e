package import Kernel

/// A photo that belongs to a report or an act: two files of the blob store. Public only once somebody has looked at it and said so.
package struct MatterPhoto: Hashable, Sendable {
    package let id: ID<MatterPhoto>
    package let matter: ID<Matter>
    package let event: ID<MatterEvent>
    package let position: Int
    package let files: Files
    package let at: Instant
    /// How often it was redacted, or said to be fit to be shown, or not any more.
    package let edition: Int
    /// Since when everybody may see it; nil until somebody has said that it is fit for that.
    package let shownAt: Instant?

    /// The keys under which the blob store has the picture, and its size in pixels.
    package struct Files: Hashable, Sendable {
        package let full: String
        package let thumb: String
        package let width: Int
        package let height: Int

        package init(full: String, thumb: String, width: Int, height: Int) {
            self.full = full
            self.thumb = thumb
            self.width = width
            self.height = height
        }
    }
}
