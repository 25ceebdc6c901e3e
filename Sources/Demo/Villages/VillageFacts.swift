import Directory
import Kernel

/// What the article says of its four villages, and types for all (domain.md F01, F24–F29).
enum VillageFacts {
    static func profile(of village: TownGrids.Village) -> VillageProfile {
        let entry = village.draft.entry
        let (type, zh, en): (VillageType, String?, String?) =
            switch entry.serial {
            case VillageList.anping:
                (
                    .newCommunity, "2018 年新成立的社区，有住宅小区，也有工业区，外来人口多。",
                    "A community founded in 2018: estates, an industrial zone and many newcomers."
                )
            case VillageList.xingsheng:
                (.oldTown, "镇中心的老城区，巷子窄，沿街小店多，老年人多。", "The old town in the centre: narrow lanes, small shops, many elders.")
            case VillageList.yaoqian:
                (.smallVillage, "没有下辖自然村的小村，实行积分制。", "A small village of one settlement that runs a points scheme.")
            case VillageList.qianpu: (.largeVillage, "下辖四个自然村的大村。", "A large village of four natural villages.")
            default: (entry.isCommunity ? .oldTown : type(by: village.draft.people), nil, nil)
            }
        return VillageProfile(village: village.grid.id, type: type, aboutZh: zh, aboutEn: en)
    }

    private static func type(by people: Int) -> VillageType {
        switch people {
        case ..<2000: .smallVillage
        case 6000...: .largeVillage
        default: .ordinary
        }
    }

    /// The figures in the words they were given in, so that "近1万" stays beside 10,500 (domain.md §1.7).
    static func figures(of village: TownGrids.Village) -> [ReportedFigure] {
        func figure(_ key: ReportedFigure.Key, _ value: Int64, _ text: String, isDerived: Bool = false) -> ReportedFigure {
            ReportedFigure(
                village: village.grid.id, key: key, value: value, reportedText: text, isDerived: isDerived, source: "「爱安海」报道",
                asOf: article)
        }
        switch village.draft.entry.serial {
        case VillageList.anping:
            return [
                figure(.population, 11_856, "约11856人"), figure(.registered, 1356, "1356人"),
                figure(.floating, 10_500, "近1万", isDerived: true), figure(.enterprises, 170, "170多家"),
            ]
        case VillageList.xingsheng: return [figure(.shops, 200, "200多家")]
        case VillageList.yaoqian: return [figure(.population, 1500, "1500多人")]
        case VillageList.qianpu:
            let groups = ReportedFigure(
                village: village.grid.id, key: .villagerGroups, value: 13, reportedText: "13个村民小组", source: "较早的村情资料，年份不详",
                asOf: older)
            return [figure(.registered, 7362, "7362人"), groups]
        default: return []
        }
    }

    private static let article = Day(ordinal: 19_205)
    private static let older = Day(ordinal: 14_610)
}
