import Directory
import Identity
import Kernel
import Storage

/// One matter with everything that a member of the staff may see of it, and what they may do now.
struct MatterSight: Sendable {
    let matter: Matter
    let history: [MatterEvent]
    let photos: [MatterPhoto]
    let reporters: [MaskedReporter]
    let acts: Set<MatterAct>
    /// Why nothing can be done: `closed`, `own-handling`, `not-the-holder` or `not-permitted`.
    let whyNothing: String
    let above: Holder?
    let targets: [Rung]
    let mayReveal: Bool
}

/// Reads matters for pages and for the API.
struct ReadMatter: Sendable {
    let desk: MatterDesk

    /// - Throws: ``NotFound`` out of the principal's scope.
    func callAsFunction(_ id: ID<Matter>, for principal: Principal) async throws -> (MatterSight, GridTree, Taxonomy) {
        try await desk.database.read { tx in
            guard let matter = try MatterStore(tx, town: principal.town).find(id, for: principal) else { throw NotFound() }
            let tree = try desk.tree(tx, principal.town)
            let history = try MatterEventStore(tx, town: principal.town).history(of: id)
            let path = tree.rungs(to: matter.place.grid)
            let acts = Self.acts(matter, history, tree, principal)
            let mayReveal = [Permission.handleMatter, .followUpMatter].contains { permission in
                principal.grants[permission].map { tree.isIn($0, matter.place.grid) } ?? false
            }
            let sight = MatterSight(
                matter: matter, history: history, photos: try MatterPhotoStore(tx, town: principal.town).photos(of: id),
                reporters: try ReporterStore(tx, town: principal.town, vault: desk.vault).reporters(of: id).map(
                    MaskedReporter.init),
                acts: acts.allowed, whyNothing: acts.why, above: try? RoutingRules.up(from: matter.holder, path: path),
                targets: RoutingRules.targets(below: matter.holder, path: path, beyond: tree.rungs(below: matter.place.grid)),
                mayReveal: mayReveal)
            return (sight, tree, try desk.taxonomy(tx, principal.town))
        }
    }

    /// By the same rules that the use cases ask.
    private static func acts(
        _ matter: Matter, _ history: [MatterEvent], _ tree: GridTree, _ principal: Principal
    ) -> (allowed: Set<MatterAct>, why: String) {
        let handlers = Set(history.filter { [.siteChecked, .handled].contains($0.kind) }.compactMap(\.actor?.account))
        var why = matter.stage == .closed ? "closed" : "not-permitted"
        var allowed: Set<MatterAct> = []
        for act in MatterAct.allCases where StageRules.allows(act, in: matter.stage) {
            guard let scope = principal.grants[ActorRules.permission(for: act)] else { continue }
            do {
                if act == .followUp {
                    try ActorRules.checkFollowUp(by: principal.account, handlers: handlers)
                    guard tree.isIn(scope, matter.place.grid) else { continue }
                } else {
                    try ActorRules.checkHolder(scope, holderPath: tree.holderPath(matter.holder))
                    if act == .escalate, matter.holder == .town { continue }
                }
                allowed.insert(act)
            } catch {
                why = error.reason
            }
        }
        return (allowed, why)
    }

    /// What everybody with the number may know.
    /// - Throws: ``NotFound``.
    func callAsFunction(_ number: PublicNumber, town: ID<Town>) async throws -> (PublicMatter, GridTree, Taxonomy) {
        try await desk.database.read { tx in
            guard let matter = try MatterStore(tx, town: town).find(number) else { throw NotFound() }
            let history = matter.isRestricted ? [] : try MatterEventStore(tx, town: town).history(of: matter.id)
            return (PublicMatter(matter, history), try desk.tree(tx, town), try desk.taxonomy(tx, town))
        }
    }
}
