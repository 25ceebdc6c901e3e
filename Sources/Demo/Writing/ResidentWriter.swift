import Directory
import Identity
import Kernel
import Registers
import Storage

/// Writes households and people with what the registers know of them, some thousand rows at a time.
struct ResidentWriter: Sendable {
    let plan: TownPlan
    let database: any Database
    let vault: Vault

    private static let homesAtOnce = 500

    /// One household with everything sealed, ready to be written.
    private struct Entry: Sendable {
        let household: HouseholdRecord
        let people: [(newcomer: Newcomer, stay: Stay, facts: ResidentFacts.Facts)]
        let marks: [CareMark]
        let visit: HomeVisit?
    }

    /// Who was written that others need: the first person of each household of ``Cast`` by login, and by village party members and some homes.
    struct Written: Sendable {
        var cast: [String: Person] = [:]
        var homes: [ID<GridNode>: [Houses.Home]] = [:]
        var partyMembers: [ID<GridNode>: [ID<PersonNode>]] = [:]
    }

    func write(people: Int, progress: @Sendable (String) -> Void) async throws -> Written {
        var maker = ResidentMaker(plan, people: people)
        var facts = ResidentFacts(plan)
        var visits = Visiting(plan)
        var places = HomePlaces(plan)
        var written = Written()
        var count = 0
        while true {
            var homes: [ResidentMaker.Home] = []
            while homes.count < Self.homesAtOnce, let home = maker.next() { homes.append(home) }
            guard !homes.isEmpty else { return written }
            var entries: [Entry] = []
            for home in homes {
                let entry = try entry(home, &facts, &visits, &places)
                entries.append(entry)
                if let login = home.login { written.cast[login] = home.members.first?.person }
                if let village = visits.village(of: home.household.grid) {
                    let members = entry.people.filter(\.facts.isPartyMember).map(\.newcomer.record.id)
                    if !members.isEmpty { written.partyMembers[village, default: []] += members }
                    if written.homes[village, default: []].count < Houses.homesPerVillage, let first = home.members.first {
                        written.homes[village, default: []].append(
                            Houses.Home(
                                grid: home.household.grid, address: home.household.addressWords, name: first.person.name,
                                phone: first.phone, kind: first.residency.kind))
                    }
                }
            }
            try await write(entries)
            let before = count
            count += homes.reduce(0) { $0 + $1.members.count }
            if count / 20_000 > before / 20_000 || homes.count < Self.homesAtOnce {
                progress("Residents: \(count) of \(people)")
            }
        }
    }

    private func entry(
        _ home: ResidentMaker.Home, _ facts: inout ResidentFacts, _ visits: inout Visiting, _ places: inout HomePlaces
    ) throws -> Entry {
        let at = plan.time.installed.instant(hour: 13)
        var known: [ResidentFacts.Facts] = []
        for (place, member) in home.members.enumerated() {
            known.append(
                facts.facts(place: place, alone: home.members.count == 1, kind: member.residency.kind, head: known.first))
        }
        let visit = visits.visit(to: home.household, isKnownToNeed: known.contains { !$0.marks.isEmpty })
        let household = HouseholdRecord(
            id: home.household.id, grid: home.household.grid, address: Address(reading: home.household.addressWords),
            place: places.place(in: home.household.grid), head: home.members.first?.person.id, term: home.household.term,
            visitedAt: visit?.at)
        let ambient = Ambient.seeded(plan.seed, "seals of \(home.household.id)", at: at)
        let people = try zip(home.members, known).map { member, facts in
            let checked = try PersonRules.check(
                PersonDraft(
                    name: member.person.name, sex: facts.sex, birth: facts.birth, document: facts.document?.number ?? "",
                    phones: [member.phone ?? ""], isPartyMember: facts.isPartyMember), on: plan.time.today)
            return (
                newcomer: try Newcomer(member.person.id, checked, in: household, vault, ambient),
                stay: Stay(member.residency, relation: facts.relation), facts: facts
            )
        }
        let marks = people.flatMap { person, _, facts in
            facts.marks.map { kind in
                CareMark(
                    id: visits.newID(), person: person.record.id, kind: kind,
                    purpose: kind == .lowIncome ? "assistance" : "care", audience: CareRules.widestAudience(of: kind),
                    from: plan.time.today.adding(days: -100), to: plan.time.today.adding(days: 265))
            }
        }
        return Entry(household: household, people: people, marks: marks, visit: visit)
    }

    private func write(_ entries: [Entry]) async throws {
        let (town, vault) = (plan.town.id, vault)
        let ambient = Ambient.seeded(plan.seed, "residents", at: plan.time.installed.instant(hour: 13))
        try await database.write(.snapshot) { tx in
            let book = RegisterBook(tx, town: town, vault: vault, ambient: ambient)
            let care = CareStore(tx, town: town, vault: vault)
            let organisations = OrganisationStore(tx, town: town)
            try book.enter(entries.map(\.household))
            try book.enter(entries.flatMap { $0.people.map { ($0.newcomer, $0.stay) } })
            for entry in entries {
                for person in entry.people where !person.facts.skills.isEmpty {
                    try organisations.setSkills(person.facts.skills, of: person.newcomer.record.id)
                }
                for mark in entry.marks { try care.insert(mark) }
                if let visit = entry.visit { try VisitStore(tx, town: town, vault: vault).insert(visit) }
            }
        }
    }
}
