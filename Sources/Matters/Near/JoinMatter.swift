import Directory
import Identity
package import Kernel
import Storage

/// Makes whoever was about to report a matter again one more reporter of it: with a number of their own, and told at the end like the first
/// one (domain.md F16). Nothing of the matter itself changes, so nobody who works on it is interrupted.
package struct JoinMatter: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameters:
    ///   - target: as it was shown; when it went into another matter since, that one is joined.
    ///   - report: what they had filled in so far. Its place and category say that `target` is near; the words may be missing.
    ///   - onBehalf: whether the sender is a worker who writes down what somebody else said.
    /// - Throws: ``Invalid``, ``NotFound`` for what the sender may not know of, ``Conflict`` `closed`, `not-near`, `request-reused`.
    package func callAsFunction(
        _ target: ID<Matter>, _ report: MatterReport, from sender: ReportSender, onBehalf: Bool = false
    ) async throws -> Joining {
        if onBehalf, sender.principal == nil { throw Unauthenticated() }
        let scope: Scope? = onBehalf ? try sender.principal?.scope(for: .createMatter) : nil
        var validation = Validation()
        let texts = report.texts(&validation, needsWords: false)
        try validation.finish()
        let (desk, id, actor) = (desk, ID<Joining>(report.id.uuid), onBehalf ? sender.principal : nil)
        let digest = desk.digest(report.fields + [target.description])
        return try await desk.database.write { tx in
            let store = JoiningStore(tx, town: sender.town)
            func retried() throws -> Joining? {
                guard let made = try store.made(by: id) else { return nil }
                guard made.digest == digest else { throw Conflict("request-reused") }
                return made.joining
            }
            if let joining = try retried() { return joining }
            let matter = try matter(target, report, sender, scope, tx)
            let now = desk.ambient.now()
            let reporter = try reporter(of: matter.id, report, texts, sender, actor, at: now, tx)
            // A number may be taken; the next one will hardly be.
            for _ in 0..<5 {
                let joining = Joining(
                    id: id, matter: matter.id, reporter: reporter, number: .joining(random: desk.ambient.random()),
                    words: texts.words, spot: texts.spot, channel: report.channel, actor: actor.map(MatterEvent.Actor.init),
                    at: now)
                if try store.insert(joining, digest: digest) {
                    try record(joining, report, sender, tx)
                    return joining
                }
                if let joining = try retried() { return joining }
            }
            throw StorageError.unavailable("no free public number")
        }
    }

    /// The matter that is joined.
    private func matter(
        _ id: ID<Matter>, _ report: MatterReport, _ sender: ReportSender, _ scope: Scope?, _ tx: any Transaction
    ) throws -> Matter {
        let tree = try desk.tree(tx, sender.town)
        let matters = MatterStore(tx, town: sender.town)
        let chosen: Matter
        if let scope, let principal = sender.principal, let found = try matters.find(id, for: principal),
            tree.isIn(scope, found.place.grid)
        {
            chosen = found
        } else {
            // As anybody may: what is near the place and open to all, be it in the next worker's grid.
            let category = try desk.taxonomy(tx, sender.town)[report.category]
            guard let found = try matters.made(by: id)?.matter, !found.isRestricted, let category, !category.isRestricted
            else { throw NotFound() }
            let place: MatterPlace
            switch PlaceRules.find(report.place, in: tree) {
            case .success(let found): place = found
            case .failure(let fault): throw Invalid(fault.pointer, fault.code)
            }
            if let scope, !tree.isIn(scope, place.grid) { throw NotFound() }
            // What went into another matter since it was shown is as near as it was.
            let isNear =
                found.stage == .merged
                ? NearRules.distance(of: found, to: place, as: category) != nil
                : NearRules.distance(of: found, to: place, as: category, at: desk.ambient.now()) != nil
            guard isNear else { throw Conflict("not-near") }
            chosen = found
        }
        let matter = try MergeStore(tx, town: sender.town).root(of: chosen).matter
        guard NearRules.mayJoin(matter) else { throw Conflict("closed") }
        return matter
    }

    /// Whoever told of the matter before, by the same telephone or account, or a new reporter; and those named besides.
    private func reporter(
        of matter: ID<Matter>, _ report: MatterReport, _ texts: MatterReport.Texts, _ sender: ReportSender, _ actor: Principal?,
        at now: Instant, _ tx: any Transaction
    ) throws -> ID<Reporter> {
        let store = ReporterStore(tx, town: sender.town, vault: desk.vault)
        let account = actor == nil ? sender.principal?.account : nil
        func add(_ name: String, _ phone: Telephone?, _ email: EmailAddress?) throws -> ID<Reporter> {
            let reporter = Reporter(
                id: desk.ambient.newID(), matter: matter, name: name.isEmpty ? nil : name, phone: phone, email: email,
                account: account, enteredBy: actor?.account, wantsText: report.wantsText, at: now)
            try store.add(ReporterStore.Sealed(reporter, desk.vault))
            return reporter.id
        }
        for name in texts.others { _ = try add(name, nil, nil) }
        let family = try MergeStore(tx, town: sender.town).family(of: matter)
        guard let known = try store.known(texts.phone, account, of: family) else {
            return try add(texts.name, texts.phone, texts.email)
        }
        let more = Reporter(
            id: known, matter: matter, name: texts.name.isEmpty ? nil : texts.name, phone: texts.phone, email: texts.email,
            account: account, enteredBy: nil, wantsText: report.wantsText, at: now)
        try store.fill(ReporterStore.Sealed(more, desk.vault))
        return known
    }

    private func record(_ joining: Joining, _ report: MatterReport, _ sender: ReportSender, _ tx: any Transaction) throws {
        try MatterPhotoStore(tx, town: sender.town).add(
            report.photos, to: joining.matter, event: ID(joining.id.uuid), at: joining.at,
            ids: report.photos.map { _ in desk.ambient.newID() })
        try AuditTrail(tx).record(
            "matter.join", by: sender.program ?? sender.principal, town: sender.town, subject: joining.matter.description,
            detail: ["channel": joining.channel.rawValue], address: sender.address, ambient: desk.ambient)
    }
}
