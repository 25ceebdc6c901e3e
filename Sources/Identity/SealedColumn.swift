import Foundation
package import Kernel
package import Storage

/// A column whose values are sealed, as the rotation of keys sees it: how to read on from an id, and how to put another value in.
/// Every room lists its own.
package struct SealedColumn: Sendable {
    package struct Value: Sendable {
        /// What the row is keyed by, for reading on.
        package let key: String
        package let sealed: [UInt8]
        /// What it was sealed for.
        package let place: String

        package init(key: String, sealed: [UInt8], place: String) {
            self.key = key
            self.sealed = sealed
            self.place = place
        }
    }

    package let name: String
    /// Values after a key, in its order. A key is compared as the engine stores it.
    package let read: @Sendable (any Transaction, ID<Town>, _ after: String?, _ limit: Int) throws -> [Value]
    /// Puts a value in the place of the one that was read, if it is still that.
    package let write: @Sendable (any Transaction, ID<Town>, _ key: String, _ old: [UInt8], _ new: [UInt8]) throws -> Void

    package init(
        _ name: String, read: @escaping @Sendable (any Transaction, ID<Town>, String?, Int) throws -> [Value],
        write: @escaping @Sendable (any Transaction, ID<Town>, String, [UInt8], [UInt8]) throws -> Void
    ) {
        self.name = name
        self.read = read
        self.write = write
    }
}
