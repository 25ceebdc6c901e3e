import Foundation
import Kernel
package import Web

/// The pictures that lie under a sheet, each where its corners belong. Pure. 底图
package enum TileSheet {
    package struct Tile: Sendable, Hashable {
        let href: String
        let x: String
        let y: String
        let width: String
        let height: String
    }

    /// Nothing closer is drawn everywhere.
    private static let closest = 18
    /// How many of the sheet's units a picture of 256 pixels has at most: the sheet is shown about 1,000 pixels wide.
    private static let unitsAtMost = 400.0

    package static func tiles(under sketch: MapSketch, from source: TileSource) -> [Tile] {
        guard let northWest = Coordinate(longitude: sketch.west, latitude: sketch.north),
            let southEast = Coordinate(longitude: sketch.east, latitude: sketch.south)
        else { return [] }
        let (first, last) = (northWest.degrees(in: source.crs), southEast.degrees(in: source.crs))
        let zoom = zoom(degrees: last.longitude - first.longitude)
        let (left, top) = position(first, zoom)
        let (right, bottom) = position(last, zoom)
        return (top...max(top, bottom)).flatMap { y in
            (left...max(left, right)).compactMap { x in
                guard let first = corner(x, y, zoom, source.crs), let last = corner(x + 1, y + 1, zoom, source.crs) else {
                    return nil
                }
                let (begin, end) = (sketch.place(first), sketch.place(last))
                return Tile(
                    href: source.address(z: zoom, x: x, y: y), x: String(begin.x), y: String(begin.y),
                    width: String(end.x - begin.x),
                    height: String(end.y - begin.y))
            }
        }
    }

    /// The first zoom at which a picture is not stretched.
    static func zoom(degrees: Double) -> Int {
        let wanted = log2(360 * Double(MapSketch.width) / (degrees * unitsAtMost)).rounded(.up)
        return max(0, min(closest, Int(wanted)))
    }

    /// The tile that holds a place: column and row of the square of Web Mercator (EPSG:3857), counted from the north-west.
    static func position(_ degrees: (longitude: Double, latitude: Double), _ zoom: Int) -> (x: Int, y: Int) {
        let count = Double(1 << zoom)
        let x = (degrees.longitude + 180) / 360 * count
        let y = (1 - asinh(tan(degrees.latitude * .pi / 180)) / .pi) / 2 * count
        let limit = (1 << zoom) - 1
        return (max(0, min(limit, Int(x.rounded(.down)))), max(0, min(limit, Int(y.rounded(.down)))))
    }

    /// The north-western corner of a tile on the ground.
    private static func corner(_ x: Int, _ y: Int, _ zoom: Int, _ crs: CRS) -> Coordinate? {
        let count = Double(1 << zoom)
        let latitude = atan(sinh(.pi * (1 - 2 * Double(y) / count))) * 180 / .pi
        return Coordinate(longitude: Double(x) / count * 360 - 180, latitude: latitude, crs: crs)
    }
}
