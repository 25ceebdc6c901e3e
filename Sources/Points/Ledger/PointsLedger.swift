package import Directory
package import Kernel
package import Storage

/// The double-entry ledger of points: the only way by which a balance changes. For use cases of this room, inside their transaction.
///
/// Every entry takes from one account and gives to another, so the sum of all accounts is zero after every step; the wallet's row
/// changes with it. Scope and whether the village uses points are the use case's to check. The write must be serializable: caps
/// and balances are read and then decided on (docs/decisions/0002).
package struct PointsLedger {
    private let tx: any Transaction
    private let town: ID<Town>
    private let principal: Principal?
    private let ambient: Ambient

    /// - Parameter principal: who books; nil for a job of the server.
    package init(_ tx: any Transaction, town: ID<Town>, by principal: Principal?, ambient: Ambient) {
        self.tx = tx
        self.town = town
        self.principal = principal
        self.ambient = ambient
    }

    private var store: LedgerStore { LedgerStore(tx, town: town) }
    private var wallets: WalletStore { WalletStore(tx, town: town) }

    // MARK: Booking

    /// Awards or deducts what a rule says, as far as its caps leave room. A deduction takes no more than there is, unless the set allows debt.
    /// - Throws: ``NotFound`` for a household not of this town; ``Invalid`` for an unknown rule, a day to come or a household without a
    ///   rule set; ``Conflict`` `cap-reached`, `nothing-to-deduct`, `request-reused`.
    package func post(_ posting: Posting) throws -> Posted {
        if let known = try store.find(posting.id) {
            guard known.household == posting.household, posting.rule.map({ $0 == known.rule?.code }) ?? true,
                known.cause == posting.cause,
                known.causeID == posting.causeID, known.day == posting.day, known.person == posting.person
            else { throw Conflict("request-reused") }
            return Posted(entry: known, limitedBy: nil)
        }
        guard posting.day <= ambient.now().day() else { throw Invalid("/day", "day-to-come") }
        guard let door = try DoorStore(tx, town: town).find(posting.household) else { throw NotFound() }
        let set = try ruleSet(for: posting, door)
        guard let rule = posting.rule.flatMap(set.rule) ?? posting.use.flatMap(set.rule(for:)), rule.use != .inspection else {
            throw Invalid("/rule", "rule-unknown")
        }
        let asked = abs(rule.points)
        let way = LedgerRules.way(of: rule.points)
        let wallet = try open(door)
        var grant = CapRules.Grant(points: asked, limit: nil)
        if rule.points > 0 {
            let taken = try store.taken(posting.household, rule: rule.code, around: posting.day)
            grant = CapRules.grant(asked, under: rule.caps, taken: taken)
            guard grant.points > 0 else { throw Conflict("cap-reached") }
        } else if !set.allowsDebt {
            grant = CapRules.Grant(points: min(asked, max(0, wallet.balance)), limit: nil)
            guard grant.points > 0 else { throw Conflict("nothing-to-deduct") }
        }
        let entry = PointsEntry(
            id: posting.id, village: door.village, household: posting.household, person: posting.person, source: way.source,
            destination: way.destination, points: grant.points, asked: asked,
            rule: .init(set: set.id, code: rule.code, domain: rule.domain), cause: posting.cause, causeID: posting.causeID,
            reverses: nil, note: posting.note, day: posting.day, at: LedgerRules.moment(ambient.now(), after: wallet.last),
            account: principal?.account, post: principal?.post ?? "",
            expires: rule.points > 0 ? LedgerRules.expiry(of: posting.day, months: rule.expiryMonths) : nil)
        try write(entry, mayOwe: set.allowsDebt)
        return Posted(entry: entry, limitedBy: grant.limit)
    }

    /// Books a prize. A household where nobody is registered any more, or whose cap is reached, gets none; it does not keep the others
    /// from theirs.
    /// - Throws: as ``post(_:)`` otherwise.
    func postPrize(_ prize: Posting) throws {
        do {
            _ = try post(prize)
        } catch let invalid as Invalid where invalid.faults.allSatisfy({ $0.code == "household-empty" }) {
        } catch let conflict as Conflict where conflict.reason == "cap-reached" {
        }
    }

    /// Moves points between the wallet and the exchange, or lets them lapse.
    /// - Throws: ``NotFound``, ``Invalid`` for a number that is not from 1 to ``LedgerRules/limit``, ``Conflict`` `balance-too-low` or `request-reused`.
    package func transfer(_ transfer: Transfer) throws -> PointsEntry {
        if let known = try store.find(transfer.id) {
            guard known.household == transfer.household, known.source == transfer.source,
                known.destination == transfer.destination, known.points == transfer.points, known.cause == transfer.cause,
                known.causeID == transfer.causeID
            else { throw Conflict("request-reused") }
            return known
        }
        guard (1...LedgerRules.limit).contains(transfer.points) || transfer.cause == .expiry, transfer.points > 0 else {
            throw Invalid("/points", "points-out-of-range", ["limit": String(LedgerRules.limit)])
        }
        guard let door = try DoorStore(tx, town: town).find(transfer.household) else { throw NotFound() }
        let wallet = try open(door)
        let entry = PointsEntry(
            id: transfer.id, village: door.village, household: transfer.household, person: transfer.person,
            source: transfer.source, destination: transfer.destination, points: transfer.points, asked: transfer.points,
            rule: nil, cause: transfer.cause, causeID: transfer.causeID, reverses: nil, note: transfer.note, day: transfer.day,
            at: LedgerRules.moment(ambient.now(), after: wallet.last), account: principal?.account, post: principal?.post ?? "",
            expires: nil)
        try write(entry, mayOwe: false)
        return entry
    }

    /// Takes an entry back by another that names it. Whole or not at all, and once.
    /// - Throws: ``NotFound``, ``Conflict`` `already-reversed`, `is-a-reversal`, `balance-too-low` when the points are spent, `request-reused`.
    package func reverse(
        _ original: ID<PointsEntry>, as id: ID<PointsEntry>, cause: EntryCause = .reversal, causeID: ID<EntryCause>? = nil,
        note: String
    ) throws -> PointsEntry {
        if let known = try store.find(id) {
            guard known.reverses == original else { throw Conflict("request-reused") }
            return known
        }
        guard let entry = try store.find(original) else { throw NotFound() }
        guard entry.reverses == nil else { throw Conflict("is-a-reversal") }
        guard try store.reversal(of: original) == nil else { throw Conflict("already-reversed") }
        let last = try wallets.find(entry.household)?.last
        let way = LedgerRules.wayBack(source: entry.source, destination: entry.destination)
        let back = PointsEntry(
            id: id, village: entry.village, household: entry.household, person: entry.person, source: way.source,
            destination: way.destination, points: entry.points, asked: entry.points, rule: entry.rule, cause: cause,
            causeID: causeID ?? entry.causeID, reverses: original, note: note, day: ambient.now().day(),
            at: LedgerRules.moment(ambient.now(), after: last), account: principal?.account, post: principal?.post ?? "",
            expires: nil)
        try write(back, mayOwe: false)
        return back
    }

    private func write(_ entry: PointsEntry, mayOwe: Bool) throws {
        guard try wallets.move(entry.household, by: entry.effect, mayOwe: mayOwe, at: entry.at) else {
            throw Conflict("balance-too-low")
        }
        try store.insert(entry)
    }

    private func ruleSet(for posting: Posting, _ door: Door) throws -> RuleSet {
        let kinds = try DoorStore(tx, town: town).kinds(of: posting.household, on: posting.day)
        guard let audience = AudienceRules.audience(of: kinds) else { throw Invalid("/household", "household-empty") }
        let sets = RuleSetStore(tx, town: town)
        if let pinned = try posting.pinned.lazy.compactMap({ try sets.find($0) }).first(where: { $0.audience == audience }) {
            return pinned
        }
        guard let set = try sets.inForce(door.village, audience, on: posting.day) else {
            throw Invalid("/household", "no-rules-in-force")
        }
        return set
    }

    // MARK: Reading and opening

    /// The household's wallet, made if there is none yet.
    package func open(_ door: Door) throws -> Wallet {
        if let wallet = try wallets.find(door.household) { return wallet }
        // A number that is taken already is drawn again; twice in a row has a chance of one in 10²⁰.
        for _ in 0..<4 {
            let fresh = Wallet(
                household: door.household, village: door.village, card: PublicNumber(random: ambient.random()), balance: 0,
                last: nil)
            if try wallets.insert(fresh) { return fresh }
            if let wallet = try wallets.find(door.household) { return wallet }
        }
        throw StorageError.serializationFailure
    }

    /// 0 for a household that has no wallet yet.
    package func balance(of household: ID<Household>) throws -> Int { try wallets.find(household)?.balance ?? 0 }

    /// A household's entries, the newest first, and where the next page begins.
    package func entries(
        of household: ID<Household>, after cursor: EntryCursor? = nil, limit: Int = 50
    ) throws -> (entries: [PointsEntry], next: EntryCursor?) {
        let found = try store.entries(of: household, after: cursor, limit: limit + 1)
        let page = Array(found.prefix(limit))
        return (page, found.count > limit ? page.last.map(EntryCursor.init) : nil)
    }
}
