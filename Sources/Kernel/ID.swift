package import Foundation

/// The identifier of one `Kind` of record: a UUIDv7 made by whoever creates the record, never by the database.
///
/// Ids of two kinds cannot be confused, because they are different types. Written in lower case with hyphens.
package struct ID<Kind>: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
    package let uuid: UUID

    package init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Reads the canonical 36-character form; nil for anything else, so a hostile path segment never reaches SQL.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 36, let uuid = UUID(uuidString: String(text)) else { return nil }
        self.uuid = uuid
    }

    package var description: String { uuid.uuidString.lowercased() }

    package static func < (left: Self, right: Self) -> Bool { left.uuid < right.uuid }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a UUID")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension UUID {
    /// A UUID of version 7 (RFC 9562 §5.7): 48 bits of `instant` in milliseconds, then 74 random bits.
    package static func version7(at instant: Instant, random: (UInt64, UInt64)) -> UUID {
        let time = UInt64(bitPattern: instant.milliseconds) & 0xFFFF_FFFF_FFFF
        let high = time << 16 | 0x7000 | (random.0 & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (random.1 >> 2)
        return withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
