package import Foundation
import Kernel

/// Where a list ordered by name goes on: after this name, and after this id among equals.
package struct NameCursor: Sendable, Hashable, CustomStringConvertible {
    package let name: String
    package let id: UUID

    package init(name: String, id: UUID) {
        self.name = name
        self.id = id
    }

    /// Reads what ``description`` wrote; nil for anything else.
    package init?(_ text: String) {
        guard text.utf8.count > 37, text.utf8.count < 800, let id = ID<NameCursor>(String(text.prefix(36))) else { return nil }
        self.init(name: String(text.dropFirst(37)), id: id.uuid)
    }

    package var description: String { "\(ID<NameCursor>(id)) \(name)" }
}
