import Delivery
import Directory
import Identity
import Kernel
package import Storage

/// Takes in a need, finds the grid it belongs to and the people who will look at it (domain.md F16, F19).
///
/// Two statements are waited for, the rest leaves with the commit: this is the product's busiest write.
package struct ReportMatter: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameter onBehalf: whether the sender is a worker who writes down what somebody else said; needs `matter.create` over the place.
    /// - Parameter along: what is written with a new matter, in the same transaction.
    /// - Throws: ``Invalid`` with every fault, ``Forbidden``, ``Conflict`` `request-reused` when the id came with other contents before.
    package func callAsFunction(
        _ report: MatterReport, from sender: ReportSender, onBehalf: Bool = false,
        along: (@Sendable (any Transaction, Matter) throws -> Void)? = nil
    ) async throws -> Matter {
        if onBehalf, sender.principal == nil { throw Unauthenticated() }
        let scope: Scope? = onBehalf ? try sender.principal?.scope(for: .createMatter) : nil
        var validation = Validation()
        let texts = report.texts(&validation)
        let checked = validation
        if !checked.faults.isEmpty {
            // Nothing will be written; the place and the category are looked at only to tell all faults at once.
            _ = try await desk.database.read { tx in try place(of: report, sender, scope, checked, tx) }
            try checked.finish()
        }
        let now = desk.ambient.now()
        let actor = onBehalf ? sender.principal : nil
        let reporters = try sealedReporters(of: report, texts, sender, actor, at: now)
        let digest = desk.digest(report.fields)
        // Only inserts; that an id or a number is free, their indexes decide.
        return try await desk.database.write(.snapshot) { tx in
            let (category, place, path, timing, routing) = try place(of: report, sender, scope, checked, tx)
            let occasion = RoutingOccasion(category: category.code, path: path.map(\.grid), at: now)
            let rule = RouteRules.first(of: routing.rules, for: occasion, timing.timing)
            let clock = ClockStanding.ofReport(category, at: now, timing)
            let store = MatterStore(tx, town: sender.town)
            // A number may be taken; the next one will hardly be.
            for _ in 0..<5 {
                var matter = Matter(
                    id: report.id, number: PublicNumber.reporting(random: desk.ambient.random()), category: category,
                    words: texts.words,
                    place: MatterPlace(grid: place.grid, village: place.village, coordinate: place.coordinate, spot: texts.spot),
                    channel: report.channel, reportedAt: now, holder: RouteRules.holder(rule, category.tier, path: path))
                matter.clock = clock
                if try store.insert(matter, digest: digest) {
                    try AnswerStore(tx, town: sender.town).add(category.answers(report.answers).answers, to: matter.id)
                    try record(matter, report, texts.note, rule, reporters, actor, sender, tx)
                    try along?(tx, matter)
                    if let rule, let unit = rule.unit.flatMap({ routing.units[$0] }) {
                        let clock = JointClock(desk: desk, tx: tx, town: sender.town, timing: timing, now: now)
                        try AskUnit.byRule(rule, unit, for: matter, clock)
                    }
                    return matter
                }
                guard let made = try store.made(by: report.id) else { continue }
                guard made.digest == digest else { throw Conflict("request-reused") }
                return made.matter
            }
            throw StorageError.unavailable("no free public number")
        }
    }

    /// What would be wrong with the report, without taking it in.
    /// - Returns: its category and its place.
    /// - Throws: as above.
    func check(
        _ report: MatterReport, from sender: ReportSender, onBehalf: Bool = false
    ) async throws -> (category: Category, place: MatterPlace) {
        let scope: Scope? = onBehalf ? try sender.principal?.scope(for: .createMatter) : nil
        var validation = Validation()
        _ = report.texts(&validation)
        let checked = validation
        return try await desk.database.read { tx in
            let (category, place, _, _, _) = try place(of: report, sender, scope, checked, tx)
            return (category, place)
        }
    }

    // MARK: The place and the category

    private func place(
        of report: MatterReport, _ sender: ReportSender, _ scope: Scope?, _ before: Validation, _ tx: any Transaction
    ) throws -> (Category, MatterPlace, [Rung], TownTiming, RoutingBook) {
        var validation = before
        let (tree, timing) = try desk.treeAndTiming(tx, sender.town)
        let taxonomy = try desk.taxonomy(tx, sender.town)
        let category = taxonomy[report.category]
        validation.check(!report.category.isEmpty, at: "/category", "required")
        validation.check(report.category.isEmpty || category != nil, at: "/category", "not-a-choice")
        let found = PlaceRules.find(report.place, in: tree)
        if let category {
            let village = if case .success(let place) = found { place.village } else { ID<GridNode>?.none }
            // Somebody may have had the form open while it was retired; their words stay in it.
            validation.check(!category.isRetired, at: "/category", "category-retired")
            let isOffered = category.isRetired || taxonomy.isOffered(category, in: village)
            validation.check(isOffered, at: "/category", "category-not-here")
            for fault in category.answers(report.answers).faults {
                validation.check(false, at: fault.pointer, fault.code, fault.values)
            }
        }
        if case .failure(let fault) = found { validation.check(false, at: fault.pointer, fault.code) }
        if case .success(let place) = found, let scope {
            validation.check(tree.isIn(scope, place.grid), at: "/place", "outside-reach")
        }
        try validation.finish()
        guard let category, case .success(let place) = found else { throw Invalid(validation.faults) }
        return (category, place, tree.rungs(to: place.grid), timing, taxonomy.routing)
    }

    // MARK: What goes with the matter

    private func sealedReporters(
        of report: MatterReport, _ texts: MatterReport.Texts, _ sender: ReportSender, _ actor: Principal?, at now: Instant
    ) throws -> [ReporterStore.Sealed] {
        let account = actor == nil ? sender.principal?.account : nil
        var reporters: [Reporter] = []
        if texts.phone != nil || texts.email != nil || !texts.name.isEmpty || account != nil {
            reporters.append(
                Reporter(
                    id: desk.ambient.newID(), matter: report.id, name: texts.name.isEmpty ? nil : texts.name, phone: texts.phone,
                    email: texts.email, account: account, enteredBy: actor?.account, wantsText: report.wantsText,
                    at: now))
        }
        reporters += texts.others.map { name in
            Reporter(
                id: desk.ambient.newID(), matter: report.id, name: name, phone: nil, account: nil, enteredBy: actor?.account,
                at: now)
        }
        return try reporters.map { try ReporterStore.Sealed($0, desk.vault) }
    }

    private func record(
        _ matter: Matter, _ report: MatterReport, _ note: String, _ rule: RoutingRule?, _ reporters: [ReporterStore.Sealed],
        _ actor: Principal?,
        _ sender: ReportSender, _ tx: any Transaction
    ) throws {
        let store = ReporterStore(tx, town: sender.town, vault: desk.vault)
        for reporter in reporters { try store.add(reporter) }
        var facts = MatterEvent.Facts()
        facts.note = note
        facts.reason = rule?.title ?? ""
        let event = MatterEvent(
            id: ID(matter.id.uuid), matter: matter.id, kind: .reported, at: matter.reportedAt,
            actor: actor.map(MatterEvent.Actor.init),
            fromStage: nil, toStage: .collected, fromHolder: nil, toHolder: matter.holder, version: 1, facts: facts)
        try MatterEventStore(tx, town: sender.town).add(event)
        try MatterPhotoStore(tx, town: sender.town).add(
            report.photos, to: event, ids: report.photos.map { _ in desk.ambient.newID() })
        try AuditTrail(tx).record(
            "matter.report", by: sender.program ?? sender.principal, town: sender.town, subject: matter.id.description,
            detail: ["channel": matter.channel.rawValue], address: sender.address, ambient: desk.ambient)
        if desk.listeners.isTold(sender.town) {
            try OutboxStore(tx).add(MatterMessage.reported(matter, sender.town, desk.ambient), at: matter.reportedAt)
        }
    }
}
