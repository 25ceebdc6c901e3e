import Directory
import Identity
import Kernel
import Storage

/// A village's board as its villagers see it, and what concerns one's own household.
struct BoardSight: Sendable {
    let villages: [(village: Grid, shown: [(exposure: Exposure, grid: String)])]
    let own: [(exposure: Exposure, standing: ExposureRules.Standing, door: Door, appeal: Appeal?)]
}

/// Reads the notice board for villagers and for the staff.
struct ReadExposures: Sendable {
    let desk: PointsDesk

    /// The boards of the villages somebody lives in; for the staff those they may see.
    func board(by principal: Principal) async throws -> BoardSight {
        try await desk.database.read { tx in
            let (town, today) = (principal.town, desk.today)
            let tree = try desk.tree(tx, town)
            let store = ExposureStore(tx, town: town)
            let doors = try doors(of: principal, tx)
            let villages = try ids(of: principal, doors, tx).compactMap { tree.grid($0) }
            let own = try doors.flatMap { door in
                try store.exposures(of: door.household).map { found in
                    (
                        found.exposure, ExposureRules.standing(of: found.exposure, on: today, hasOpenAppeal: found.hasOpenAppeal),
                        door,
                        try AppealStore(tx, town: town).appeal(to: .exposure, found.exposure.id)
                    )
                }
            }
            return BoardSight(
                villages: try villages.map { village in
                    (village, try store.shown(in: village.id, on: today).map { ($0, tree.grid($0.grid)?.nameZh ?? "") })
                }, own: own)
        }
    }

    /// What is on the board now, for somebody whose village it is.
    /// - Throws: ``NotFound`` for everything else.
    func shown(_ id: ID<Exposure>, by principal: Principal) async throws -> Exposure {
        try await desk.database.read { tx in
            let villages = try ids(of: principal, try doors(of: principal, tx), tx)
            let store = ExposureStore(tx, town: principal.town)
            for village in villages {
                if let found = try store.shown(in: village, on: desk.today).first(where: { $0.id == id }) { return found }
            }
            throw NotFound()
        }
    }

    private func doors(of principal: Principal, _ tx: any Transaction) throws -> [Door] {
        guard principal.may(.beResident), let person = principal.person else { return [] }
        return try DoorStore(tx, town: principal.town).doors(of: person, on: desk.today)
    }

    private func ids(of principal: Principal, _ doors: [Door], _ tx: any Transaction) throws -> [ID<GridNode>] {
        let villages = VillageStore(tx, town: principal.town)
        let lived = try Set(doors.map(\.village)).filter { try villages.isOn(.points, in: $0) }
        let watched = try principal.grants[.readPoints].map { try desk.villages(in: $0, tx, principal.town).map(\.id) } ?? []
        return lived.sorted() + watched.filter { !lived.contains($0) }
    }

    /// The staff's list, with what stands behind the board.
    func list(by principal: Principal) async throws -> (
        villages: [(village: Grid, policy: ExposurePolicy?)], found: [(exposure: Exposure, standing: ExposureRules.Standing)],
        addresses: [ID<Household>: String]
    ) {
        let scope = try principal.scope(for: .awardPoints)
        return try await desk.database.read { tx in
            let store = ExposureStore(tx, town: principal.town)
            let found = try store.exposures(in: scope, limit: 100)
            return (
                try desk.villages(in: scope, tx, principal.town).map { ($0, try store.policy(of: $0.id)) },
                found.map {
                    ($0.exposure, ExposureRules.standing(of: $0.exposure, on: desk.today, hasOpenAppeal: $0.hasOpenAppeal))
                },
                try DoorStore(tx, town: principal.town).addresses(of: Set(found.map(\.exposure.household)))
            )
        }
    }

    /// - Throws: ``NotFound`` out of scope.
    func callAsFunction(_ id: ID<Exposure>, by principal: Principal) async throws -> ExposureSight {
        let scope = try principal.scope(for: .awardPoints)
        return try await desk.database.read { tx in
            let town = principal.town
            let store = ExposureStore(tx, town: town)
            guard let exposure = try store.find(id, in: scope), let door = try DoorStore(tx, town: town).find(exposure.household)
            else {
                throw NotFound()
            }
            let appeal = try AppealStore(tx, town: town).appeal(to: .exposure, id)
            let isOpen = appeal?.stage == .open
            var whyNot: String?
            do {
                try ExposureRules.checkPublishing(
                    exposure, policy: try store.policy(of: exposure.village), on: desk.today, hasOpenAppeal: isOpen)
            } catch let conflict as Conflict {
                whyNot = conflict.reason
            }
            return ExposureSight(
                exposure: exposure, door: door, grid: try desk.tree(tx, town).grid(exposure.grid)?.nameZh ?? "",
                standing: ExposureRules.standing(of: exposure, on: desk.today, hasOpenAppeal: isOpen),
                draft: try store.draft(of: id),
                appeal: appeal, whyNot: whyNot)
        }
    }
}

/// One warning as the staff see it.
struct ExposureSight: Sendable {
    let exposure: Exposure
    let door: Door
    let grid: String
    let standing: ExposureRules.Standing
    /// The picture that is still to be painted over.
    let draft: String?
    let appeal: Appeal?
    /// Why it cannot be shown now; nil when it can.
    let whyNot: String?
}
