/// What stays of a picture when it is saved anew, made smaller, turned, mirrored or cut: a grey miniature, and for it and for parts
/// of it a hash of 63 bits. Nobody can be recognised on it. 相似指纹
///
/// Two likenesses are compared in two steps (docs/decisions/0013): hashes propose how one picture may lie in the other, the fine
/// detail of the miniatures decides. What that cannot see is written there too.
package struct Likeness: Sendable, Hashable {
    /// Pixels of a side of the miniature, which is square whatever the picture is.
    static let side = 32
    private static let version: UInt8 = 1

    /// Grey values row by row.
    let grey: [UInt8]
    /// Width by height of the picture, in 1/100.
    let aspect: Int
    /// One for every part of ``Part/all``, the whole first.
    let hashes: [UInt64]

    /// - Parameters:
    ///   - grey: 32 × 32 values.
    ///   - width: of the picture it was made of, whatever the unit.
    ///   - height: in the same unit.
    package init(grey: [UInt8], width: Int, height: Int) {
        self.grey = grey
        aspect = min(max(width * 100 / max(height, 1), 10), 1000)
        hashes = Part.all.map { PartHash.of($0, in: grey) }
    }

    /// Reads what ``bytes`` wrote; nil for anything else.
    package init?(_ bytes: [UInt8]) {
        let (pixels, count) = (Self.side * Self.side, Part.all.count)
        guard bytes.count == 3 + pixels + count * 8, bytes[0] == Self.version else { return nil }
        aspect = Int(bytes[1]) << 8 | Int(bytes[2])
        grey = Array(bytes[3..<3 + pixels])
        hashes = (0..<count).map { index in
            bytes[(3 + pixels + index * 8)...].prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// The form in which a store keeps it: 1,419 bytes.
    package var bytes: [UInt8] {
        [Self.version, UInt8(aspect >> 8), UInt8(aspect & 255)] + grey
            + hashes.flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> (56 - 8 * $0)) } }
    }

    /// The same picture turned by quarters and mirrored, in the eight ways there are.
    var turned: [Likeness] {
        let last = Self.side - 1
        return (0..<8).map { way in
            if way == 0 { return self }
            var turned = grey
            for y in 0...last {
                for x in 0...last {
                    let (column, row) = way & 4 == 0 ? (x, y) : (y, x)
                    turned[y * Self.side + x] =
                        grey[(way & 2 == 0 ? row : last - row) * Self.side + (way & 1 == 0 ? column : last - column)]
                }
            }
            return Likeness(grey: turned, width: way & 4 == 0 ? aspect : 10_000 / aspect, height: 100)
        }
    }
}

/// A part of a picture that somebody may have cut out: where it begins and how much of the side it takes, in shares of 1.
struct Part: Sendable, Hashable {
    let left: Float
    let top: Float
    let width: Float
    let height: Float

    /// The whole, then every part that leaves a tenth or a fifth of the width, of the height or of both away.
    static let all: [Part] = {
        let spans: [(Float, Float)] = [(0, 1), (0, 0.9), (0.05, 0.9), (0.1, 0.9), (0, 0.8), (0.1, 0.8), (0.2, 0.8)]
        return spans.flatMap { row in spans.map { Part(left: $0.0, top: row.0, width: $0.1, height: row.1) } }
    }()
}
