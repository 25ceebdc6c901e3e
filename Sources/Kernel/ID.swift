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
    ///
    /// Foundation's own reader also takes blanks, signs and `0x` where digits belong, and would give one record two spellings.
    package init?(_ text: String) {
        var (high, low, place) = (UInt64(0), UInt64(0), 0)
        for byte in text.utf8 {
            switch (place, byte) {
            case (8, 0x2D), (13, 0x2D), (18, 0x2D), (23, 0x2D): break
            case (8, _), (13, _), (18, _), (23, _), (36..., _): return nil
            default:
                guard let digit = Self.digit(byte) else { return nil }
                high = high << 4 | low >> 60
                low = low << 4 | digit
            }
            place += 1
        }
        guard place == 36 else { return nil }
        uuid = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    package init?(_ text: Substring) { self.init(String(text)) }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x41...0x46: UInt64(byte - 0x41 + 10)
        case 0x61...0x66: UInt64(byte - 0x61 + 10)
        default: nil
        }
    }

    /// Lower case with hyphens, as PostgreSQL writes a `uuid`. By hand, because it is written several times for every record.
    package var description: String {
        withUnsafeBytes(of: uuid.uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { text in
                var place = 0
                for (index, byte) in bytes.enumerated() {
                    if index == 4 || index == 6 || index == 8 || index == 10 {
                        text[place] = 0x2D
                        place += 1
                    }
                    text[place] = Self.letter(byte >> 4)
                    text[place + 1] = Self.letter(byte & 15)
                    place += 2
                }
                return place
            }
        }
    }

    private static func letter(_ half: UInt8) -> UInt8 { half < 10 ? 0x30 + half : 0x57 + half }

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
    /// A UUID of version 8 (RFC 9562 §5.8), made by a rule of one's own: the same digest is the same id.
    /// - Parameter digest: of 16 bytes at least; further ones are left out.
    package static func version8(of digest: some Sequence<UInt8>) -> UUID {
        var bytes = Array(digest.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// A UUID of version 7 (RFC 9562 §5.7): 48 bits of `instant` in milliseconds, then 74 random bits.
    package static func version7(at instant: Instant, random: (UInt64, UInt64)) -> UUID {
        let time = UInt64(bitPattern: instant.milliseconds) & 0xFFFF_FFFF_FFFF
        let high = time << 16 | 0x7000 | (random.0 & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (random.1 >> 2)
        return withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
