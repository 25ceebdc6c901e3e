package import Kernel
import Storage

/// What kind of village a level-1 grid is: four that the article describes, and any other (F01). 村(社区)类型
package enum VillageType: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// 新型社区: many newcomers, firms and estates.
    case newCommunity = "new-community"
    /// 老城社区: narrow lanes, shops, elders.
    case oldTown = "old-town"
    /// 小型农村.
    case smallVillage = "small-village"
    /// 大村: several natural villages.
    case largeVillage = "large-village"
    /// 一般村.
    case ordinary
}

/// What a village may use or leave aside. The capabilities themselves come from other rooms; here is only whether a village has them.
package enum Capability: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    case matters, patrols, visits, campaigns
    case points
    case crossInspections = "cross-inspections"
    case deliberation, programmes, enterprises
    case idleProperties = "idle-properties"
    case neighbourhoodCentre = "neighbourhood"
    case eldersCare = "elders-care"
    case volunteers, outreach
}

/// A village's type, what it says about itself, and which capabilities it has switched on since when. 村情
package struct VillageProfile: Sendable, Hashable {
    package struct Switch: Sendable, Hashable {
        package let isOn: Bool
        package let since: Day
        package init(isOn: Bool, since: Day) {
            self.isOn = isOn
            self.since = since
        }
    }
    package let village: ID<GridNode>
    package var type: VillageType
    package var aboutZh: String?
    package var aboutEn: String?
    package var switches: [Capability: Switch]

    package init(
        village: ID<GridNode>, type: VillageType, aboutZh: String? = nil, aboutEn: String? = nil,
        switches: [Capability: Switch] = [:]
    ) {
        self.village = village
        self.type = type
        self.aboutZh = aboutZh
        self.aboutEn = aboutEn
        self.switches = switches
    }

    /// What was never switched is as its type has it.
    package func isOn(_ capability: Capability) -> Bool {
        switches[capability]?.isOn ?? ProfileRules.preset(for: type).contains(capability)
    }
}

/// A place of its own within a village, older than any grid and independent of them (F29). 自然村
package struct NaturalVillage: Sendable, Hashable {
    package let id: ID<NaturalVillage>
    package let village: ID<GridNode>
    package let nameZh: String
    package let nameEn: String?

    package init(id: ID<NaturalVillage>, village: ID<GridNode>, nameZh: String, nameEn: String? = nil) {
        self.id = id
        self.village = village
        self.nameZh = nameZh
        self.nameEn = nameEn
    }
}

/// A figure somebody gave, kept beside the words it was given in (domain.md §1.7: "近1万" is not 10,500). 上报数据
package struct ReportedFigure: Sendable, Hashable {
    package enum Key: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
        case population, registered, floating, households, enterprises, shops
        case villagerGroups = "villager-groups"
    }
    package let village: ID<GridNode>
    package let key: Key
    /// Nil when only words were given.
    package let value: Int64?
    package let reportedText: String
    /// Whether the number was computed from others because the words are vaguer than it.
    package let isDerived: Bool
    package let source: String
    package let asOf: Day

    package init(
        village: ID<GridNode>, key: Key, value: Int64?, reportedText: String, isDerived: Bool = false, source: String, asOf: Day
    ) {
        self.village = village
        self.key = key
        self.value = value
        self.reportedText = reportedText
        self.isDerived = isDerived
        self.source = source
        self.asOf = asOf
    }
}
