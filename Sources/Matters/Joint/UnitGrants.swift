package import Kernel
package import Storage

/// What somebody may do for the units they answer for, from one day to the other: see and answer what those are asked, nothing else.
package enum UnitGrants {
    /// - Returns: the grants, and the units in words for the frame and the history; empty for everybody else.
    package static func held(
        _ tx: any Transaction, town: ID<Town>, person: ID<PersonNode>, day: Day
    ) throws -> (grants: [Permission: Scope], label: String) {
        let units = try UnitStore(tx, town: town).units(of: person, on: day)
        guard !units.isEmpty else { return ([:], "") }
        // Which tasks are theirs, the store asks of the membership itself.
        return ([.answerForUnit: .town], units.map { "\(title) · \($0.nameZh)" }.joined(separator: "、"))
    }

    /// As the words have it under `joint.post.unit`.
    private static let title = "协办单位"
}
