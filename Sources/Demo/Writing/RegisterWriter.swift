import Directory
import Identity
import Kernel
import Registers
import Storage

/// Writes what the registers hold beside people and households: firms, shops, properties and organisations.
struct RegisterWriter: Sendable {
    let plan: TownPlan
    let database: any Database
    let vault: Vault

    func writeFirms() async throws {
        var maker = Firms(plan)
        let firms = maker.make()
        let (town, vault) = (plan.town.id, vault)
        try await database.write { tx in
            let store = EnterpriseStore(tx, town: town, vault: vault)
            for firm in firms { try store.insert(firm.enterprise, phone: firm.phone) }
        }
    }

    /// As a worker enters them: with the owner's record where there is one, and who lives behind the door.
    func writeProperties(_ homes: [ID<GridNode>: [Houses.Home]]) async throws {
        var maker = Houses(plan)
        let houses = maker.make(homes)
        let (town, vault, tree, day) = (plan.town.id, vault, plan.tree, plan.time.today.adding(days: -90))
        try await database.write { tx in
            let book = PropertyBook(tx, town: town, vault: vault, tree: tree, on: day)
            for house in houses { _ = try book.enter(house.draft, as: house.id) }
        }
    }

    /// A party branch and a volunteers' team in every village where party members were made up, with them in it.
    func writeOrganisations(_ members: [ID<GridNode>: [ID<PersonNode>]]) async throws {
        var chance = Chance(seed: plan.seed, "organisations")
        let made = plan.time.installed.instant(hour: 15)
        var organisations: [Organisation] = []
        var memberships: [OrganisationMember] = []
        for village in plan.grids.villages {
            let people = members[village.grid.id, default: []].prefix(30)
            let kinds: [(Organisation.Kind, String)] = [(.partyBranch, "党支部"), (.volunteerTeam, "近邻志愿服务队")]
            for (kind, word) in kinds where kind != .partyBranch || !people.isEmpty {
                let organisation = Organisation(
                    id: chance.newID(at: made), grid: village.grid.id, kind: kind, name: village.grid.nameZh + word,
                    term: Term(from: plan.time.opened, to: nil))
                organisations.append(organisation)
                for (index, person) in people.enumerated() where kind == .partyBranch || index % 2 == 0 {
                    memberships.append(
                        OrganisationMember(
                            id: chance.newID(at: made), organisation: organisation.id, person: person,
                            role: index == 0 ? .leader : .member, from: plan.time.opened))
                }
            }
        }
        let (town, all, belonging) = (plan.town.id, organisations, memberships)
        try await database.write { tx in
            let store = OrganisationStore(tx, town: town)
            for organisation in all { try store.insert(organisation) }
            for member in belonging { try store.insert(member) }
        }
    }
}
