import Kernel
import Web

/// The form that appoints somebody to a post on one grid, or ends a post: one template, two headings.
struct PostForm: Page {
    static let template = "directory-appoint"

    struct PostChoice: Sendable {
        let value: String
        let label: String
        let about: String
        let chosen: Bool
    }

    let request: String
    let grid: String
    let gridHref: String
    let action: String
    let ending: Bool
    /// Where the post is handed to somebody else instead.
    let handoverHref: String?
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let posts: [PostChoice]
    let person: String
    let phone: String
    let people: [String]
    let employments: [ChoicePart]
    let from: String
    let to: String
    /// Whose post ends, and which.
    let holding: String
    let day: String

    /// What the rules call a field, and what the form calls it.
    private static let fields = ["kind": "post", "name": "person", "grid": "post"]

    /// The form to appoint.
    /// - Parameters:
    ///   - grid: nil for the town office.
    ///   - kinds: what may be appointed to here.
    ///   - people: names to choose from.
    init(_ call: Call, grid: Grid?, name: String, kinds: [PostKind], people: [String], today: Day, faults: [Fault]) {
        let shown = ShownFaults(faults, call, fields: Self.fields)
        let chosen = PostKind(rawValue: call.form["post"] ?? call.query["post"] ?? "") ?? kinds.first
        let employment = Employment(rawValue: call.form["employment"] ?? "")
        request = call.freshRequest
        self.grid = name
        gridHref = grid.map { DirectoryPath.card($0.id) } ?? DirectoryPath.town
        action = grid.map { DirectoryPath.posts($0.id) } ?? DirectoryPath.townPosts
        ending = false
        handoverHref = nil
        self.faults = shown.lines
        fault = shown.byField
        posts = kinds.map { kind in
            PostChoice(
                value: kind.rawValue, label: call.label(kind), about: call.text("directory.post.\(kind.rawValue).about"),
                chosen: kind == chosen)
        }
        person = call.sent("person")
        phone = call.sent("phone")
        self.people = people
        employments =
            grid == nil
            ? []
            : Employment.allCases.map {
                ChoicePart(value: $0.rawValue, label: call.text("directory.employment.\($0.rawValue)"), chosen: $0 == employment)
            }
        from = call.sent("from", else: today.description)
        to = call.sent("to")
        holding = ""
        day = ""
    }

    /// The form to end a post.
    init(_ call: Call, ending post: Post, holder: String, grid: Grid?, name: String, today: Day, faults: [Fault]) {
        let shown = ShownFaults(faults, call, fields: ["to": "day"])
        request = call.freshRequest
        self.grid = name
        gridHref = grid.map { DirectoryPath.card($0.id) } ?? DirectoryPath.town
        action = DirectoryPath.ending(post.id)
        ending = true
        handoverHref = grid == nil ? nil : HandoverPath.form(post.id)
        self.faults = shown.lines
        fault = shown.byField
        posts = []
        person = ""
        phone = ""
        people = []
        employments = []
        from = ""
        to = ""
        holding = call.text(
            "directory.appoint.holding",
            ["person": holder, "post": call.label(post.kind), "grid": name, "from": post.from.description])
        day = call.sent("day", else: today.description)
    }
}
