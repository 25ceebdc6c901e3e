import Foundation
import Geometry
import Kernel

/// Draws regions of the honeycomb on the earth, with borders that wind a little and corners shared to the last digit.
struct Ground: Sendable {
    /// About the size of 安海镇 in ㎡ (domain.md §3: 54.66 k㎡) and where its middle lies.
    private static let squareMetres = 54_660_000.0
    private static let middle = (longitude: 118.475, latitude: 24.718)

    private let field: HexField
    private let places: [HexField.Corner: (x: Double, y: Double)]
    /// Metres to the side of a cell.
    private let side: Double

    /// - Parameter regions: the finest regions there are; together they cover the field.
    init(field: HexField, regions: [[Int]], chance: inout Chance) {
        self.field = field
        let sides = regions.flatMap { field.border(of: $0) }
        var around: [HexField.Corner: Set<HexField.Corner>] = [:]
        for side in sides {
            around[side.from, default: []].insert(side.to)
            around[side.to, default: []].insert(side.from)
        }
        let corners = around.keys.sorted()
        var places: [HexField.Corner: (x: Double, y: Double)] = [:]
        for corner in corners {
            let (x, y) = HexField.position(corner)
            places[corner] = (x + (chance.unit() - 0.5) * 0.5, y + (chance.unit() - 0.5) * 0.5)
        }
        for _ in 0..<2 { places = Self.smoothed(places, corners, around) }
        self.places = places
        let outline = field.rings(around: Array(field.middles.indices)).first ?? []
        side = (Self.squareMetres / Self.size(outline.compactMap { places[$0] })).squareRoot()
    }

    /// Every corner half-way to the middle of those beside it on a border.
    private static func smoothed(
        _ places: [HexField.Corner: (x: Double, y: Double)], _ corners: [HexField.Corner],
        _ around: [HexField.Corner: Set<HexField.Corner>]
    ) -> [HexField.Corner: (x: Double, y: Double)] {
        var result = places
        for corner in corners {
            let beside = around[corner, default: []].sorted().compactMap { places[$0] }
            guard let own = places[corner], !beside.isEmpty else { continue }
            let share = 0.5 / Double(beside.count)
            result[corner] = beside.reduce((own.x * 0.5, own.y * 0.5)) { ($0.0 + $1.x * share, $0.1 + $1.y * share) }
        }
        return result
    }

    private static func size(_ ring: [(x: Double, y: Double)]) -> Double {
        zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) } / 2
    }

    /// The outline of a connected region on the earth.
    func area(of region: [Int]) -> Area? {
        let rings = field.rings(around: region).map { ring in
            let corners = ring.compactMap { places[$0].flatMap(coordinate) }
            return corners + corners.prefix(1)
        }
        guard let outline = rings.first else { return nil }
        return Polygon(exterior: outline, holes: Array(rings.dropFirst())).map { Area($0) }
    }

    /// The middle of a cell, moved by at most `metres` in either direction.
    func point(in cell: Int, metres: Double = 0, _ chance: inout Chance) -> Coordinate? {
        let (x, y) = HexField.position(field.middles[cell])
        let (east, north) = (chance.unit() - 0.5, chance.unit() - 0.5)
        return coordinate((x + east * 2 * metres / side, y + north * 2 * metres / side))
    }

    /// How far east and south a region lies, for numbering: the north-west first.
    func southEast(of region: [Int]) -> Double {
        let sum = region.reduce(0.0) { sum, cell in
            let (x, y) = HexField.position(field.middles[cell])
            return sum + x - y
        }
        return sum / Double(max(1, region.count))
    }

    /// Six digits, about a decimetre.
    private func coordinate(_ place: (x: Double, y: Double)) -> Coordinate? {
        let metresNorth = 110_766.0
        let metresEast = 111_319.5 * cos(Self.middle.latitude * .pi / 180)
        func rounded(_ degrees: Double) -> Double { (degrees * 1_000_000).rounded() / 1_000_000 }
        return Coordinate(
            longitude: rounded(Self.middle.longitude + place.x * side / metresEast),
            latitude: rounded(Self.middle.latitude + place.y * side / metresNorth))
    }
}
