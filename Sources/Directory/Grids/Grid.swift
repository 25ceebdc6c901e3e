package import Kernel
package import Web

/// One grid of a town 网格 and what is posted about it in public (滨州条例 2021 art. 6: name, range, telephones).
package struct Grid: Sendable, Hashable {
    package let id: ID<GridNode>
    /// Nil on level 1.
    package let parent: ID<GridNode>?
    package let level: GridLevel
    package var kind: GridKind
    /// The code and, because two registers number the same towns differently (domain.md §2.3), the register it is from, such as `nbs`.
    package let codeSystem: String
    package let code: String
    package var nameZh: String
    package var nameEn: String?
    /// Who answers for an exclusive or enterprise grid, such as a hospital.
    package var responsibleUnit: String?
    /// Its range in words: the lanes, the buildings, the door numbers.
    package var boundaryWords: String?
    /// 监督电话.
    package var supervisionPhone: String?
    package var dutyPhone: String?
    package let validFrom: Day
    /// The last day; nil while it stands.
    package var validTo: Day?
    /// Whether its area was made up for a demonstration.
    package let areaIsSynthetic: Bool

    package init(
        id: ID<GridNode>, parent: ID<GridNode>?, level: GridLevel, kind: GridKind, codeSystem: String, code: String,
        nameZh: String,
        nameEn: String? = nil, responsibleUnit: String? = nil, boundaryWords: String? = nil, supervisionPhone: String? = nil,
        dutyPhone: String? = nil, validFrom: Day, validTo: Day? = nil, areaIsSynthetic: Bool = false
    ) {
        self.id = id
        self.parent = parent
        self.level = level
        self.kind = kind
        self.codeSystem = codeSystem
        self.code = code
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.responsibleUnit = responsibleUnit
        self.boundaryWords = boundaryWords
        self.supervisionPhone = supervisionPhone
        self.dutyPhone = dutyPhone
        self.validFrom = validFrom
        self.validTo = validTo
        self.areaIsSynthetic = areaIsSynthetic
    }

    /// Its name in `language`; the Chinese one when there is no other.
    package func name(in language: Language) -> String { language == .en ? nameEn ?? nameZh : nameZh }

    package func isValid(on day: Day) -> Bool { Term(from: validFrom, to: validTo).contains(day) }
}

/// Days from the first to the last, both included; without a last day it goes on.
package struct Term: Sendable, Hashable {
    package let from: Day
    package let to: Day?

    package init(from: Day, to: Day?) {
        self.from = from
        self.to = to
    }

    package var isReversed: Bool { to.map { $0 < from } ?? false }
    package func contains(_ day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }

    /// Whether some day lies in both.
    package func overlaps(_ other: Term) -> Bool {
        (to.map { other.from <= $0 } ?? true) && (other.to.map { from <= $0 } ?? true)
    }
}
