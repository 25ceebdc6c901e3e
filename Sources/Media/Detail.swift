import Foundation

/// The fine detail of a miniature: what each pixel differs from those around it. Skies above and roads below, which many pictures
/// have in common, are gone from it.
struct Detail: Sendable {
    let values: [Int32]
    let aspect: Float
    /// Whether there is any: a picture of a white wall is like every other one.
    let isTelling: Bool

    init(_ likeness: Likeness) {
        let side = Likeness.side
        var values = [Int32](repeating: 0, count: side * side)
        var power = 0
        for y in 0..<side {
            for x in 0..<side {
                var (sum, count): (Int32, Int32) = (0, 0)
                for row in max(0, y - 2)...min(side - 1, y + 2) {
                    for column in max(0, x - 2)...min(side - 1, x + 2) {
                        sum += Int32(likeness.grey[row * side + column])
                        count += 1
                    }
                }
                let value = Int32(likeness.grey[y * side + x]) * 16 - sum * 16 / count
                values[y * side + x] = value
                power += Int(value) * Int(value)
            }
        }
        self.values = values
        aspect = Float(likeness.aspect) / 100
        // On average a grey value of two.
        isTelling = power > side * side * 32 * 32
    }
}

/// Looks for the lie in which the detail of one picture fits that of another best.
struct Fit {
    private let one: Detail
    private let other: Detail
    private var lie: Lie

    /// Samples of a side.
    private static let samples = 22
    /// What the first round of steps must reach for others to follow.
    private static let promise: Float = 0.2

    init(of one: Detail, on other: Detail, start: Lie) {
        self.one = one
        self.other = other
        lie = start
    }

    /// The best likeness found, from −1 to 1, by small steps from the start.
    func best() -> Float {
        var (lie, best) = (lie, likeness(in: lie))
        for step: Float in [0.03, 0.015, 0.008] {
            var isBetter = true
            var rounds = 0
            while isBetter, rounds < 8 {
                isBetter = false
                rounds += 1
                for next in Self.neighbours(of: lie, step: step) {
                    let found = likeness(in: next)
                    if found > best { (lie, best, isBetter) = (next, found, true) }
                }
                if best < Self.promise { return best }
            }
        }
        return best
    }

    private static func neighbours(of lie: Lie, step: Float) -> [Lie] {
        var found: [Lie] = []
        for sign: Float in [-1, 1] {
            let size = sign * step
            var next = lie
            next.shift.x += size
            found.append(next)
            next = lie
            next.shift.y += size
            found.append(next)
            next = lie
            next.scale.x += size * 2
            found.append(next)
            next = lie
            next.scale.y += size * 2
            found.append(next)
            next = lie
            next.angle += sign * step * 80
            found.append(next)
        }
        return found.filter { abs($0.angle) <= 9 && (0.7...1.4).contains($0.scale.x) && (0.7...1.4).contains($0.scale.y) }
    }

    /// The correlation of both details where they lie on one another; 0 when that is less than half of the picture.
    private func likeness(in lie: Lie) -> Float {
        let (sine, cosine) = (sin(lie.angle * .pi / 180), cos(lie.angle * .pi / 180))
        let side = Float(Likeness.side)
        var (count, cross, first, second): (Int, Float, Float, Float) = (0, 0, 0, 0)
        for row in 0..<Self.samples {
            let y = (Float(row) + 0.5) / Float(Self.samples) - 0.5
            for column in 0..<Self.samples {
                let x = (Float(column) + 0.5) / Float(Self.samples) - 0.5
                // The turn is one of the true picture, not of the square miniature.
                let (wide, high) = (x * lie.scale.x * other.aspect, y * lie.scale.y)
                let u = lie.shift.x + (wide * cosine - high * sine) / other.aspect
                let v = lie.shift.y + wide * sine + high * cosine
                guard abs(u) < 0.49, abs(v) < 0.49 else { continue }
                let here = PartHash.sample(one.values, (x + 0.5) * side - 0.5, (y + 0.5) * side - 0.5)
                let there = PartHash.sample(other.values, (u + 0.5) * side - 0.5, (v + 0.5) * side - 0.5)
                count += 1
                cross += here * there
                first += here * here
                second += there * there
            }
        }
        guard count * 2 > Self.samples * Self.samples, first > 0, second > 0 else { return 0 }
        return cross / (first * second).squareRoot()
    }
}
