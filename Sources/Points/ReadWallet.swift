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
    /// All households of the person who looks.
    let others: [Door]
    let mayAward: Bool
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
            names: try PersonStore(tx, town: town).names(of: Set(page.entries.compactMap(\.person))), others: doors,
            mayAward: mayAward)
    }

    private func wallet(of door: Door, _ ledger: PointsLedger, _ tx: any Transaction, _ town: ID<Town>, _ mayOpen: Bool) throws
        -> Wallet
    {
        if let wallet = try WalletStore(tx, town: town).find(door.household) { return wallet }
        guard mayOpen else { throw NoWallet() }
        return try ledger.open(door)
    }
}
