import Directory
import Kernel

/// Fills every post of the town (domain.md F03–F08): 1,014 grid workers, 122 cadres, the village secretaries and the town office.
struct Staffing {
    /// On levels 1, 2 and 3; which grid has how many the article does not say.
    static let workers = [224, 646, 144]
    /// 12 lead one village, 15 lead two: together all 42 (F05).
    static let leadsOfOne = 12
    static let leadsOfTwo = 15
    static let instructors = 53

    private let grids: TownGrids
    private let time: DemoTime
    private let names = Names()
    private var chance: Chance
    private(set) var members: [StaffMember] = []

    init(_ grids: TownGrids, time: DemoTime, chance: Chance) {
        self.grids = grids
        self.time = time
        self.chance = chance
    }

    /// Everybody, those in office first.
    static func members(of grids: TownGrids, time: DemoTime, _ chance: Chance) -> [StaffMember] {
        var staffing = Staffing(grids, time: time, chance: chance)
        staffing.appoint(.townOffice, login: "office", on: [nil])
        staffing.appointLeads()
        for village in grids.villages {
            staffing.appoint(.townDeputy, login: "deputy", on: [village.grid.id])
            staffing.appoint(.gridChief, login: "chief", on: [village.grid.id])
        }
        staffing.appointInstructors()
        for level in GridLevel.allCases { staffing.appointWorkers(on: level) }
        Cast.assign(to: &staffing.members, in: grids)
        staffing.appointPredecessors()
        return staffing.members
    }

    /// 安平 has a lead of its own; which other villages share one is drawn.
    private mutating func appointLeads() {
        let villages = grids.villages.filter { $0.draft.entry.serial != VillageList.anping }.map(\.grid.id)
        let order = grids.villages.map(\.grid.id).filter { !villages.contains($0) } + chance.shuffled(villages)
        for index in 0..<Self.leadsOfOne { appoint(.townLead, login: "lead", on: [order[index]]) }
        for index in stride(from: Self.leadsOfOne, to: order.count, by: 2) {
            appoint(.townLead, login: "lead", on: [order[index], order[index + 1]])
        }
    }

    /// Every level-2 grid has exactly one, who looks after four or five that lie together (F07).
    private mutating func appointInstructors() {
        let anping = VillageList.anping
        let villages =
            grids.villages.filter { $0.draft.entry.serial == anping } + grids.villages.filter { $0.draft.entry.serial != anping }
        var waiting = villages.flatMap(\.levelTwo).map(\.id)
        for count in Shares.split(waiting.count, by: Array(repeating: 1, count: Self.instructors)) {
            appoint(.instructor, login: "instructor", on: Array(waiting.prefix(count)))
            waiting.removeFirst(count)
        }
    }

    private mutating func appointWorkers(on level: GridLevel) {
        let stations = grids.all.filter { $0.level == level }
        let counts = Shares.split(Self.workers[level.rawValue - 1], by: stations.map { _ in chance.within(8...14) }, least: 1)
        for (grid, count) in zip(stations, counts) {
            for _ in 0..<count {
                appoint(.gridWorker, login: "worker", on: [grid.id], employment: chance.happens(380) ? .fullTime : .partTime)
            }
        }
    }

    private mutating func appoint(_ kind: PostKind, login: String, on grids: [ID<GridNode>?], employment: Employment? = nil) {
        let from = time.opened.adding(days: chance.within(14...60))
        add(login: login, posts: grids.map { (kind, $0, employment, from, nil) })
    }

    private mutating func add(login: String, posts: [(PostKind, ID<GridNode>?, Employment?, Day, Day?)]) {
        let made = time.installed.instant(hour: 10)
        let person: ID<PersonNode> = chance.newID(at: made)
        let number = String(members.count { $0.login.hasPrefix(login) } + 1)
        members.append(
            StaffMember(
                person: Person(id: person, name: names.name(&chance)), phone: DemoPhones.mobile(chance.next()),
                account: chance.newID(at: made),
                login: "\(login).\(String(repeating: "0", count: max(0, 4 - number.count)))\(number)",
                posts: posts.map { kind, grid, employment, from, to in
                    Post(
                        id: chance.newID(at: made), person: person, kind: kind, grid: grid, employment: employment, from: from,
                        to: to)
                }))
    }

    /// Some of those in office came after somebody else, so the history of posts has something to show.
    private mutating func appointPredecessors() {
        // Those who can sign in to the demo have been there from the beginning.
        let candidates = members.indices.filter { members[$0].posts.count == 1 && !Cast.isTaken(members[$0].login) }
        for index in candidates.filter({ _ in chance.happens(55) }) {
            let latest = time.today.ordinal - time.opened.ordinal - 30
            let change = time.opened.adding(days: chance.within(200...latest))
            guard let post = members[index].posts.first else { continue }
            members[index].posts = [
                Post(
                    id: post.id, person: post.person, kind: post.kind, grid: post.grid, employment: post.employment, from: change)
            ]
            add(login: "former", posts: [(post.kind, post.grid, post.employment, post.from, change.adding(days: -1))])
        }
    }
}
