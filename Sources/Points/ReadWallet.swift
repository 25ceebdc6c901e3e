import Directory
import Identity
import Kernel
import Storage

/// One household's wallet with what is to be shown of it.
struct WalletSight: Sendable {
    let door: Door
    let village: Grid
    let wallet: Wallet
    /// The set that applies today.
    let set: RuleSet?
    /// The sets that the entries name.
    let sets: [ID<RuleSet>: RuleSet]
    let entries: [PointsEntry]
    let next: EntryCursor?
    let isFirst: Bool
    /// Of the entries shown, those that were taken back.
    let takenBack: Set<ID<PointsEntry>>
    let names: [ID<PersonNode>: String]
    /// The round on the notice board, as it concerns this household; nil when there is none.
    let notice: RoundNotice?
    /// The next environment day, its areas, and whether this household has signed up.
    let environmentDay: (day: EnvironmentDay, areas: [EnvironmentArea], isIn: Bool)?
    let tree: GridTree
    /// All households of the person who looks.
    let others: [Door]
    let mayAward: Bool
}

/// What a household is told of a round whose result stands on the notice board.
struct RoundNotice: Sendable {
    let round: InspectionRound
    let score: HouseholdScore?
    let rules: [PointRule]
    let place: Int?
    /// What the household has said against it.
    let objections: [Objection]
}

/// Reads a wallet for its own household, or for the staff of its grids. A wallet that is not there yet is made, because its card is shown.
struct ReadWallet: Sendable {
    let desk: PointsDesk

    /// The wallet of the person's own household.
    /// - Returns: nil when they live in no village with points.
    func mine(_ asked: ID<Household>?, after cursor: EntryCursor?, by principal: Principal) async throws -> WalletSight? {
        _ = try principal.scope(for: .beResident)
        guard let person = principal.person else { return nil }
        return try await opening { tx, mayOpen in
            let villages = VillageStore(tx, town: principal.town)
            let doors = try DoorStore(tx, town: principal.town).doors(of: person, on: desk.today).filter {
                try villages.isOn(.points, in: $0.village)
            }
            guard let asked else {
                return try doors.first.map { try sight($0, doors, cursor, tx, mayOpen, principal, mayAward: false) }
            }
            guard let door = doors.first(where: { $0.household == asked }) else { throw NotFound() }
            return try sight(door, doors, cursor, tx, mayOpen, principal, mayAward: false)
        }
    }

    /// - Throws: ``NotFound`` out of scope.
    func callAsFunction(_ household: ID<Household>, after cursor: EntryCursor?, by principal: Principal) async throws
        -> WalletSight
    {
        let scope = try principal.scope(for: .readPoints)
        return try await opening { tx, mayOpen in
            let door = try desk.door(household, in: scope, tx, principal.town)
            let tree = try desk.tree(tx, principal.town)
            let mayAward = principal.grants[.awardPoints].map { tree.isIn($0, door.grid) } ?? false
            return try sight(door, [door], cursor, tx, mayOpen, principal, mayAward: mayAward)
        }
    }

    /// Reads; and only for a household without a wallet does it again as a write that makes one.
    private func opening<Value: Sendable>(_ body: @escaping @Sendable (any Transaction, Bool) throws -> Value) async throws
        -> Value
    {
        do {
            return try await desk.database.read { try body($0, false) }
        } catch is NoWallet {
            return try await desk.database.write { try body($0, true) }
        }
    }

    private struct NoWallet: Error {}

    private func sight(
        _ door: Door, _ doors: [Door], _ cursor: EntryCursor?, _ tx: any Transaction, _ mayOpen: Bool, _ principal: Principal,
        mayAward: Bool
    ) throws -> WalletSight {
        let (town, today) = (principal.town, desk.today)
        guard let village = try desk.tree(tx, town).grid(door.village) else { throw NotFound() }
        let ledger = PointsLedger(tx, town: town, by: principal, ambient: desk.ambient)
        let sets = RuleSetStore(tx, town: town)
        let audience = AudienceRules.audience(of: try DoorStore(tx, town: town).kinds(of: door.household, on: today))
        let page = try ledger.entries(of: door.household, after: cursor, limit: 30)
        var named: [ID<RuleSet>: RuleSet] = [:]
        for id in Set(page.entries.compactMap { $0.rule?.set }) { named[id] = try sets.find(id) }
        let store = LedgerStore(tx, town: town)
        return WalletSight(
            door: door, village: village, wallet: try wallet(of: door, ledger, tx, town, mayOpen),
            set: try audience.flatMap { try sets.inForce(door.village, $0, on: today) }, sets: named, entries: page.entries,
            next: page.next, isFirst: cursor == nil, takenBack: try store.takenBack(among: page.entries.map(\.id)),
            names: try PersonStore(tx, town: town).names(of: Set(page.entries.compactMap(\.person))),
            notice: try notice(for: door, tx, town), environmentDay: try environmentDay(for: door, tx, town),
            tree: try desk.tree(tx, town), others: doors,
            mayAward: mayAward)
    }

    private func wallet(of door: Door, _ ledger: PointsLedger, _ tx: any Transaction, _ town: ID<Town>, _ mayOpen: Bool) throws
        -> Wallet
    {
        if let wallet = try WalletStore(tx, town: town).find(door.household) { return wallet }
        guard mayOpen else { throw NoWallet() }
        return try ledger.open(door)
    }

    private func notice(for door: Door, _ tx: any Transaction, _ town: ID<Town>) throws -> RoundNotice? {
        let store = RoundStore(tx, town: town)
        guard let round = try store.rounds(of: door.village, limit: 4).first(where: { $0.stage == .notice }) else { return nil }
        let sheets = SheetStore(tx, town: town)
        return RoundNotice(
            round: round, score: try sheets.score(of: door.household, in: round.id),
            rules: try RuleSetStore(tx, town: town).find(round.villagersSet)?.rules ?? [],
            place: try store.models(of: round.id).first { $0.household == door.household }?.place,
            objections: try sheets.objections(of: round.id).filter { $0.household == door.household })
    }

    private func environmentDay(
        for door: Door, _ tx: any Transaction, _ town: ID<Town>
    ) throws -> (day: EnvironmentDay, areas: [EnvironmentArea], isIn: Bool)? {
        let store = EnvironmentDayStore(tx, town: town)
        let coming = try store.days(of: door.village, limit: 3).filter { $0.stage == .confirmed && $0.day >= desk.today }
        guard let day = coming.min(by: { $0.day < $1.day }) else { return nil }
        return (day, try store.areas(of: day.id), try store.signups(of: day.id).contains { $0.household == door.household })
    }
}
