import Directory
import Geometry
import Kernel
import Matters

/// Makes up matters and what became of them.
struct MatterMaker: Sendable {
    /// Somewhere people report from: a grid, the way down to it, and where on the ground it is.
    struct Site: Sendable {
        let leaf: Leaf
        let path: [Rung]
        let village: ID<GridNode>
        let surroundings: Occasions.Surroundings
    }

    let staff: StaffOnDuty
    let sites: [Site]
    private let likelySites: Weighted<Int>
    private let ground: Ground
    private let locator: GridLocator<ID<GridNode>>
    private let taxonomy = Taxonomy.default
    private let words = MatterWords.all
    private let occasions = Occasions()
    private let names = Names()
    let deadlines = Deadlines()
    private let end: Instant
    private let (numberStep, numberStart): (UInt64, UInt64)
    var chance: Chance

    init(_ plan: TownPlan) {
        let tree = plan.tree
        var chance = Chance(seed: plan.seed, "matters")
        staff = StaffOnDuty(plan.members, in: tree)
        ground = plan.grids.ground
        locator = tree.locator
        end = plan.time.end
        var sites: [(Site, Int)] = []
        for village in plan.grids.villages {
            let cells = village.leaves.reduce(0) { $0 + $1.cells.count }
            for leaf in village.leaves {
                sites.append((Site(leaf, in: tree), village.draft.people * leaf.cells.count / cells + 1))
            }
        }
        self.sites = sites.map(\.0)
        likelySites = Weighted(sites.enumerated().map { ($0, $1.1) })
        // Without a factor in common with 10¹¹, so that no number comes twice.
        numberStep = (3_000_000_000 + UInt64(chance.below(1_000_000_000))) * 2 / 10 * 10 + 7
        numberStart = chance.next() % 100_000_000_000
        self.chance = chance
    }

    /// The matter with the running `index`, reported at `instant` somewhere.
    mutating func make(index: Int, at instant: Instant) -> MatterFile? {
        let site = sites[likelySites.pick(&chance)]
        let code = occasions.category(site.surroundings, month: instant.day().month, &chance)
        // Somebody on the telephone often names no more than the village.
        let isVague = chance.happens(25)
        let channel = isVague ? .phone : Self.channels.pick(&chance)
        guard var life = begin(code, at: site, isVague: isVague, channel, index: index, at: instant) else { return nil }
        let reporter = reporter(of: life.matter, life.events.first?.actor)
        unfold(&life, hasTelephone: reporter?.phone != nil)
        return MatterFile(matter: life.matter, events: life.events, reporter: reporter)
    }

    /// The report itself.
    mutating func begin(
        _ code: String, at site: Site, isVague: Bool = false, _ channel: Channel, index: Int, at instant: Instant,
        words text: String? = nil
    ) -> MatterLife? {
        guard let category = taxonomy[code], let phrases = words[code] else { return nil }
        let spot = Spots.spot(on: site.leaf, &chance)
        let path = isVague ? Array(site.path.prefix(1)) : site.path
        let matter = Matter(
            id: chance.newID(at: instant), number: PublicNumber(random: numberStep * UInt64(index) + numberStart),
            category: category,
            words: text ?? chance.pick(phrases.reports).at(spot),
            place: MatterPlace(
                grid: path.last?.grid ?? site.village, village: site.village,
                coordinate: isVague || chance.happens(350) ? nil : point(on: site.leaf),
                spot: spot),
            channel: channel, reportedAt: instant, holder: RoutingRules.start(category.tier, path: path))
        let isOnBehalf = Channel.onBehalf.contains(channel)
        let writer = isOnBehalf ? staff.handler(of: path.last?.holder ?? .town, on: instant.day(), &chance) : nil
        return MatterLife(matter, path: path, by: writer, until: end)
    }

    /// A point on the ground that the product finds in the same grid.
    private mutating func point(on leaf: Leaf) -> Coordinate? {
        let cell = chance.pick(leaf.cells)
        let points = [ground.point(in: cell, metres: 25, &chance), ground.point(in: cell, &chance)]
        return points.compactMap(\.self).first { locator.locate($0) == leaf.grid.id }
    }

    private static let channels = Weighted<Channel>([
        (.residentPage, 460), (.phone, 120), (.visit, 110), (.patrol, 150), (.station, 40), (.groupChat, 90), (.meeting, 30),
    ])

    private mutating func reporter(of matter: Matter, _ writer: MatterEvent.Actor?) -> Reporter? {
        let (named, reachable) =
            switch matter.channel {
            case .residentPage: (350, 600)
            case .phone, .hotline: (800, 970)
            case .patrol, .program, .open311: (0, 0)
            case .visit, .station, .groupChat, .meeting: (750, 500)
            }
        let name = chance.happens(named) ? names.name(&chance) : nil
        let phone = chance.happens(reachable) ? Telephone(DemoPhones.mobile(chance.next())) : nil
        guard name != nil || phone != nil else { return nil }
        return Reporter(
            id: chance.newID(at: matter.reportedAt), matter: matter.id, name: name, phone: phone, account: nil,
            enteredBy: writer?.account,
            at: matter.reportedAt)
    }

    func phrases(for code: String) -> MatterWords? { words[code] }
}

extension MatterMaker.Site {
    init(_ leaf: Leaf, in tree: GridTree) {
        self.leaf = leaf
        path = tree.rungs(to: leaf.grid.id)
        village = leaf.path.first ?? leaf.grid.id
        surroundings =
            switch leaf.grid.kind {
            case .enterprise: .firm
            case .exclusive: .hospital
            default: .homes
            }
    }
}
