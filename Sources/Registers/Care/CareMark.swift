import Directory
package import Kernel
import Storage

/// That somebody needs looking after: why, for what purpose, until when, and who may know. 关爱标记
package struct CareMark: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 独居老人.
        case livingAlone
        /// 行动不便.
        case reducedMobility
        /// 残疾.
        case disability
        /// 留守儿童.
        case leftBehindChild
        /// 留守老人.
        case leftBehindElder
        /// 低保低收入.
        case lowIncome
        /// 特困供养.
        case extremePoverty
        /// 计生特殊家庭.
        case lostOnlyChild
        /// 重病慢病.
        case illness
        /// 孕产妇.
        case maternity
        /// 退役军人, 优抚对象.
        case veteran
        /// Whatever an emergency asks to be looked up.
        case emergency
    }

    /// Who may know of it; each also those further up.
    package enum Audience: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// Whoever reads the registers of the grid.
        case grid
        /// The grid chief and the town.
        case village
        /// The town office alone.
        case town
    }

    package let id: ID<CareMark>
    package let person: ID<PersonNode>
    package let kind: Kind
    /// The code of a ``DataPurpose``.
    package let purpose: String
    package let audience: Audience
    /// In clear here, sealed where it is stored.
    package let note: String?
    /// Its last day is part of it: a mark without an end would stay for ever.
    package let from: Day
    package let to: Day

    package init(
        id: ID<CareMark>, person: ID<PersonNode>, kind: Kind, purpose: String, audience: Audience, note: String? = nil, from: Day,
        to: Day
    ) {
        self.id = id
        self.person = person
        self.kind = kind
        self.purpose = purpose
        self.audience = audience
        self.note = note
        self.from = from
        self.to = to
    }
}
