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
    let answers: [CategoryAnswer]
    /// As of now.
    let clocks: [MatterClock]
    let clockEvents: [ClockEvent]
    let timing: TownTiming
    /// Whether the reader holds the matter or stands above it.
    let mayAskForTime: Bool
    let mayGrantTime: Bool
    /// Of the request that waits.
    let mayDecideOnTime: Bool
    let kin: MatterKin
    let joint: [JointBrief]
    /// The order behind it, where the hotline handed it over.
    let hotline: HotlineOrder?
    let tools: MatterTools
}

/// Reads matters for pages and for the API.
struct ReadMatter: Sendable {
    let desk: MatterDesk

    /// - Throws: ``NotFound`` out of the principal's scope.
    func callAsFunction(_ id: ID<Matter>, for principal: Principal) async throws -> (MatterSight, GridTree, Taxonomy) {
        try await desk.database.read { tx in
            guard let matter = try MatterStore(tx, town: principal.town).find(id, for: principal) else { throw NotFound() }
            let (tree, timing) = try desk.treeAndTiming(tx, principal.town)
            let history = try MatterEventStore(tx, town: principal.town).history(of: id)
            let clockEvents = try ClockEventStore(tx, town: principal.town).history(of: id)
            let settling = Settling(
                desk: desk, tx: tx, town: principal.town, tree: tree, timing: timing, now: desk.ambient.now(), history: history,
                events: clockEvents)
            let handlers = try MatterEventStore(tx, town: principal.town).handlers(of: id)
            let scene = ClockScene(matter: matter, settling: settling, handlers: handlers, tree: tree)
            let path = tree.rungs(to: matter.place.grid)
            let acts = Self.acts(matter, handlers, tree, principal)
            let mayReveal = [Permission.handleMatter, .followUpMatter].contains { permission in
                principal.grants[permission].map { tree.isIn($0, matter.place.grid) } ?? false
            }
            let family = try MergeStore(tx, town: principal.town).family(of: id)
            let reporters = try ReporterStore(tx, town: principal.town, vault: desk.vault).reporters(of: family)
            let sight = MatterSight(
                matter: matter, history: history, photos: try MatterPhotoStore(tx, town: principal.town).photos(of: id),
                reporters: reporters.map(MaskedReporter.init),
                acts: acts.allowed, whyNothing: acts.why, above: try? RoutingRules.up(from: matter.holder, path: path),
                targets: RoutingRules.targets(below: matter.holder, path: path, beyond: tree.rungs(below: matter.place.grid)),
                mayReveal: mayReveal, answers: try AnswerStore(tx, town: principal.town).answers(of: id),
                // What went into another matter has no time of its own until it is split off.
                clocks: matter.stage == .merged ? [] : settling.clocks(of: matter), clockEvents: clockEvents, timing: timing,
                mayAskForTime: principal.grants[.handleMatter].map { $0.covers(tree.holderPath(matter.holder)) } ?? false,
                mayGrantTime: (try? scene.checkGrant(by: principal, asker: nil)) != nil,
                mayDecideOnTime: (try? scene.checkGrant(by: principal, asker: scene.pending?.actor?.account)) != nil,
                kin: try MatterKin(matter, family, reporters: reporters.count, tree, for: principal, desk, tx),
                joint: try JointStore(tx, town: principal.town).tasks(of: id),
                hotline: matter.channel == .hotline ? try HotlineStore(tx, town: principal.town).find(id) : nil,
                tools: try MatterTools(matter, clockEvents, principal, tree, timing, at: desk.ambient.now(), tx))
            return (sight, tree, try desk.taxonomy(tx, principal.town))
        }
    }

    /// By the same rules that the use cases ask.
    private static func acts(
        _ matter: Matter, _ handlers: Set<ID<AccountNode>>, _ tree: GridTree, _ principal: Principal
    ) -> (allowed: Set<MatterAct>, why: String) {
        var why = matter.stage.isOpen ? "not-permitted" : matter.stage.rawValue
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
            guard let lead = try NumberLead(number, town: town, tx) else { throw NotFound() }
            let matter = lead.matter
            let history = matter.isRestricted ? [] : try MatterEventStore(tx, town: town).history(of: matter.id)
            let taxonomy = try desk.taxonomy(tx, town)
            // By what the category says today: it may have been restricted since.
            let isOpen = !matter.isRestricted && taxonomy[matter.category]?.isRestricted != true
            let pictures = isOpen ? try MatterPhotoStore(tx, town: town).shown(of: matter.id) : []
            let known = PublicMatter(
                matter, history, pictures: pictures, by: number, since: lead.since, at: desk.ambient.now())
            return (known, try desk.tree(tx, town), taxonomy)
        }
    }
}
