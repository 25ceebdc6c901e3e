import Exports
import Kernel
import Web

/// The form that hands a post over.
struct HandoverForm: Page {
    static let template = "directory-handover-form"

    let request: String
    let grid: String
    let gridHref: String
    let action: String
    let holding: String
    let endHref: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    /// The other posts of the same person.
    let others: [ChoicePart]
    let successor: String
    let phone: String
    let people: [String]
    let employments: [ChoicePart]
    let day: String
    let note: String
    let keys: String
    let papers: String
    let remarks: String
    let noteLimit: Int

    /// What the rules call a field, and what the form calls it.
    private static let fields = [
        "posts": "also", "from": "day", "to": "day", "person": "successor", "grid": "successor", "kind": "also",
        "employment": "employment",
    ]

    init(
        _ call: Call, tree: GridTree, post: Post, holder: String, others: [Post], people: [String], today: Day, faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call, fields: Self.fields)
        let grid = post.grid.flatMap(tree.grid)
        request = call.freshRequest
        self.grid = grid.map { tree.fullName(of: $0.id, in: call.language) } ?? ""
        gridHref = grid.map { DirectoryPath.card($0.id) } ?? DirectoryPath.grids
        action = HandoverPath.form(post.id)
        endHref = DirectoryPath.ending(post.id)
        holding = call.text(
            "directory.appoint.holding",
            ["person": holder, "post": call.label(post.kind), "grid": self.grid, "from": post.from.description])
        self.faults = shown.lines
        fault = shown.byField
        let ticked = Set(call.form.all("also"))
        self.others = others.map {
            ChoicePart(
                value: $0.id.description, label: call.posts(PostTitle.of($0, in: tree)),
                chosen: ticked.contains($0.id.description))
        }
        successor = call.sent("successor")
        phone = call.sent("phone")
        self.people = people.filter { $0 != holder }
        let employment = Employment(rawValue: call.form["employment"] ?? "") ?? post.employment
        employments =
            ([post] + others).contains { $0.kind == .gridWorker }
            ? Employment.allCases.map {
                ChoicePart(value: $0.rawValue, label: call.text("directory.employment.\($0.rawValue)"), chosen: $0 == employment)
            } : []
        day = call.sent("day", else: today.description)
        note = call.sent("note")
        keys = call.sent("keys")
        papers = call.sent("papers")
        remarks = call.sent("remarks")
        noteLimit = HandoverRules.noteLimit
    }
}

/// The pack that both sign: what was handed over, to be read, printed and taken along.
struct HandoverPage: Page {
    static let template = "directory-handover"

    struct Part: Sendable {
        let title: String
        let count: String?
        let rows: [Line]
        let hidden: String?
    }
    struct Line: Sendable {
        let href: String?
        let name: String
        let detail: String
        let due: String
        let late: Bool
    }
    struct Written: Sendable {
        let title: String
        let lines: [String]
    }

    let gridHref: String
    let grid: String
    let fileHref: String
    let from: String
    let to: String
    let day: String
    let posts: [String]
    let by: String
    let at: String
    let note: String?
    let parts: [Part]
    let written: [Written]

    init(_ call: Call, tree: GridTree, pack: HandoverPack) {
        let handover = pack.handover
        let name = tree.fullName(of: handover.grid, in: call.language)
        gridHref = name.isEmpty ? DirectoryPath.grids : DirectoryPath.card(handover.grid)
        grid = name.isEmpty ? call.text("directory.tree.title") : name
        fileHref = ExportsRoom.path("handover", [("handover", handover.id.description)])
        from = handover.from.name
        to = handover.to.name
        day = handover.day.description
        posts = handover.changes.map { call.posts($0.title) }
        by = [handover.byName, call.posts(handover.byPost)].filter { !$0.isEmpty }.joined(separator: " · ")
        at = handover.at.stamp()
        note = handover.note.isEmpty ? nil : handover.note
        parts = pack.sections.map { section in
            Part(
                title: section.title, count: section.isList ? call.count(section.rows.count) : nil,
                rows: section.rows.map {
                    Line(href: $0.href, name: $0.name, detail: $0.detail, due: $0.due, late: $0.isLate)
                },
                hidden: section.hidden > 0
                    ? call.text("directory.handover.hidden", ["count": call.count(section.hidden)]) : nil)
        }
        written = HandoverLine.Written.allCases.compactMap { kind in
            let lines = pack.written.filter { $0.kind == kind.rawValue }.map(\.words)
            return lines.isEmpty ? nil : Written(title: call.text("directory.handover.written.\(kind.rawValue)"), lines: lines)
        }
    }
}

/// The latest handovers of some grids.
struct HandoversPage: Page {
    static let template = "directory-handovers"

    struct Line: Sendable {
        let href: String
        let people: String
        let posts: String
        let day: String
    }

    let gridHref: String
    let grid: String
    let handovers: [Line]

    init(_ call: Call, tree: GridTree, grid: ID<GridNode>?, handovers: [Handover]) {
        gridHref = grid.map(DirectoryPath.card) ?? DirectoryPath.grids
        self.grid = grid.map { tree.fullName(of: $0, in: call.language) } ?? call.text("directory.tree.title")
        self.handovers = handovers.map { handover in
            Line(
                href: HandoverPath.pack(handover.id),
                people: call.text(
                    "directory.handover.from-to", ["from": handover.from.name, "to": handover.to.name]),
                posts: handover.changes.map { call.posts($0.title) }.joined(separator: call.language == .zh ? "、" : "; "),
                day: handover.day.description)
        }
    }
}
