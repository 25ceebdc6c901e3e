import Directory
import Kernel

/// Makes up households and the people in them, one leaf of the tree after the other, without keeping what was made.
struct ResidentMaker: Sequence, IteratorProtocol {
    /// One household, whoever lives there and how to reach them.
    struct Home: Sendable {
        let household: Household
        let members: [Member]
        /// The login of its first person, for the households of ``Cast``.
        let login: String?
    }
    struct Member: Sendable {
        let person: Person
        let phone: String?
        let residency: Residency
    }

    private let time: DemoTime
    private let names = Names()
    private var chance: Chance
    /// Where people are still to be put, and how many.
    private var waiting: [(leaf: Leaf, mix: ResidencyMix, people: Int)] = []
    private var cast: [(login: String, leaf: Leaf, kind: Residency.Kind)] = []

    init(_ plan: TownPlan, people: Int) {
        time = plan.time
        chance = Chance(seed: plan.seed, "residents")
        cast = Self.cast(in: plan.grids)
        let shares = Shares.split(Swift.max(0, people - cast.count), by: plan.grids.villages.map(\.draft.people))
        for (village, share) in zip(plan.grids.villages, shares) {
            let leaves = village.leaves
            let counts = Shares.split(share, by: leaves.map { Self.weight(of: $0.grid.kind) * $0.cells.count })
            for (leaf, count) in zip(leaves, counts) where count > 0 {
                waiting.append((leaf, ResidencyMix(village.draft.entry.serial, leaf.grid.kind), count))
            }
        }
        waiting.reverse()
    }

    /// Where the residents of ``Cast`` live.
    private static func cast(in grids: TownGrids) -> [(String, Leaf, Residency.Kind)] {
        let yaoqian = grids.village(VillageList.yaoqian)?.leaves ?? []
        let chunhui = grids.village(VillageList.anping)?.leaves.first { $0.grid.nameZh == Cast.chunhui }
        return [
            yaoqian.first.map { ("resident", $0, .registered) }, yaoqian.last.map { ("tenant", $0, .tenant) },
            chunhui.map { ("owner", $0, .owner) },
        ]
        .compactMap(\.self)
    }

    /// Homes stand closer in estates and lanes than beside workshops; nobody lives in the hospital.
    private static func weight(of kind: GridKind) -> Int {
        switch kind {
        case .estate, .building: 4
        case .residential: 3
        case .enterprise: 1
        case .exclusive, .village, .community: 0
        }
    }

    mutating func next() -> Home? {
        if let role = cast.popLast() { return home(on: role.leaf, [role.kind], login: role.login) }
        guard var place = waiting.popLast() else { return nil }
        let size = Swift.min(place.people, chance.pick([1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6]))
        let kind = place.mix.kinds.pick(&chance)
        place.people -= size
        if place.people > 0 { waiting.append(place) }
        return home(on: place.leaf, Array(repeating: kind, count: size))
    }

    private mutating func home(on leaf: Leaf, _ kinds: [Residency.Kind], login: String? = nil) -> Home {
        let made = time.installed.instant(hour: 13)
        let since = time.today.adding(days: -chance.within(40...(kinds.first == .registered ? 9000 : 2500)))
        let household = Household(id: chance.newID(at: made), grid: leaf.grid.id, addressWords: address(on: leaf), from: since)
        let surname = names.surname(&chance)
        let members = kinds.enumerated().map { index, kind in
            let person = Person(
                id: chance.newID(at: made),
                name: names.name(chance.happens(index == 1 ? 200 : 950) ? surname : names.surname(&chance), &chance))
            let phone = index == 0 || chance.happens(450) ? DemoPhones.mobile(chance.next()) : nil
            let residency = Residency(
                id: chance.newID(at: made), person: person.id, household: household.id, kind: kind, from: since)
            return Member(person: person, phone: phone, residency: residency)
        }
        return Home(household: household, members: members, login: login)
    }

    /// A lane and a door number are enough (F27); estates have buildings, units and rooms.
    private mutating func address(on leaf: Leaf) -> String {
        switch leaf.grid.kind {
        case .estate:
            return
                "\(leaf.grid.nameZh)\(chance.within(1...18))号楼\(chance.within(1...3))单元\(chance.within(1...17))0\(chance.within(1...4))室"
        case .building: return "\(leaf.grid.nameZh)\(chance.within(1...12))0\(chance.within(1...9))室"
        case .enterprise: return "\(leaf.grid.nameZh)宿舍\(chance.within(1...4))栋\(chance.within(1...6))0\(chance.within(1...9))室"
        default: return "\(chance.pick(leaf.lanes))\(chance.within(1...160))号"
        }
    }
}

/// How the people of a place belong to it.
struct ResidencyMix: Sendable {
    let kinds: Weighted<Residency.Kind>

    init(_ serial: String, _ kind: GridKind) {
        kinds =
            switch (serial, kind) {
            // 安平: 1,356 registered of 11,856 (F24).
            case (VillageList.anping, .enterprise): Weighted([(.floating, 900), (.tenant, 100)])
            case (VillageList.anping, _): Weighted([(.registered, 130), (.owner, 150), (.tenant, 220), (.floating, 500)])
            case (_, .estate): Weighted([(.registered, 450), (.owner, 300), (.tenant, 200), (.floating, 50)])
            case (_, .enterprise): Weighted([(.floating, 800), (.tenant, 200)])
            default: Weighted([(.registered, 800), (.tenant, 130), (.floating, 70)])
            }
    }
}
