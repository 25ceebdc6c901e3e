import Kernel
import Storage
import Web

/// What the staff read: today, the tree, the map, one grid's card, vacancies and broken rules; each within their own grids.
extension DirectoryRoom {
    var officeRoutes: [Route] {
        [
            Route(.get, DirectoryPath.today, .holder(.checksRead), handle: showToday),
            Route(.get, DirectoryPath.grids, .holder(.directoryRead), handle: showTree),
            Route(.get, DirectoryPath.officeMap, .holder(.directoryRead)) { try await map($0, isOffice: true) },
            Route(.get, "/office/grids/{grid}", .holder(.directoryRead), handle: showCard),
            Route(.get, DirectoryPath.checks, .holder(.checksRead), handle: showChecks),
        ]
    }

    private func showToday(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let scope = try principal.scope(for: .checksRead)
        let tree = try await tree(call)
        let counts = try await matters.counts(call.town, principal, call.language)
        let findings = CoverageRules.findings(in: tree).filter { tree.isIn(scope, $0.grid) }
        let names = try await names(of: findings, call)
        let missing = try await missingYears(call, principal)
        return call.page(
            TodayPage(
                call, principal, tree: tree, scope: scope, counts: counts, findings: findings, names: names, missingYears: missing
            ))
    }

    /// The years of the working calendar that this person must still enter.
    private func missingYears(_ call: Call, _ principal: Principal) async throws -> [Int] {
        guard principal.grants[.calendarEdit] == .town else { return [] }
        let (town, cache) = (call.town, cache)
        return CalendarRules.missing(in: try await database.read { try cache.calendar($0, town: town) }, on: today)
    }

    private func showTree(_ call: Call) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .directoryRead)
        let (town, day) = (call.town, today)
        let names = try await database.read { try PersonStore($0, town: town).names(ofHoldersIn: scope, on: day) }
        return call.page(TreePage(call, tree: try await tree(call), scope: scope, names: names))
    }

    private func showCard(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let id = try call.id("grid", of: GridNode.self)
        let card = try await ReadGridCard(database: database, cache: cache)(
            id, in: try principal.scope(for: .directoryRead), town: call.town, on: today)
        let open = try await matters.open(principal, id, call.language)
        return call.page(GridPage(call, principal, card: card, open: open))
    }

    private func showChecks(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let scope = try principal.scope(for: .checksRead)
        let tree = try await tree(call)
        let findings = CoverageRules.findings(in: tree).filter { tree.isIn(scope, $0.grid) }
        return call.page(
            ChecksPage(call, principal, tree: tree, scope: scope, findings: findings, names: try await names(of: findings, call)))
    }

    private func names(of findings: [CoverageFinding], _ call: Call) async throws -> [ID<PersonNode>: String] {
        let (town, people) = (call.town, Set(findings.compactMap(\.person)))
        return try await database.read { try PersonStore($0, town: town).names(of: people) }
    }
}
