/// Whole things divided among several, in proportion and without a remainder.
enum Shares {
    /// Gives everybody their least and the rest in proportion to `weights`; who is closest to the next whole one gets what is left over,
    /// the first among equals.
    /// - Parameters:
    ///   - total: what the shares add up to; at least the sum of `least`, otherwise everybody gets their least.
    ///   - least: for everybody alike.
    static func split(_ total: Int, by weights: [Int], least: Int = 0) -> [Int] {
        let rest = max(0, total - least * weights.count)
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return weights.map { _ in least } }
        var shares = weights.map { least + rest * $0 / sum }
        let remainders = weights.indices.sorted { (rest * weights[$1] % sum, $0) < (rest * weights[$0] % sum, $1) }
        for index in remainders.prefix(max(0, total - shares.reduce(0, +))) { shares[index] += 1 }
        return shares
    }
}

/// Choices of which some come up more often than others.
struct Weighted<Choice: Sendable>: Sendable {
    private let choices: [Choice]
    private let bounds: [Int]

    /// - Parameter choices: each with its weight; at least one above 0.
    init(_ choices: [(Choice, Int)]) {
        let possible = choices.filter { $0.1 > 0 }
        self.choices = possible.map(\.0)
        var sum = 0
        bounds = possible.map {
            sum += $0.1; return sum
        }
    }

    func pick(_ chance: inout Chance) -> Choice {
        let drawn = chance.below(bounds.last ?? 0)
        var (low, high) = (0, bounds.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if drawn < bounds[middle] { high = middle } else { low = middle + 1 }
        }
        return choices[low]
    }
}
