import Directory
import Identity
import Kernel
import Storage

/// Writes households and people, some thousand rows at a time.
struct ResidentWriter: Sendable {
    let plan: TownPlan
    let database: any Database
    let vault: Vault

    private static let homesAtOnce = 1000

    /// - Returns: the first person of each household of ``Cast``, by login.
    func write(people: Int, progress: @Sendable (String) -> Void) async throws -> [String: Person] {
        var maker = ResidentMaker(plan, people: people)
        var cast: [String: Person] = [:]
        var written = 0
        while true {
            var homes: [ResidentMaker.Home] = []
            while homes.count < Self.homesAtOnce, let home = maker.next() { homes.append(home) }
            guard !homes.isEmpty else { return cast }
            for home in homes { if let login = home.login { cast[login] = home.members.first?.person } }
            try await write(homes)
            let before = written
            written += homes.reduce(0) { $0 + $1.members.count }
            if written / 20_000 > before / 20_000 || homes.count < Self.homesAtOnce {
                progress("Residents: \(written) of \(people)")
            }
        }
    }

    private func write(_ homes: [ResidentMaker.Home]) async throws {
        let (town, vault, at) = (plan.town.id, vault, plan.time.installed.instant(hour: 13))
        let sealed = try homes.map {
            try $0.members.map { member in try member.phone.map { try SealedPhone($0, of: member.person.id, vault) } }
        }
        try await database.write(.snapshot) { tx in
            let (people, households) = (PersonStore(tx, town: town), HouseholdStore(tx, town: town))
            for (home, phones) in zip(homes, sealed) {
                try households.insert(home.household)
                for (member, phone) in zip(home.members, phones) {
                    try people.insert(member.person, phone: phone, at: at)
                    try households.insert(member.residency)
                }
            }
        }
    }
}
