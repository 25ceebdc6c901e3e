import Directory
import Kernel
import Storage

/// A village's points as its office sees them.
struct VillageSight: Sendable {
    struct Closable: Sendable {
        let month: MonthKey
        let rounds: Int
        let unposted: Int
    }
    let village: Grid
    let tree: GridTree
    let totals: LedgerTotals
    let figures: PointsFigures
    let scheme: PointsScheme
    let hasRounds: Bool
    let rounds: [InspectionRound]
    /// Months with rounds that are over and not closed.
    let open: [Closable]
    let months: [PointsMonth]
    let prizes: [MonthPrize]
    /// Of ``prizes``, those that were booked.
    let booked: Set<BookedCause>
    let addresses: [ID<Household>: String]
    let sets: [RuleSet]
    let mayManage: Bool
}

/// Reads a village's points for whoever has any part of it.
struct ReadVillage: Sendable {
    let desk: PointsDesk

    /// - Throws: ``NotFound`` for a village without points, or of which one has no part.
    func callAsFunction(_ id: ID<GridNode>, by principal: Principal) async throws -> VillageSight {
        let scope = try principal.scope(for: .readPoints)
        return try await desk.database.read { tx in
            let town = principal.town
            let village = try desk.villageAround(id, of: scope, tx, town)
            let tree = try desk.tree(tx, town)
            let rounds = try RoundStore(tx, town: town).rounds(of: id, limit: 8)
            let months = try MonthStore(tx, town: town).months(of: id)
            let prizes = try MonthStore(tx, town: town).prizes(of: id, limit: 60)
            let booked = try LedgerStore(tx, town: town).booked(
                Set(prizes.map { ID($0.month.uuid) }), for: Set(prizes.map(\.household)))
            return VillageSight(
                village: village, tree: tree, totals: try LedgerProofStore(tx, town: town).totals(of: id),
                figures: try FigureStore(tx, town: town).figures(of: id, on: desk.today),
                scheme: try SchemeStore(tx, town: town).scheme(of: id),
                hasRounds: try VillageStore(tx, town: town).isOn(.crossInspections, in: id), rounds: rounds,
                open: try RoundStore(tx, town: town).unclosed(of: id, before: MonthKey(desk.today)).map {
                    .init(month: $0.month, rounds: $0.rounds, unposted: $0.unposted)
                }, months: months, prizes: prizes, booked: booked,
                addresses: try DoorStore(tx, town: town).addresses(of: Set(prizes.map(\.household))),
                sets: try RuleSetStore(tx, town: town).all(of: id),
                mayManage: principal.grants[.managePoints].map { tree.isIn($0, id) } ?? false)
        }
    }
}
