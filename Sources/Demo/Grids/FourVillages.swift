import Directory

/// The four villages of the article with exactly its grids (domain.md F24–F29). Estates and firms other than 春晖小区 and
/// 安海医院 are made up.
enum FourVillages {
    /// 1 / 10 / 22: estates, buildings and firms are grids of level 3 (F25).
    static let anping: [GridDraft] = [
        .homes([estate("春晖小区", "Chunhui Estate", 12), estate("海棠小区", "Haitang Estate"), building("安居楼", "Anju Building")]),
        .homes([estate("金榕小区", "Jinrong Estate"), estate("明月小区", "Mingyue Estate")]),
        .homes([estate("书香小区", "Shuxiang Estate"), building("邻里楼", "Linli Building")]),
        .homes([estate("望海小区", "Wanghai Estate"), estate("丹桂小区", "Dangui Estate")]),
        .homes([estate("和顺小区", "Heshun Estate"), building("青年公寓", "Youth Flats"), building("员工公寓", "Workers' Flats")]),
        .homes([estate("朝阳小区", "Chaoyang Estate"), estate("三合小区", "Sanhe Estate")]),
        .homes([firm("演示玩具厂", "Demo Toy Works"), firm("演示鞋材厂", "Demo Shoe Materials Works")]),
        .homes([firm("演示五金厂", "Demo Hardware Works"), firm("演示包装厂", "Demo Packaging Works")]),
        .homes([firm("演示食品厂", "Demo Food Works"), estate("工业区宿舍", "Industrial Zone Dormitories")]),
        .homes([firm("演示机械厂", "Demo Machine Works"), building("商贸楼", "Trade Building")]),
    ]

    /// 1 / 8 / 0: seven grids of old lanes, and one that the hospital answers for (F26).
    static let xingsheng: [GridDraft] =
        (0..<7).map { .homes(weight: 9 + $0 % 3) }
        + [.named(.exclusive, "安海医院专属网格", "Anhai Hospital Exclusive Grid", unit: "安海医院", weight: 5)]

    /// 1 / 3 / 0 (F28).
    static let yaoqian: [GridDraft] = (0..<3).map { _ in .homes() }

    /// 1 / 7 / 7 (F29).
    static let qianpu: [GridDraft] = [
        .homes(weight: 14, [part("前埔大厝片", "Qianpu Old House Quarter"), part("前埔学校片", "Qianpu School Quarter")]),
        .homes(weight: 14, [part("郑厝片", "Zheng Quarter"), part("郑厝新村片", "Zheng New Village Quarter")]),
        .homes(weight: 16, [part("林厝片", "Lincuo Quarter"), part("侯厝片", "Houcuo Quarter"), firm("演示伞具厂", "Demo Umbrella Works")]),
        .homes(), .homes(), .homes(), .homes(weight: 8),
    ]

    static let naturalVillagesOfQianpu = [("前埔", "Qianpu"), ("郑", "Zheng"), ("林厝", "Lincuo"), ("侯厝", "Houcuo")]

    private static func estate(_ zh: String, _ en: String, _ weight: Int = 10) -> GridDraft {
        .named(.estate, zh, en, weight: weight)
    }
    private static func building(_ zh: String, _ en: String) -> GridDraft { .named(.building, zh, en, weight: 6) }
    private static func part(_ zh: String, _ en: String) -> GridDraft { .named(.residential, zh, en) }
    private static func firm(_ zh: String, _ en: String) -> GridDraft {
        .named(.enterprise, zh, en, unit: zh + "（演示）", weight: 9)
    }
}
