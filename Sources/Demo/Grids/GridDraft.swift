import Directory

/// A grid before it has a place, a code and, mostly, a name.
struct GridDraft: Sendable {
    /// Nil for one that is called by its number: 第三网格.
    var nameZh: String?
    var nameEn: String?
    var kind: GridKind
    var responsibleUnit: String?
    /// How large it is beside the grids next to it.
    var weight = 10
    var children: [GridDraft] = []

    /// A numbered grid of homes.
    static func homes(weight: Int = 10, _ children: [GridDraft] = []) -> GridDraft {
        GridDraft(kind: .residential, weight: weight, children: children)
    }

    static func named(_ kind: GridKind, _ nameZh: String, _ nameEn: String, unit: String? = nil, weight: Int = 10) -> GridDraft {
        GridDraft(nameZh: nameZh, nameEn: nameEn, kind: kind, responsibleUnit: unit, weight: weight)
    }
}

/// A village before it has a place: how much ground and how many people, and the grids it is divided into.
struct VillageDraft: Sendable {
    let entry: VillageList.Entry
    /// Ground in hectares, about.
    let hectares: Int
    /// Of 170,000 people in the whole town, about its real size (domain.md §3).
    let people: Int
    let grids: [GridDraft]
}
