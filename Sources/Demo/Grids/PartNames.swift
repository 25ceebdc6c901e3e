import Directory

/// Made-up names for grids of level 3 outside the four villages.
enum PartNames {
    private static let choices: [(GridKind, String, String)] = [
        (.estate, "安馨小区", "Anxin Estate"), (.estate, "福源小区", "Fuyuan Estate"), (.estate, "锦绣小区", "Jinxiu Estate"),
        (.residential, "新村片", "New Village Quarter"), (.residential, "老厝片", "Old House Quarter"),
        (.residential, "祠堂片", "Hall Quarter"),
        (.residential, "溪边片", "Streamside Quarter"), (.building, "公寓楼", "Apartment Building"),
        (.building, "综合楼", "Mixed Building"),
        (.enterprise, "演示雨具厂", "Demo Rainwear Works"), (.enterprise, "演示石材厂", "Demo Stone Works"),
        (.enterprise, "演示服装厂", "Demo Garment Works"),
    ]

    static func drafts(_ count: Int, _ chance: inout Chance) -> [GridDraft] {
        chance.shuffled(choices).prefix(count).map { kind, zh, en in
            .named(kind, zh, en, unit: kind == .enterprise ? zh + "（演示）" : nil, weight: kind == .building ? 6 : 10)
        }
    }
}
