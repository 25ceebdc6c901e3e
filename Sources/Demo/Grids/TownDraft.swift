import Directory

/// The whole tree before it has a place: 42 / 228 / 72 grids (domain.md F02), of which the four villages have 28 and 29.
enum TownDraft {
    private static let peopleOfTown = 170_000
    /// What the other 38 villages hold (domain.md §1.3).
    private static let (othersLevelTwo, othersLevelThree) = (200, 43)

    /// The villages in the order of their codes.
    static func villages(_ chance: inout Chance) -> [VillageDraft] {
        let article = article
        let others = VillageList.all.filter { !article.map(\.entry.serial).contains($0.serial) }
        let weights = others.map { $0.isCommunity ? chance.within(9...16) : chance.within(6...19) }
        let levelTwo = Shares.split(othersLevelTwo, by: weights, least: 2)
        let people = Shares.split(peopleOfTown - 11_856 - 6_200 - 1_530 - 7_362, by: weights.map { $0 * $0 }, least: 900)
        var levelThree = levelThreeGroups(&chance)
        let having = Set(chance.shuffled(Array(others.indices)).prefix(levelThree.count))
        let drafts = others.indices.map { index in
            let parts = having.contains(index) ? levelThree.removeLast() : 0
            return VillageDraft(
                entry: others[index], hectares: others[index].isCommunity ? 60 + weights[index] * 3 : 60 + weights[index] * 7,
                people: people[index], grids: grids(levelTwo[index], parts: parts, &chance))
        }
        return (drafts + article).sorted { $0.entry.serial < $1.entry.serial }
    }

    private static var article: [VillageDraft] {
        let sizes: [String: (hectares: Int, people: Int, grids: [GridDraft])] = [
            VillageList.anping: (240, 11_856, FourVillages.anping), VillageList.xingsheng: (90, 6_200, FourVillages.xingsheng),
            VillageList.yaoqian: (95, 1_530, FourVillages.yaoqian), VillageList.qianpu: (250, 7_362, FourVillages.qianpu),
        ]
        return VillageList.all.compactMap { entry in
            sizes[entry.serial].map { VillageDraft(entry: entry, hectares: $0.hectares, people: $0.people, grids: $0.grids) }
        }
    }

    /// The 43 grids of level 3 in groups of two and three, one group a village.
    private static func levelThreeGroups(_ chance: inout Chance) -> [Int] {
        let groups = 20
        return chance.shuffled(Shares.split(othersLevelThree, by: Array(repeating: 1, count: groups)))
    }

    private static func grids(_ count: Int, parts: Int, _ chance: inout Chance) -> [GridDraft] {
        let divided = chance.below(count)
        return (0..<count).map { index in
            let isDivided = index == divided && parts > 0
            return .homes(weight: isDivided ? 15 : chance.within(8...12), isDivided ? PartNames.drafts(parts, &chance) : [])
        }
    }
}
