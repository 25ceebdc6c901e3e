package import Directory
package import Kernel
import Storage

/// A party branch, a villagers' group, a volunteers' team or another body of a grid (F37). 组织
package struct Organisation: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 党支部.
        case partyBranch
        /// 离退休党员工作室.
        case studio
        /// 村民小组.
        case villagersGroup
        /// 志愿服务队.
        case volunteerTeam
        /// 老年协会, 商会 and other associations.
        case association
        case other
    }

    package let id: ID<Organisation>
    package var grid: ID<GridNode>
    package var kind: Kind
    package var name: String
    package var address: String?
    package var term: Term
    package var version: Int

    package init(
        id: ID<Organisation>, grid: ID<GridNode>, kind: Kind, name: String, address: String? = nil, term: Term, version: Int = 1
    ) {
        self.id = id
        self.grid = grid
        self.kind = kind
        self.name = name
        self.address = address
        self.term = term
        self.version = version
    }
}

/// That somebody belongs to an organisation, as what, and for how long.
package struct OrganisationMember: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable, CaseIterable, SQLValue { case leader, deputy, member }

    package let id: ID<OrganisationMember>
    package let organisation: ID<Organisation>
    package let person: ID<PersonNode>
    package let role: Role
    package let term: Term

    package init(
        id: ID<OrganisationMember>, organisation: ID<Organisation>, person: ID<PersonNode>, role: Role, from: Day, to: Day? = nil
    ) {
        self.id = id
        self.organisation = organisation
        self.person = person
        self.role = role
        term = Term(from: from, to: to)
    }
}

/// What somebody can help with. 特长
package enum Skill: String, Sendable, Hashable, CaseIterable, SQLValue {
    case mediation, law, medicine, teaching, electrics, plumbing, carpentry, driving, cooking, haircutting, music, writing,
        languages
    case childcare, firstAid, accounting
}
