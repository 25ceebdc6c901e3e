import Kernel
import Web

/// Vacancies and broken rules, worked out from the records; nobody reports them (F05–F09).
struct ChecksPage: Page {
    static let template = "directory-checks"

    struct Line: Sendable {
        let text: String
        let href: String
        /// Where it can be put right; nil for whoever may not.
        let fixHref: String?
    }
    struct Rule: Sendable {
        let rule: String
        let basis: String
        let count: String
        let breaches: [Line]
    }

    let summary: [String]
    let rules: [Rule]

    init(
        _ call: Call, _ principal: Principal, tree: GridTree, scope: Scope, findings: [CoverageFinding],
        names: [ID<PersonNode>: String]
    ) {
        let byCode = Dictionary(grouping: findings, by: \.code)
        rules = CoverageFinding.Code.allCases.compactMap { code in
            guard let found = byCode[code] else { return nil }
            return Rule(
                rule: call.text("directory.rule.\(code.rawValue)"), basis: call.text("directory.rule.\(code.rawValue).basis"),
                count: call.count(found.count), breaches: found.map { Self.line($0, call, principal, tree, names) })
        }
        let leads = Dictionary(
            grouping: tree.posts.filter { $0.kind == .townLead && $0.grid.map { tree.isIn(scope, $0) } ?? false }, by: \.person)
        let sizes = Dictionary(grouping: leads.values) { Set($0.compactMap(\.grid)).count }.mapValues(\.count)
        summary =
            leads.isEmpty
            ? []
            : [
                call.text(
                    "directory.checks.leads",
                    [
                        "leads": call.count(leads.count), "one": call.count(sizes[1, default: 0]),
                        "two": call.count(sizes[2, default: 0]),
                    ])
            ]
    }

    static func line(
        _ finding: CoverageFinding, _ call: Call, _ principal: Principal, _ tree: GridTree, _ names: [ID<PersonNode>: String]
    ) -> Line {
        let values = [
            "grid": tree.fullName(of: finding.grid, in: call.language), "person": finding.person.flatMap { names[$0] } ?? "",
            "post": finding.kind.map(call.label) ?? "",
        ]
        return Line(
            text: call.text("directory.finding.\(finding.code.rawValue)", values), href: DirectoryPath.card(finding.grid),
            fixHref: fix(finding, principal, tree))
    }

    private static func fix(_ finding: CoverageFinding, _ principal: Principal, _ tree: GridTree) -> String? {
        func reaches(_ permission: Permission) -> Bool {
            principal.grants[permission].map { tree.isIn($0, finding.grid) } ?? false
        }
        let mayAppoint = reaches(.postAppoint)
        let isTown = principal.grants[.postAppoint] == .town
        func appoint(_ kind: PostKind) -> String? {
            guard mayAppoint, isTown || !PostRules.needsTheTown(kind) else { return nil }
            return "\(DirectoryPath.posts(finding.grid))?post=\(kind.rawValue)"
        }
        switch finding.code {
        case .noLead: return appoint(.townLead)
        case .noDeputy: return appoint(.townDeputy)
        case .noChief: return appoint(.gridChief)
        case .noInstructor: return appoint(.instructor)
        case .noWorker: return appoint(.gridWorker)
        case .noPhone: return reaches(.directoryEdit) ? DirectoryPath.edit(finding.grid) : nil
        case .twoHolders, .leadIsChief, .thirdVillage: return nil
        }
    }
}
