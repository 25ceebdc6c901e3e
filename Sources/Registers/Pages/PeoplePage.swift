import Directory
import Kernel
import Web

/// Finding people: one box, and who was found.
struct PeoplePage: Page {
    static let template = "registers-people"

    struct Line: Sendable {
        let href: String
        let name: String
        let about: String
        let address: String
        let left: Bool
    }

    let tabs: [RegisterTab]
    let q: String
    let asked: Bool
    let more: Bool
    let found: String
    let people: [Line]

    init(_ call: Call, tree: GridTree?, text: String, people: [FoundPerson], hasMore: Bool) {
        tabs = RegisterTab.tabs(call, at: RegistersPath.people)
        q = text
        asked = !text.isEmpty
        more = hasMore
        found = call.text("registers.people.found", ["count": call.count(people.count)])
        self.people = people.map { found in
            Line(
                href: RegistersPath.person(found.person.id), name: found.person.name,
                about: [
                    found.person.sex.map(call.label), call.age(found.person), found.kinds.first.map(call.label),
                    found.person.deceasedOn == nil ? nil : call.text("registers.deceased"),
                ].compactMap(\.self).joined(separator: " · "),
                address: found.homes.map { home in
                    [tree?.fullName(of: home.grid, in: call.language) ?? "", home.address.words].joined(separator: " ")
                }.joined(separator: "; "), left: found.hasLeft)
        }
    }
}
