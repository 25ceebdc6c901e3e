package import Kernel

/// A public page that another room has for every village with a capability; the village's own page leads to it.
package struct PlaceOffer: Sendable {
    package let capability: Capability
    /// The key of its name.
    package let key: String
    package let path: @Sendable (ID<GridNode>) -> String

    package init(_ capability: Capability, key: String, path: @escaping @Sendable (ID<GridNode>) -> String) {
        self.capability = capability
        self.key = key
        self.path = path
    }
}
