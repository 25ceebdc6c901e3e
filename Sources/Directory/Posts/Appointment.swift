package import Kernel

/// What is asked of ``AppointToPost``.
package struct Appointment: Sendable {
    /// Who is to hold the post: somebody known, or somebody by name and number who is entered if not known yet.
    package enum Appointee: Sendable {
        case known(ID<PersonNode>)
        case named(String, phone: String?)
    }
    package let who: Appointee
    package let kind: PostKind
    package let grid: ID<GridNode>?
    package let employment: Employment?
    package let term: Term

    package init(
        _ who: Appointee, as kind: PostKind, on grid: ID<GridNode>?, employment: Employment? = nil, from: Day, to: Day? = nil
    ) {
        self.who = who
        self.kind = kind
        self.grid = grid
        self.employment = employment
        term = Term(from: from, to: to)
    }
}
