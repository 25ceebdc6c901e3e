import Directory
import Kernel
import Registers

/// Houses, flats, shop fronts and workshops of the four villages that are told of in full (F24–F29): some homes with whose they are, and what is
/// let, kept as a business or stands empty.
struct Houses: Sendable {
    /// A home and its first person.
    struct Home: Sendable {
        let grid: ID<GridNode>
        let address: String
        let name: String
        let phone: String?
        let kind: Residency.Kind
    }

    struct House: Sendable {
        let id: ID<Property>
        let draft: PropertyDraft
    }

    /// How many homes of a village become properties.
    static let homesPerVillage = 12

    private let plan: TownPlan
    private let names = Names()
    private var chance: Chance
    private var taken: Set<[String]> = []

    init(_ plan: TownPlan) {
        self.plan = plan
        chance = Chance(seed: plan.seed, "houses")
    }

    /// - Parameter homes: some homes of each village.
    mutating func make(_ homes: [ID<GridNode>: [Home]]) -> [House] {
        let serials = [VillageList.anping, VillageList.xingsheng, VillageList.yaoqian, VillageList.qianpu]
        return serials.compactMap { plan.grids.village($0) }.flatMap { village -> [House] in
            let known = homes[village.grid.id, default: []].prefix(Self.homesPerVillage)
            let lived = known.compactMap { home -> House? in
                let leaf = village.leaves.first { $0.grid.id == home.grid }
                return leaf.flatMap { house(home, on: $0) }
            }
            return lived + Self.trades(village.draft.entry.serial).compactMap { other($0.0, $0.1, in: village.leaves) }
        }
    }

    /// A home of somebody's own, or let to whoever lives there.
    private mutating func house(_ home: Home, on leaf: Leaf) -> House? {
        let kind: Property.Kind = [.estate, .building, .enterprise].contains(leaf.grid.kind) ? .flat : .house
        let isOwn = home.kind == .registered || home.kind == .owner
        let use: Property.Use = !isOwn ? .whollyLet : chance.happens(300) ? .partlyLet : .selfLived
        let (name, phone): (String, String?) =
            isOwn ? (home.name, home.phone) : (names.name(&chance), DemoPhones.mobile(chance.next()))
        return house(on: leaf, at: home.address, kind, use, owner: name, phone: phone)
    }

    /// What a village has besides homes: 安平 works, 兴胜 shops, and in the two villages halls that stand empty.
    private static func trades(_ serial: String) -> [(Property.Kind, Property.Use)] {
        func some(_ count: Int, _ kind: Property.Kind, _ use: Property.Use) -> [(Property.Kind, Property.Use)] {
            Array(repeating: (kind, use), count: count)
        }
        switch serial {
        case VillageList.anping:
            return some(6, .workshop, .business) + some(3, .workshop, .whollyLet) + some(2, .warehouse, .vacant)
                + some(5, .shop, .whollyLet)
        case VillageList.xingsheng: return some(9, .shop, .business) + some(7, .shop, .whollyLet) + some(2, .shop, .vacant)
        case VillageList.yaoqian: return some(2, .workshop, .vacant) + some(3, .house, .vacant) + some(2, .shop, .business)
        default: return some(4, .workshop, .vacant) + some(2, .warehouse, .whollyLet) + some(3, .house, .vacant)
        }
    }

    private mutating func other(_ kind: Property.Kind, _ use: Property.Use, in leaves: [Leaf]) -> House? {
        let works = leaves.filter { $0.grid.kind == .enterprise }
        let open = leaves.filter { $0.grid.kind != .exclusive }
        let leaf = chance.pick((kind == .workshop || kind == .warehouse) && !works.isEmpty ? works : open)
        let address = "\(chance.pick(leaf.lanes))\(chance.within(161...260))号"
        return house(
            on: leaf, at: address, kind, use, owner: names.name(&chance), phone: DemoPhones.mobile(chance.next()))
    }

    /// Nil when another one stands there.
    private mutating func house(
        on leaf: Leaf, at address: String, _ kind: Property.Kind, _ use: Property.Use, owner: String, phone: String?
    ) -> House? {
        let id: ID<Property> = chance.newID(at: plan.time.installed.instant(hour: 15))
        let rooms = use.isLet ? chance.within(1...(kind == .house ? 8 : 3)) : nil
        let read = Address(reading: address)
        guard taken.insert([leaf.grid.id.description, read.words]).inserted else { return nil }
        return House(
            id: id,
            draft: PropertyDraft(
                grid: leaf.grid.id, address: read, kind: kind, use: use, roomsLet: rooms, ownerKind: .person, owner: owner,
                phone: phone))
    }
}
