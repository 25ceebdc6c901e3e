import Kernel
import Web

/// An option of a select, a radio button or a check box.
struct ChoicePart: Sendable {
    let value: String
    let label: String
    let chosen: Bool
}

/// A link with its name.
struct LinkPart: Sendable {
    let href: String
    let name: String
}

/// A figure with what it counts.
struct FigurePart: Sendable {
    let label: String
    let value: String
}

extension Call {
    func label(_ kind: GridKind) -> String { text("directory.kind.\(kind.rawValue)") }
    func label(_ level: GridLevel) -> String { text("directory.level.\(level.rawValue)") }
    func label(_ kind: PostKind) -> String { text("directory.post.\(kind.rawValue)") }

    /// The colour of a kind's badge.
    func badge(_ kind: GridKind) -> String {
        switch kind {
        case .village, .community: "green"
        case .exclusive: "amber"
        default: "line"
        }
    }

    /// A number with its thousands apart: 1,014.
    func count(_ number: some BinaryInteger) -> String {
        var digits = String(number)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: ",")
    }

    /// What a form sent, or what it begins with.
    func sent(_ field: String, else start: String? = nil) -> String { form[field] ?? start ?? "" }

    /// What a form sent under `field`, nil when it is blank.
    func filled(_ field: String) -> String? {
        let text = (form[field] ?? "").trimmed
        return text.isEmpty ? nil : text
    }

    /// The day a form sent; nil when it is blank.
    func day(_ field: String, _ validation: inout Validation) -> Day? {
        guard let text = filled(field) else { return nil }
        let day = Day(text)
        validation.check(day != nil, at: "/\(field)", "not-a-date")
        return day
    }

    /// One of the values of `Choice`, or a fault beside the field.
    func choice<Choice: RawRepresentable>(_ field: String, _ type: Choice.Type = Choice.self) throws(Invalid) -> Choice
    where Choice.RawValue == String {
        guard let choice = Choice(rawValue: form[field] ?? "") else { throw Invalid("/\(field)", "not-a-choice") }
        return choice
    }

    /// What the form's page had shown of the changes so far; nil when the form does not say.
    var seen: Sighting? { form["seen"].flatMap(Int.init).map(Sighting.init(changes:)) }

    /// The id that the next change made from a form will carry, so that sending it twice changes once.
    var freshRequest: String { form["request"] ?? site.ambient.newID(DirectoryEvent.self).description }
}

extension GridTree {
    /// Links to what lies above a grid, level 1 first.
    func crumbs(above grid: Grid, _ call: Call, _ path: (ID<GridNode>) -> String) -> [LinkPart] {
        ancestors(of: grid.id).reversed().map { LinkPart(href: path($0.id), name: $0.name(in: call.language)) }
    }

    /// The names of the workers of exactly this grid.
    func workers(of grid: ID<GridNode>, _ names: [ID<PersonNode>: String]) -> [String] {
        posts(on: grid, .gridWorker).compactMap { names[$0.person] }
    }
}
