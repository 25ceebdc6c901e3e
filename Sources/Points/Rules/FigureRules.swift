/// What an office looks at to see whether points are alive and honest.
package struct PointsFigures: Sendable, Hashable {
    package struct Month: Sendable, Hashable {
        package let month: MonthKey
        package let issued: Int
        package let spent: Int
    }
    /// The last twelve months, the oldest first; months in which nothing happened included.
    package let months: [Month]
    /// What was awarded in these months, by domain.
    package let domains: [PointDomain: Int]
    package let households: Int
    /// Households that were never awarded anything. 从未参与
    package let neverReached: Int
    package let outstanding: Int

    package init(months: [Month], domains: [PointDomain: Int], households: Int, neverReached: Int, outstanding: Int) {
        self.months = months
        self.domains = domains
        self.households = households
        self.neverReached = neverReached
        self.outstanding = outstanding
    }
}

/// What follows from the figures. Pure.
package enum FigureRules {
    /// Points outstanding in tenths of a month's spending: 25 means that what households hold would last two and a half months. The
    /// spending is the mean of the last three whole months. 通胀
    /// - Returns: nil when nothing was spent in them.
    package static func inflation(_ figures: PointsFigures) -> Int? {
        let spent = figures.months.dropLast().suffix(3).reduce(0) { $0 + $1.spent }
        return spent > 0 ? figures.outstanding * 30 / spent : nil
    }

    /// Shares of a hundred that add up to a hundred; the first among equals gets what rounding leaves over.
    package static func percent(_ domains: [PointDomain: Int]) -> [PointDomain: Int] {
        let sum = domains.values.reduce(0, +)
        guard sum > 0 else { return [:] }
        var shares = domains.mapValues { $0 * 100 / sum }
        let order = PointDomain.allCases.filter { domains[$0, default: 0] > 0 }.sorted {
            domains[$0, default: 0] * 100 % sum > domains[$1, default: 0] * 100 % sum
        }
        for domain in order.prefix(100 - shares.values.reduce(0, +)) { shares[domain, default: 0] += 1 }
        return shares
    }
}
