package import Directory
import Kernel
import Storage
import Web

extension MattersRoom {
    /// What the directory's pages show of matters. Figures for everybody are at most ten seconds old.
    package var window: MattersWindow {
        let (desk, figures) = (desk, figures)
        return MattersWindow(
            recent: { town, language in try await figures.recent(of: town, desk).map { Self.line($0.0, $0.1, language) } },
            counts: { town, principal, language in
                guard let principal else { return try await figures.totals(of: town, desk) }
                return try await Self.counts(desk, principal, language)
            },
            open: { principal, grid, language in try await Self.open(desk, principal, grid, language) })
    }

    private static func line(_ matter: ClosedMatter, _ category: Category?, _ language: Language) -> MattersWindow.Recent {
        let hours = Int((matter.closedAt - matter.reportedAt).milliseconds / 3_600_000)
        let took = hours < 24 ? ("hours", max(1, hours)) : ("days", (hours + 12) / 24)
        return MattersWindow.Recent(
            category: category?.name(in: language) ?? matter.category, grid: matter.grid,
            words: words.text("matters.took.\(took.0)", in: language, ["count": String(took.1)]))
    }

    private static func counts(_ desk: MatterDesk, _ principal: Principal, _ language: Language) async throws
        -> MattersWindow.Counts
    {
        guard let scope = principal.grants[.readMatter] else { return MattersWindow.Counts(open: 0, closedThisMonth: 0) }
        let month = desk.ambient.now() - .days(30)
        return try await desk.database.read { tx in
            let tree = try desk.tree(tx, principal.town)
            let hiding = RestrictedReach(principal)
            let lists = MatterListStore(tx, town: principal.town, at: desk.ambient.now())
            let figures = MatterFigureStore(tx, town: principal.town)
            let stages = try lists.counts(MatterReach(scope, tree), hiding: hiding)
            let mine = try principal.grants[.handleMatter].map { try lists.inboxCounts($0, tree, hiding: hiding) } ?? stages
            let villages = tree.all(in: scope).filter { $0.level == .one }.map(\.id)
            let open = try figures.open(inVillages: villages)
            let late = try MatterClockStore(tx, town: principal.town).late(at: desk.ambient.now(), in: scope)
            let closed = try figures.closed(since: month).filter { villages.contains($0.key) }
            func line(_ tab: StageTab, _ count: Int) -> MattersWindow.Counts.Line {
                .init(
                    href: "/office/matters?tab=\(tab.rawValue)", label: words.text("matters.tab.\(tab.rawValue)", in: language),
                    count: count)
            }
            let lateInAll = late.values.reduce(0, +)
            let waiting = [(StageTab.check, mine), (.handle, mine), (.followUp, stages)].map { tab, counts in
                line(tab, tab.stage.flatMap { counts[$0] } ?? 0)
            }
            let overdue = MattersWindow.Counts.Line(
                href: "/office/matters?tab=open&due=late&order=due", label: words.text("matters.inbox.due.late", in: language),
                count: lateInAll, due: true)
            let closedThisMonth = closed.values.reduce(0) { $0 + $1.matters }
            return MattersWindow.Counts(
                open: stages.values.reduce(0, +), closedThisMonth: closedThisMonth,
                waiting: (lateInAll > 0 ? [overdue] : []) + waiting,
                stages: MatterStage.allCases.filter { $0 != .merged }.map {
                    line(StageTab.of($0), $0 == .closed ? closedThisMonth : stages[$0] ?? 0)
                },
                villages: Dictionary(
                    villages.map { village in
                        let satisfied = closed[village]?.satisfiedPercent.map { "\($0) %" }
                        return (village, .init(open: open[village] ?? 0, overdue: late[village] ?? 0, satisfied: satisfied))
                    }
                ) { first, _ in first })
        }
    }

    private static func open(
        _ desk: MatterDesk, _ principal: Principal, _ grid: ID<GridNode>, _ language: Language
    ) async throws -> MattersWindow.Open? {
        guard let scope = principal.grants[.readMatter] else { return nil }
        return try await desk.database.read { tx in
            let tree = try desk.tree(tx, principal.town)
            guard let reach = try? MatterReach(scope, tree, within: grid) else { return nil }
            let taxonomy = try desk.taxonomy(tx, principal.town)
            let hiding = RestrictedReach(principal)
            let lists = MatterListStore(tx, town: principal.town, at: desk.ambient.now())
            let matters = try lists.list(reach, hiding: hiding, MatterFilter(), limit: 5).matters
            return MattersWindow.Open(
                count: try lists.counts(reach, hiding: hiding).values.reduce(0, +), href: "/office/matters?tab=open&grid=\(grid)",
                lines: matters.map { matter in
                    .init(
                        href: "/office/matters/\(matter.id)",
                        category: taxonomy[matter.category]?.name(in: language) ?? matter.category,
                        when: matter.reportedAt.stamp(),
                        stage: words.text("matters.tab.\(StageTab.of(matter.stage).rawValue)", in: language), due: nil)
                })
        }
    }

    /// This room's words where no page is being made.
    static let words: Catalogue = {
        var catalogue = Catalogue()
        try? catalogue.add(room: "matters", zh: PackageResources.matters_zh_json, en: PackageResources.matters_en_json)
        return catalogue
    }()
}

/// Figures that every visitor of the home page is shown, counted at most every ten seconds.
final class PublicFigures: Sendable {
    private struct Kept {
        var totals: (until: Instant, counts: MattersWindow.Counts)?
        var recent: (until: Instant, matters: [(ClosedMatter, Category?)])?
    }
    private let kept = Guarded<[ID<Town>: Kept]>([:])
    private static let age = Span.seconds(10)

    func totals(of town: ID<Town>, _ desk: MatterDesk) async throws -> MattersWindow.Counts {
        let now = desk.ambient.now()
        if let known = kept.withLock({ $0[town]?.totals }), now < known.until { return known.counts }
        let counts = try await desk.database.read { tx in
            let figures = MatterFigureStore(tx, town: town)
            let closed = try figures.closed(since: now - .days(30)).values.reduce(0) { $0 + $1.matters }
            return MattersWindow.Counts(open: try figures.open(), closedThisMonth: closed)
        }
        kept.withLock { $0[town, default: Kept()].totals = (now + Self.age, counts) }
        return counts
    }

    func recent(of town: ID<Town>, _ desk: MatterDesk) async throws -> [(ClosedMatter, Category?)] {
        let now = desk.ambient.now()
        if let known = kept.withLock({ $0[town]?.recent }), now < known.until { return known.matters }
        let matters = try await desk.database.read { tx in
            let taxonomy = try desk.taxonomy(tx, town)
            return try MatterFigureStore(tx, town: town).recentlyClosed(limit: 6).map { ($0, taxonomy[$0.category]) }
        }
        kept.withLock { $0[town, default: Kept()].recent = (now + Self.age, matters) }
        return matters
    }
}
