import Foundation
package import Kernel

extension Area {
    /// More corners than any village has; a drawing above it is refused.
    package static let cornerLimit = 100_000

    /// Reads a GeoJSON geometry (RFC 7946 §3.1) of type Polygon or MultiPolygon whose degrees are given in `crs`.
    ///
    /// Throws one fault a broken ring, whose pointers start at the geometry. Heights are dropped; either winding is accepted.
    package init(geoJSON: some Sequence<UInt8>, crs: CRS = .cgcs2000) throws(Invalid) {
        let drawing: Drawing
        do {
            drawing = try JSONDecoder().decode(Drawing.self, from: Data(geoJSON))
        } catch is UnknownType {
            throw Invalid("/type", "geometry-type")
        } catch {
            throw Invalid("", "geometry-unreadable")
        }
        try self.init(drawing, crs)
    }

    /// The drawing, its degrees read as those of `crs`.
    init(_ wire: Drawing, _ crs: CRS) throws(Invalid) {
        guard wire.corners <= Self.cornerLimit else {
            throw Invalid("/coordinates", "geometry-too-large", ["limit": String(Self.cornerLimit)])
        }
        var validation = Validation()
        let polygons = wire.coordinates.enumerated().compactMap { index, rings in
            Self.polygon(rings, at: wire.isSingle ? "/coordinates" : "/coordinates/\(index)", crs, &validation)
        }
        try validation.finish()
        guard let area = Self(polygons) else { throw Invalid("/coordinates", "geometry-empty") }
        self = area
    }

    private static func polygon(_ rings: [[[Double]]], at pointer: String, _ crs: CRS, _ validation: inout Validation) -> Polygon?
    {
        validation.check(!rings.isEmpty, at: pointer, "geometry-empty")
        let read = rings.enumerated().compactMap { index, positions -> [Coordinate]? in
            let pointer = "\(pointer)/\(index)"
            let corners = positions.map { $0.count < 2 ? nil : Coordinate(longitude: $0[0], latitude: $0[1], crs: crs) }
            if let wrong = corners.firstIndex(of: nil) {
                validation.check(false, at: "\(pointer)/\(wrong)", "geometry-position")
                return nil
            }
            let ring = corners.compactMap(\.self)
            validation.check(ring.count >= 4, at: pointer, "geometry-too-few-corners")
            validation.check(ring.first == ring.last, at: pointer, "geometry-ring-open")
            return ring
        }
        return read.first.flatMap { Polygon(exterior: $0, holes: Array(read.dropFirst())) }
    }

    /// Writes a GeoJSON geometry in the degrees of `crs`, every digit kept: outlines counter-clockwise, holes clockwise
    /// (RFC 7946 §3.1.6).
    package func geoJSON(in crs: CRS = .cgcs2000) -> String {
        func list(_ parts: [String]) -> String { "[\(parts.joined(separator: ","))]" }
        func written(_ ring: [Coordinate], clockwise: Bool) -> String {
            let corners = (Self.flat(ring) < 0) == clockwise ? ring : ring.reversed()
            return list(
                corners.map {
                    let (x, y) = $0.degrees(in: crs); return "[\(x),\(y)]"
                })
        }
        let written = polygons.map { polygon in
            list([written(polygon.exterior, clockwise: false)] + polygon.holes.map { written($0, clockwise: true) })
        }
        return written.count == 1
            ? #"{"type":"Polygon","coordinates":\#(written[0])}"# : #"{"type":"MultiPolygon","coordinates":\#(list(written))}"#
    }
}

/// Neither Polygon nor MultiPolygon.
struct UnknownType: Error {}

/// A geometry as it travels; a polygon reads as a multipolygon of one.
struct Drawing: Decodable, Sendable {
    let isSingle: Bool
    let coordinates: [[[[Double]]]]

    var corners: Int { coordinates.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }

    private enum Member: String, CodingKey { case type, coordinates }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Member.self)
        let type = try container.decode(String.self, forKey: .type)
        guard ["Polygon", "MultiPolygon"].contains(type) else { throw UnknownType() }
        isSingle = type == "Polygon"
        coordinates =
            isSingle
            ? [try container.decode([[[Double]]].self, forKey: .coordinates)]
            : try container.decode([[[[Double]]]].self, forKey: .coordinates)
    }
}
