import Directory
package import Kernel
import Storage

/// A whole round of one team, in one request that may be sent again (F50). 交评分表
package struct HandInSheet: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameters:
    ///   - id: made by the phone.
    ///   - target: the level-2 grid that was inspected.
    /// - Throws: ``NotFound`` when the team is not within one's grids; ``Forbidden`` `own-grid` for whoever belongs to the inspected grid;
    ///   ``Invalid`` with all faults of the lines; ``Conflict`` `round-closed`, `request-reused`.
    @discardableResult
    package func callAsFunction(
        _ id: ID<InspectionSheet>, round: ID<InspectionRound>, target: ID<GridNode>, _ lines: [SheetRules.Line],
        by principal: Principal
    ) async throws -> InspectionSheet {
        let digest = Self.digest(lines)
        return try await desk.database.write { tx in
            let town = principal.town
            let (found, pair, tree) = try SheetAccess.check(round, target, principal, desk, tx)
            let store = SheetStore(tx, town: town)
            if let known = try store.find(id) {
                guard known.round == round, known.target == target, known.digest == digest else {
                    throw Conflict("request-reused")
                }
                return known
            }
            guard found.stage == .open else { throw Conflict("round-closed") }
            guard let set = try RuleSetStore(tx, town: town).find(found.villagersSet) else { throw NotFound() }
            let doors = try DoorStore(tx, town: town).doors(under: pair.target, on: found.day(on: desk.today))
            let own = try principal.person.map { try DoorStore(tx, town: town).doors(of: $0, on: desk.today) } ?? []
            let scores = try SheetRules.scores(
                lines, by: set, known: Set(doors.map(\.household)), own: Set(own.map(\.household)))
            let sheet = InspectionSheet(
                id: id, round: round, target: target, number: try store.sheets(of: round).count { $0.target == target } + 1,
                why: "", at: desk.ambient.now(), account: principal.account, post: principal.post, digest: digest)
            try store.insert(sheet, scores: scores)
            try RoundStore(tx, town: town).setSheet(id, of: round, target: target)
            try PointsChange(tx, by: principal, ID(id.uuid), desk.ambient).record(
                "sheet.hand-in", id, village: found.village,
                [
                    "target": tree.grid(target)?.code ?? "", "seen": String(scores.count(where: \.seen)),
                    "number": String(sheet.number),
                ])
            return sheet
        }
    }

    /// Tells a retry from another sheet under the same id.
    private static func digest(_ lines: [SheetRules.Line]) -> String {
        let text = lines.map { line in
            let items = line.items.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
            return "\(line.household) \(line.seen) \(items)"
        }
        return DrawRules.ticket("sheet", text.sorted().joined(separator: ";"))
    }
}

/// Who may score which grid in a round.
enum SheetAccess {
    /// - Throws: ``NotFound``, ``Forbidden`` `own-grid`.
    static func check(
        _ id: ID<InspectionRound>, _ target: ID<GridNode>, _ principal: Principal, _ desk: PointsDesk, _ tx: any Transaction
    ) throws -> (InspectionRound, InspectionPair, GridTree) {
        let scope = try principal.scope(for: .inspectPoints)
        let tree = try desk.tree(tx, principal.town)
        let store = RoundStore(tx, town: principal.town)
        guard let round = try store.find(id), let pair = try store.pairs(of: id).first(where: { $0.target == target }) else {
            throw NotFound()
        }
        _ = try desk.villageAround(round.village, of: scope, tx, principal.town, with: .crossInspections)
        // A grid is never scored by its own people, whoever else they are.
        guard !RoundRules.isOwn(target, scope, tree) else { throw Forbidden("own-grid") }
        let isTeam = tree.isIn(scope, pair.team) || RoundRules.isOwn(pair.team, scope, tree)
        guard isTeam else { throw NotFound() }
        return (round, pair, tree)
    }
}
