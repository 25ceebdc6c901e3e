package import Kernel
import Storage

/// What a matter is about: one row of the town's taxonomy 小类. Data, so a town may add, rename and retire rows (domain.md §5).
package struct Category: Hashable, Sendable {
    /// Who may see matters of a category.
    package enum Visibility: String, Sendable, CaseIterable, SQLValue {
        case open = "public"
        /// Only those who handle matters there; by number only the stage is told.
        case restricted
    }

    /// Four digits: two of the group, two of its own.
    package let code: String
    package let nameZh: String
    package let nameEn: String
    package let tier: Tier
    package let visibility: Visibility
    /// What to do at once instead of waiting for a reply, where life may be at risk: which emergency number to call.
    package let emergencyZh: String?
    package let emergencyEn: String?
    /// Time to the first response and to the end of the work, as domain.md §5 writes them: `4h` working hours, `3d` working days,
    /// `24U` hours around the clock. Nil where another procedure decides.
    package let respondWithin: String?
    package let finishWithin: String?
    /// No longer offered; matters of before keep it.
    package let isRetired: Bool
    /// Who usually takes the lead, in the town's words.
    package var leadUnit: String?
    /// What must be there when it is closed, for the handler to read: 复亮照片.
    package var closingZh: String?
    package var closingEn: String?
    /// Whether nobody closes it as done without a picture. Off unless the kind of matter needs it (design.md rule 2).
    package var needsPhoto = false
    package var questions: [CategoryQuestion] = []
    /// Within how many metres another matter of the category may be the same thing; 0 where no two are, such as quarrels. Nil where the
    /// town has not said: ``nearWithin`` then knows.
    package var nearMetres: Int?
    /// The village whose own it is; nil for the whole town's.
    package var village: ID<GridNode>?
    /// Grows with every change; answers say which one they are to.
    package var edition = 1

    package init(
        _ code: String, _ nameZh: String, _ nameEn: String, _ tier: Tier, visibility: Visibility = .open,
        emergencyZh: String? = nil,
        emergencyEn: String? = nil, respondWithin: String? = nil, finishWithin: String? = nil, isRetired: Bool = false
    ) {
        self.code = code
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.tier = tier
        self.visibility = visibility
        self.emergencyZh = emergencyZh
        self.emergencyEn = emergencyEn
        self.respondWithin = respondWithin
        self.finishWithin = finishWithin
        self.isRetired = isRetired
    }

    package var group: String { String(code.prefix(2)) }
    package var isRestricted: Bool { visibility == .restricted }

    /// ``nearMetres``, or what suits a category of that code. Of what is restricted nothing is ever near.
    package var nearWithin: Int { isRestricted ? 0 : nearMetres ?? Taxonomy.near[code] ?? Taxonomy.nearUsually }
}

/// Several categories under one name 大类, for choosing in two steps.
package struct CategoryGroup: Hashable, Sendable {
    /// Two digits.
    package let code: String
    package let nameZh: String
    package let nameEn: String

    package init(_ code: String, _ nameZh: String, _ nameEn: String) {
        self.code = code
        self.nameZh = nameZh
        self.nameEn = nameEn
    }
}

/// How heavy a matter is, which decides where it starts 小事 急事 难事 (domain.md F19).
package enum Tier: String, Sendable, CaseIterable, SQLValue {
    /// One worker, no money, no power of enforcement.
    case small
    /// Life or property at risk, or many households.
    case urgent
    /// Money, several parties or a vote.
    case hard
}
