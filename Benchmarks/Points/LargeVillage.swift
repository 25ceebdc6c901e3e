import Directory
import Identity
import Kernel
import Points
import Storage

/// A village of three grids and as many households as are asked for, each with a wallet.
struct LargeVillage: Sendable {
    let database: any Database
    let town: ID<Town>
    let village: ID<GridNode>
    let grids: [ID<GridNode>]
    let households: [ID<Household>]
    private let ambient = Ambient.system
    private let chief: Principal
    private let month: MonthKey

    init(database: any Database, households count: Int) async throws {
        self.database = database
        let ambient = Ambient.system
        (town, village) = (ambient.newID(), ambient.newID())
        grids = (0..<3).map { _ in ambient.newID() }
        households = (0..<count).map { _ in ambient.newID() }
        month = MonthKey(ambient.now().day()).previous
        chief = Principal(
            town: town, account: ambient.newID(), person: nil, name: "bench",
            grants: Dictionary(PointsPermissions.grants[.townOffice, default: []].map { ($0, .town) }) { first, _ in first },
            post: "bench")
    }

    private var desk: PointsDesk { PointsDesk(database: database, ambient: ambient, directory: DirectoryCache()) }
    private var since: Day { month.first.adding(days: -1000) }

    /// Grids, households with one person each, wallets, and both rule sets in force.
    func settle() async throws {
        let (this, ambient, since) = (self, ambient, since)
        try await database.write(.snapshot) { tx in
            let (town, now) = (this.town, ambient.now())
            try TownStore(tx).insert(
                TownRecord(
                    id: town, codeSystem: "nbs", code: "999999999", nameZh: "测", nameEn: "Bench", hostUnit: "", filing: "",
                    hostnames: ["bench.invalid"]))
            let store = GridStore(tx, town: town)
            try store.insert(this.grid(this.village, nil, .one, "999999999201"))
            for (index, id) in this.grids.enumerated() {
                try store.insert(this.grid(id, this.village, .two, "99999999920100\(index + 1)"))
            }
            try VillageStore(tx, town: town).put(VillageProfile(village: this.village, type: .smallVillage))
            let doors = HouseholdStore(tx, town: town)
            for (index, household) in this.households.enumerated() {
                let person = Person(id: ambient.newID(), name: "人")
                try PersonStore(tx, town: town).insert(person, phone: nil, at: now)
                try doors.insert(
                    Household(id: household, grid: this.grids[index % 3], addressWords: "巷\(100_000 + index)号", from: since))
                try doors.insert(
                    Residency(id: ambient.newID(), person: person.id, household: household, kind: .registered, from: since))
                _ = try WalletStore(tx, town: town).insert(
                    Wallet(
                        household: household, village: this.village, card: PublicNumber(random: ambient.random()), balance: 0,
                        last: nil))
            }
        }
        for audience in Audience.allCases {
            let draft = try await DraftRuleSet(desk)(audience, of: village, by: chief, request: ambient.newID())
            try await AdoptRuleSet(desk)(
                draft.id, decision: "1", decidedOn: since, from: since, allowsDebt: false, by: chief, request: ambient.newID())
        }
        var scheme = PointsScheme()
        scheme.noticeDays = 0
        try await SetScheme(desk)(scheme, of: village, by: chief, request: ambient.newID())
    }

    private func grid(_ id: ID<GridNode>, _ parent: ID<GridNode>?, _ level: GridLevel, _ code: String) -> Grid {
        Grid(
            id: id, parent: parent, level: level, kind: level == .one ? .village : .residential, codeSystem: "nbs", code: code,
            nameZh: "测\(code)", validFrom: since)
    }

    /// Every round of the month before this one.
    func playMonth() async throws {
        let mondays = (0..<31).map { month.first.adding(days: $0) }.filter { $0.weekday == 1 && MonthKey($0) == month }
        for monday in mondays {
            let round = try await OpenRound(desk)(village, week: monday, by: chief, request: ambient.newID())
            for (number, target) in grids.enumerated() {
                let lines = stride(from: number, to: households.count, by: 3).map { index in
                    let times = (index * 7919 + monday.ordinal) % 13
                    return SheetRules.Line(
                        household: households[index], seen: true, items: times == 0 ? [:] : ["weeds": min(9, times)])
                }
                try await HandInSheet(desk)(ambient.newID(), round: round.id, target: target, lines, by: chief)
            }
            try await GiveNotice(desk)(round.id, by: chief, request: ambient.newID())
            try await PostRound(desk)(round.id, by: chief, request: ambient.newID())
        }
    }

    func close() async throws {
        try await CloseMonth(desk)(month, of: village, by: chief, request: ambient.newID())
    }

    func balances() async throws {
        let (town, village, count) = (town, village, households.count)
        let found = try await database.read { try WalletStore($0, town: town).balances(of: village).count }
        precondition(found == count)
    }

    func totals() async throws {
        let (town, village) = (town, village)
        let sum = try await database.read { try LedgerProofStore($0, town: town).totals(of: village).sum }
        precondition(sum == 0)
    }
}
