import Foundation

@testable import Media

/// A made-up scene that can be photographed from any frame: sky and ground, hills of noise, and boxes that stand about.
struct Scenery {
    private struct Box {
        let left, top, right, bottom: Double
        let colour: [Double]
    }

    private let seed: UInt64
    private let boxes: [Box]
    private let horizon: Double

    init(_ seed: UInt64) {
        self.seed = seed
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> Double {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state >> 11) / Double(1 << 53)
        }
        horizon = 0.3 + 0.3 * next()
        boxes = (0..<14).map { _ in
            let (x, y, width, height) = (next() * 0.9, next() * 0.9, 0.05 + next() * 0.2, 0.05 + next() * 0.25)
            return Box(left: x, top: y, right: x + width, bottom: y + height, colour: [next() * 255, next() * 255, next() * 255])
        }
    }

    /// Red, green and blue at a point of the scene, of which a plain picture shows 0 to 1.
    func colour(_ x: Double, _ y: Double) -> [Double] {
        let base: [Double] = y < horizon ? [150, 190, 230] : [110, 100, 80]
        let hills = 60 * noise(x * 6, y * 6) + 40 * noise(x * 15 + 50, y * 15) + 20 * noise(x * 40, y * 40 + 9) - 60
        var colour = base.map { $0 + hills }
        for box in boxes where box.left <= x && x < box.right && box.top <= y && y < box.bottom {
            colour = zip(box.colour, colour).map { $0 * 0.85 + $1 * 0.15 }
        }
        return colour
    }

    private func noise(_ x: Double, _ y: Double) -> Double {
        let (column, row) = (floor(x), floor(y))
        let (right, down) = (smooth(x - column), smooth(y - row))
        let above = corner(column, row) * (1 - right) + corner(column + 1, row) * right
        let below = corner(column, row + 1) * (1 - right) + corner(column + 1, row + 1) * right
        return above * (1 - down) + below * down
    }

    private func smooth(_ share: Double) -> Double { share * share * (3 - 2 * share) }

    private func corner(_ x: Double, _ y: Double) -> Double {
        var mixed =
            seed &+ UInt64(bitPattern: Int64(x)) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: Int64(y)) &* 0xC2B2_AE3D_27D4_EB4F
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 40) / Double(1 << 24)
    }

    /// How a picture is taken of it again.
    struct Frame {
        var left = 0.0
        var top = 0.0
        var width = 1.0
        var height = 1.0
        /// In degrees around the frame's middle.
        var angle = 0.0
        /// Quarter turns.
        var quarters = 0
        var isMirrored = false
        var brightness = 1.0
        /// Pixels of the longer side.
        var pixels = 160
    }

    /// A PNG of the scene, 4 wide to 3 high before it is turned or cut.
    func picture(_ frame: Frame = Frame()) -> [UInt8] {
        let shape = (wide: 4 * frame.width, high: 3 * frame.height)
        let isTurned = frame.quarters % 2 == 1
        let scale = Double(frame.pixels) / max(shape.wide, shape.high)
        let plain = (wide: max(Int(shape.wide * scale), 1), high: max(Int(shape.high * scale), 1))
        let (width, height) = isTurned ? (plain.high, plain.wide) : plain
        let (sine, cosine) = (sin(frame.angle * .pi / 180), cos(frame.angle * .pi / 180))
        return Samples.png(width, height) { column, row in
            var (u, v) = ((Double(column) + 0.5) / Double(width), (Double(row) + 0.5) / Double(height))
            for _ in 0..<frame.quarters { (u, v) = (v, 1 - u) }
            if frame.isMirrored { u = 1 - u }
            let (x, y) = ((u - 0.5) * frame.width * 4, (v - 0.5) * frame.height * 3)
            let place = (
                frame.left + frame.width / 2 + (x * cosine - y * sine) / 4,
                frame.top + frame.height / 2 + (x * sine + y * cosine) / 3
            )
            return colour(place.0, place.1).map { UInt8(min(max($0 * frame.brightness, 0), 255)) }
        }
    }

    func likeness(_ frame: Frame = Frame()) throws -> Likeness { try Photograph.prepare(picture(frame)).likeness }
}
