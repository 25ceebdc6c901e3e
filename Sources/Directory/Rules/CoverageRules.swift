package import Kernel

/// One thing missing or wrong in the staffing of a town.
package struct CoverageFinding: Sendable, Hashable {
    /// The raw value is the last part of its word's key.
    package enum Code: String, Sendable, CaseIterable {
        /// A village without 第一网格长.
        case noLead = "no-lead"
        /// A village without 第一副网格长 (F06).
        case noDeputy = "no-deputy"
        /// A village without 一级网格长.
        case noChief = "no-chief"
        /// A level-2 grid without 指导员 (F07).
        case noInstructor = "no-instructor"
        /// A grid without a current worker (F09).
        case noWorker = "no-worker"
        /// A village that publishes no duty or no supervision telephone (滨州条例 2021 art. 6); what lies below shows the village's.
        case noPhone = "no-phone"
        /// A post with two holders that has room for one.
        case twoHolders = "two-holders"
        /// Lead and chief of one village are the same person (F08).
        case leadIsChief = "lead-is-chief"
        /// A lead with more than two villages (F05).
        case thirdVillage = "third-village"

        /// Whether a rule is broken, and not only a post vacant.
        package var isBreach: Bool {
            switch self {
            case .noLead, .noDeputy, .noChief, .noInstructor, .noWorker, .noPhone: false
            case .twoHolders, .leadIsChief, .thirdVillage: true
            }
        }
    }

    package let code: Code
    package let grid: ID<GridNode>
    /// Which post has two holders.
    package let kind: PostKind?
    /// Who leads too many villages or holds two posts.
    package let person: ID<PersonNode>?

    init(_ code: Code, _ grid: Grid, kind: PostKind? = nil, person: ID<PersonNode>? = nil) {
        self.code = code
        self.grid = grid.id
        self.kind = kind
        self.person = person
    }
}

/// Vacancies and broken rules of one town on one day (domain.md F05–F09): pure, from the snapshot alone. 覆盖检查
package enum CoverageRules {
    /// Every finding, in the order of the grids.
    package static func findings(in tree: GridTree) -> [CoverageFinding] {
        let villagesLed = Dictionary(grouping: tree.posts.filter { $0.kind == .townLead }, by: \.person)
            .mapValues { Set($0.compactMap(\.grid)).count }
        return tree.all.flatMap { grid in
            let posts = tree.posts(on: grid.id)
            let isSilent = grid.level == .one && (grid.dutyPhone == nil || grid.supervisionPhone == nil)
            return vacancies(on: grid, posts) + (isSilent ? [CoverageFinding(.noPhone, grid)] : [])
                + breaches(on: grid, posts, villagesLed)
        }
    }

    private static func vacancies(on grid: Grid, _ posts: [Post]) -> [CoverageFinding] {
        let held = Set(posts.map(\.kind))
        let needed: [(PostKind, CoverageFinding.Code)] =
            switch grid.level {
            case .one: [(.townLead, .noLead), (.townDeputy, .noDeputy), (.gridChief, .noChief), (.gridWorker, .noWorker)]
            case .two: [(.instructor, .noInstructor), (.gridWorker, .noWorker)]
            case .three: [(.gridWorker, .noWorker)]
            }
        return needed.filter { !held.contains($0.0) }.map { CoverageFinding($0.1, grid) }
    }

    private static func breaches(on grid: Grid, _ posts: [Post], _ villagesLed: [ID<PersonNode>: Int]) -> [CoverageFinding] {
        let holders = Dictionary(grouping: posts, by: \.kind).mapValues { Set($0.map(\.person)) }
        var findings = PostKind.allCases.filter { PostRules.isSingle($0) && holders[$0, default: []].count > 1 }
            .map { CoverageFinding(.twoHolders, grid, kind: $0) }
        let leads = holders[.townLead, default: []].sorted()
        findings += leads.filter { holders[.gridChief, default: []].contains($0) }.map {
            CoverageFinding(.leadIsChief, grid, person: $0)
        }
        findings += leads.filter { villagesLed[$0, default: 0] > PostRules.villagesOfALead }.map {
            CoverageFinding(.thirdVillage, grid, person: $0)
        }
        return findings
    }
}
