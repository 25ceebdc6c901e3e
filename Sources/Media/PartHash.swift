import Foundation

/// The coarse look of a part of a picture in 63 bits: for each of the slowest waves in it but the average (a cosine transform of
/// 16 × 16 samples) whether it is stronger than their median.
enum PartHash {
    private static let samples = 16
    private static let waves = 8

    private static let cosines: [Float] = (0..<waves).flatMap { wave in
        (0..<samples).map { Float(cos(Double.pi * (Double($0) + 0.5) * Double(wave) / Double(samples))) }
    }

    /// - Parameter grey: the miniature of ``Likeness``.
    static func of(_ part: Part, in grey: [UInt8]) -> UInt64 {
        let side = Float(Likeness.side)
        var window = [Float](repeating: 0, count: samples * samples)
        for row in 0..<samples {
            let y = (part.top + part.height * (Float(row) + 0.5) / Float(samples)) * side - 0.5
            for column in 0..<samples {
                let x = (part.left + part.width * (Float(column) + 0.5) / Float(samples)) * side - 0.5
                window[row * samples + column] = sample(grey, x, y)
            }
        }
        return bits(of: transform(window))
    }

    /// The strengths of the slowest waves without the average.
    private static func transform(_ window: [Float]) -> [Float] {
        var rows = [Float](repeating: 0, count: samples * waves)
        for row in 0..<samples {
            for wave in 0..<waves {
                var sum: Float = 0
                for column in 0..<samples { sum += window[row * samples + column] * cosines[wave * samples + column] }
                rows[row * waves + wave] = sum
            }
        }
        var strengths: [Float] = []
        strengths.reserveCapacity(waves * waves - 1)
        for high in 0..<waves {
            for wide in 0..<waves where high + wide > 0 {
                var sum: Float = 0
                for row in 0..<samples { sum += rows[row * waves + wide] * cosines[high * samples + row] }
                strengths.append(sum)
            }
        }
        return strengths
    }

    private static func bits(of strengths: [Float]) -> UInt64 {
        let median = strengths.sorted()[strengths.count / 2]
        return strengths.reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) }
    }

    /// The value between four pixels; at the rim the nearest.
    static func sample<Value: BinaryInteger>(_ pixels: [Value], _ x: Float, _ y: Float) -> Float {
        let last = Float(Likeness.side - 1)
        let (x, y) = (min(max(x, 0), last), min(max(y, 0), last))
        let (column, row) = (min(Int(x), Likeness.side - 2), min(Int(y), Likeness.side - 2))
        let (right, down) = (x - Float(column), y - Float(row))
        let place = row * Likeness.side + column
        let above = Float(pixels[place]) * (1 - right) + Float(pixels[place + 1]) * right
        let below = Float(pixels[place + Likeness.side]) * (1 - right) + Float(pixels[place + Likeness.side + 1]) * right
        return above * (1 - down) + below * down
    }
}
