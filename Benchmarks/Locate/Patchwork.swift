import Geometry
import Kernel

/// A ground divided into areas of 32 corners with wavy shared borders and no gaps, the same on every machine.
struct Patchwork {
    /// In degrees: about 300 m, a village's smallest grid.
    private static let side = 0.003
    private static let corner = (longitude: 118.0, latitude: 24.0)
    /// Corners on one side of an area.
    private static let steps = 8

    let columns: Int
    let rows: Int

    /// Every area, row by row.
    /// - Throws: ``Broken`` when a corner lies off the earth.
    func areas() throws -> [Area] {
        try (0..<rows).flatMap { row in try (0..<columns).map { column in try area(column, row) } }
    }

    /// A point anywhere on the ground, and the rank of the square it was drawn in, which a wave of the border may put next door.
    func point(_ chance: inout Chance) throws -> (square: Int, point: Coordinate) {
        let (x, y) = (chance.next() * Double(columns), chance.next() * Double(rows))
        return (Int(y) * columns + Int(x), try at(x, y))
    }

    private func area(_ column: Int, _ row: Int) throws -> Area {
        let (left, low) = (Double(column), Double(row))
        var ring: [Coordinate] = []
        // Counter-clockwise, each side without its last corner.
        for step in 0..<Self.steps { ring.append(try along(left, low, step, isLevel: true)) }
        for step in 0..<Self.steps { ring.append(try along(left + 1, low, step, isLevel: false)) }
        for step in 0..<Self.steps { ring.append(try along(left, low + 1, Self.steps - step, isLevel: true)) }
        for step in 0..<Self.steps { ring.append(try along(left, low, Self.steps - step, isLevel: false)) }
        ring.append(ring[0])
        guard let polygon = Polygon(exterior: ring) else { throw Broken() }
        return Area(polygon)
    }

    /// A corner of the side that begins at a crossing: both neighbours find the same one. Crossings themselves do not move.
    private func along(_ x: Double, _ y: Double, _ step: Int, isLevel: Bool) throws -> Coordinate {
        let part = Double(step) / Double(Self.steps)
        guard step > 0, step < Self.steps else { return try at(x + (isLevel ? part : 0), y + (isLevel ? 0 : part)) }
        let place = UInt64(x) << 36 ^ UInt64(y) << 8 ^ UInt64(step) << 1 ^ (isLevel ? 1 : 0)
        var chance = Chance(seed: place)
        let wave = (chance.next() - 0.5) * 0.1
        return try at(x + (isLevel ? part : wave), y + (isLevel ? wave : part))
    }

    private func at(_ x: Double, _ y: Double) throws -> Coordinate {
        let (longitude, latitude) = (Self.corner.longitude + x * Self.side, Self.corner.latitude + y * Self.side)
        guard let point = Coordinate(longitude: longitude, latitude: latitude) else { throw Broken() }
        return point
    }
}

/// The patchwork does not fit on the earth.
struct Broken: Error {}

/// Reproducible numbers (SplitMix64).
struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// At least 0 and below 1.
    mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ mixed >> 31) >> 11) * 0x1p-53
    }
}
