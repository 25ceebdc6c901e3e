package import Kernel
import Storage

/// The posts of a town's grids. The first three of a village are easily confused and kept apart (F08, domain.md §1.7).
/// The raw value is the last part of its word's key.
package enum PostKind: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// 镇党建办: the town's own office. No grid; reaches the whole town.
    case townOffice
    /// 第一网格长: a leader of the town who answers for one village or two (F05). Level 1.
    case townLead
    /// 第一副网格长: a cadre of the town, one a village (F06). Level 1.
    case townDeputy
    /// 一级网格长: the village's own secretary. Level 1.
    case gridChief
    /// 二级网格指导员: a cadre of the town who looks after several level-2 grids, one for each (F07).
    case instructor
    /// 网格员: any level (F03).
    case gridWorker

    /// Cadres sent down from the town 下沉干部 (F04); never added to the workers (domain.md §1.7).
    package var isCadre: Bool { [.townLead, .townDeputy, .instructor].contains(self) }
}

/// How much of a grid worker's time the grid has.
package enum Employment: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// 专职.
    case fullTime = "full"
    /// 兼职.
    case partTime = "part"
}

/// One person in one post for a term. 任职
package struct Post: Sendable, Hashable {
    package let id: ID<Post>
    package let person: ID<PersonNode>
    package let kind: PostKind
    /// Nil for the town office only.
    package let grid: ID<GridNode>?
    /// For grid workers, when it is known.
    package let employment: Employment?
    package var term: Term

    package init(
        id: ID<Post>, person: ID<PersonNode>, kind: PostKind, grid: ID<GridNode>?, employment: Employment? = nil, from: Day,
        to: Day? = nil
    ) {
        self.id = id
        self.person = person
        self.kind = kind
        self.grid = grid
        self.employment = employment
        term = Term(from: from, to: to)
    }

    package var from: Day { term.from }
    package var to: Day? { term.to }
}
