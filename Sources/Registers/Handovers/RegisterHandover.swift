package import Directory
import Identity
package import Kernel
package import Storage
package import Web

/// What the registers say of the grid that changes hands: how many live there, who is to be looked after, and whom nobody has visited
/// for too long. Nothing of it changes; the pack keeps it as it stood.
package struct RegisterHandover: HandoverPart {
    private let desk: RegisterDesk

    /// The kinds of its lines.
    private enum Kind: String {
        case households = "registers.households"
        case people = "registers.people"
        /// A key-care mark; its number is how many days ago somebody was there, nil for never.
        case care = "registers.care"
    }

    package init(_ desk: RegisterDesk) { self.desk = desk }

    package func handOver(_ handover: Handover, by principal: Principal, _ tx: any Transaction) throws -> [HandoverLine] {
        let store = RegisterHandoverStore(tx, town: principal.town)
        let scope = Scope.grids(Set(handover.changes.map(\.grid)))
        let counts = try store.counts(in: scope, on: desk.today)
        let care = try store.care(in: scope, on: desk.today).map { mark, visited in
            HandoverLine(
                Kind.care.rawValue, subject: ID(mark.uuid), number: visited.map { desk.today.ordinal - $0.day().ordinal })
        }
        return [
            HandoverLine(Kind.households.rawValue, number: counts.households),
            HandoverLine(Kind.people.rawValue, number: counts.people),
        ] + care
    }

    package func sections(
        of lines: [HandoverLine], of handover: Handover, for principal: Principal, in language: Language, _ tx: any Transaction
    ) throws -> [HandoverSection] {
        guard principal.may(.readResident) else { return [] }
        let words = RegistersRoom.words
        func text(_ key: String, _ values: [String: String] = [:]) -> String {
            words.text("registers.handover.\(key)", in: language, values)
        }
        let counts = [(Kind.households, "households"), (.people, "people")].compactMap { kind, key in
            lines.first { $0.kind == kind.rawValue }?.number.map {
                HandoverSection.Row(name: text(key), detail: text("\(key)-count", ["count": String($0)]))
            }
        }
        let figures = HandoverSection(title: text("figures"), rows: counts, isList: false)
        guard let reach = try? CareReach(principal) else { return [figures] }
        let own = lines.filter { $0.kind == Kind.care.rawValue }
        let marks = try RegisterHandoverStore(tx, town: principal.town).find(
            own.compactMap { $0.subject.map { ID($0.uuid) } }, reach, on: desk.today)
        let shown = own.compactMap { line -> (mark: RegisterHandoverStore.Marked, days: Int?)? in
            marks.first { mark in line.subject.map { $0.uuid == mark.id.uuid } ?? false }.map { ($0, line.number) }
        }
        // One line a person, with everything they are marked for.
        let people = shown.reduce(into: [ID<PersonNode>]()) { found, one in
            if !found.contains(one.mark.person) { found.append(one.mark.person) }
        }
        let rows = people.compactMap { person -> (row: HandoverSection.Row, isDue: Bool)? in
            let all = shown.filter { $0.mark.person == person }
            guard let first = all.first else { return nil }
            let kinds = all.map { words.text("registers.care.\($0.mark.kind.rawValue)", in: language) }
            let isDue = first.days.map { $0 >= CareRules.dueAfterDays } ?? true
            return (
                HandoverSection.Row(
                    href: RegistersPath.household(first.mark.household), name: first.mark.name,
                    detail: ([first.mark.address] + kinds).joined(separator: " · "),
                    due: first.days.map { text("visited", ["days": String($0)]) } ?? text("never"), isLate: isDue), isDue
            )
        }
        return [
            figures, HandoverSection(title: text("care"), rows: rows.map(\.row), hidden: own.count - shown.count),
            HandoverSection(title: text("due", ["days": String(CareRules.dueAfterDays)]), rows: rows.filter(\.isDue).map(\.row)),
        ]
    }
}

extension RegistersRoom {
    /// This room's words where no page is being made.
    static let words: Catalogue = {
        var catalogue = Catalogue()
        try? catalogue.add(room: "registers", zh: PackageResources.registers_zh_json, en: PackageResources.registers_en_json)
        return catalogue
    }()
}
