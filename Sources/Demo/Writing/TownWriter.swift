import Directory
import Identity
import Kernel
import Matters
import Storage

/// Writes a plan through the stores of the rooms, a few large transactions in all.
struct TownWriter: Sendable {
    let plan: TownPlan
    let database: any Database
    let vault: Vault

    var town: ID<Town> { plan.town.id }

    /// Whoever is taken to have set up the directory: the town office.
    var office: Principal {
        let member = plan.member("town")
        return Principal(
            town: town, account: member?.account ?? ID(town.uuid), person: member?.person.id, name: member?.person.name ?? "",
            grants: [:],
            post: member?.posts.first.map { PostTitle.of($0, in: plan.tree) } ?? "")
    }

    private func ambient(_ purpose: String) -> Ambient { .seeded(plan.seed, purpose, at: plan.time.installed.instant(hour: 8)) }

    /// The town itself, its security policy and its categories of matters.
    func writeTown() async throws {
        let (plan, office, ambient) = (plan, office, ambient("audit of the town"))
        try await database.write { tx in
            try TownStore(tx).insert(plan.town)
            // Newcomers try the demo without an authenticator; a real town keeps the default.
            var policy = SecurityPolicy()
            policy.secondFactorForOffice = false
            try AccountStore(tx).setPolicy(policy, of: plan.town.id)
            try Taxonomy.install(tx, plan.town.id)
            let detail = ["nbs": plan.town.code, "mca": VillageList.townCodeOfCivilAffairs]
            try Chronicle(tx, by: office, ambient: ambient).record(
                "town.setup", plan.town.id, grid: nil, detail, at: ambient.now())
        }
    }

    /// Every grid with its outline.
    func writeGrids() async throws {
        let (plan, office, ambient) = (plan, office, ambient("audit of the grids"))
        try await database.write { tx in
            let store = GridStore(tx, town: plan.town.id)
            let chronicle = Chronicle(tx, by: office, ambient: ambient)
            for (index, grid) in plan.grids.all.enumerated() {
                let at = plan.time.installed.instant(hour: 9, minute: index / 6)
                try store.insert(grid)
                if let area = plan.grids.areas[grid.id] { try store.setArea(area, of: grid.id, isSynthetic: true) }
                try chronicle.record(
                    "grid.open", grid.id, grid: grid.id,
                    [
                        "parent": grid.parent?.description, "kind": grid.kind.rawValue, "code": grid.code, "nameZh": grid.nameZh,
                        "nameEn": grid.nameEn, "responsibleUnit": grid.responsibleUnit, "boundaryWords": grid.boundaryWords,
                        "from": grid.validFrom.description,
                    ], at: at)
            }
        }
    }

    /// The people of the grids, their posts, and what each village has.
    func writeStaff() async throws {
        let (plan, office, ambient, vault) = (plan, office, ambient("audit of the posts"), vault)
        try await database.write { tx in
            let chronicle = Chronicle(tx, by: office, ambient: ambient)
            for (index, member) in plan.members.enumerated() {
                let at = plan.time.installed.instant(hour: 10, minute: index / 30)
                let phone = try SealedPhone(member.phone, of: member.person.id, vault)
                try PersonStore(tx, town: plan.town.id).insert(member.person, phone: phone, at: at)
                for post in member.posts {
                    try PostStore(tx, town: plan.town.id).insert(post)
                    try chronicle.record(
                        "post.appoint", post.id, grid: post.grid,
                        [
                            "person": post.person.description, "kind": post.kind.rawValue,
                            "employment": post.employment?.rawValue,
                            "from": post.from.description, "to": post.to?.description,
                        ], at: at)
                }
            }
        }
    }

    /// Types, switches, figures, natural villages and stations.
    func writeVillages() async throws {
        let (plan, office, ambient) = (plan, office, ambient("audit of the villages"))
        try await database.write { tx in
            var chance = Chance(seed: plan.seed, "villages")
            let chronicle = Chronicle(tx, by: office, ambient: ambient)
            let stations = Stations(grids: plan.grids, time: plan.time)
            for village in plan.grids.villages {
                let at = plan.time.installed.instant(hour: 11, minute: 20)
                try Self.write(
                    VillageFacts.profile(of: village), VillageStore(tx, town: plan.town.id), chronicle, plan.time.installed, at)
                for figure in VillageFacts.figures(of: village) { try VillageStore(tx, town: plan.town.id).insert(figure) }
                if village.draft.entry.serial == VillageList.qianpu {
                    for (zh, en) in FourVillages.naturalVillagesOfQianpu {
                        try VillageStore(tx, town: plan.town.id).insert(
                            NaturalVillage(id: chance.newID(at: at), village: village.grid.id, nameZh: zh, nameEn: en))
                    }
                }
                for station in stations.stations(of: village, &chance) {
                    try StationStore(tx, town: plan.town.id).put(station)
                    try chronicle.record(
                        "station.edit", station.grid, grid: station.grid, Self.detail(of: station),
                        event: chronicle.newEvent(at: at), at: at)
                }
            }
        }
    }

    /// How the grids work, in writing.
    func writeDocuments() async throws {
        let (plan, office, ambient) = (plan, office, ambient("audit of the documents"))
        try await database.write { tx in
            var chance = Chance(seed: plan.seed, "documents")
            let chronicle = Chronicle(tx, by: office, ambient: ambient)
            for document in Documents.all(plan, &chance) {
                try DocumentStore(tx, town: plan.town.id).insert(document)
                try chronicle.record(
                    "document.write", document.id, grid: document.grid,
                    ["kind": document.kind.rawValue, "titleZh": document.titleZh, "from": document.from.description],
                    at: plan.time.installed.instant(hour: 11, minute: 40))
            }
        }
    }

    private static func write(
        _ profile: VillageProfile, _ store: VillageStore, _ chronicle: Chronicle, _ since: Day, _ at: Instant
    ) throws {
        let on = ProfileRules.preset(for: profile.type)
        try store.put(profile)
        for capability in Capability.allCases {
            try store.setSwitch(.init(isOn: on.contains(capability), since: since), of: capability, in: profile.village)
        }
        let detail = [
            "type": profile.type.rawValue, "on": on.map(\.rawValue).sorted().joined(separator: " "),
            "about": "\(profile.aboutZh ?? "")|\(profile.aboutEn ?? "")",
        ]
        try chronicle.record(
            "profile.edit", profile.village, grid: profile.village, detail, event: chronicle.newEvent(at: at), at: at)
    }

    private static func detail(of station: Station) -> [String: String?] {
        [
            "name": station.name, "address": station.address, "hostVenue": station.hostVenue,
            "buildStatus": station.buildStatus.rawValue,
            "rulesPosted": station.rulesPosted ? "1" : "0", "longitude": station.place.map { String($0.longitude) },
            "latitude": station.place.map { String($0.latitude) }, "phone": station.phone,
        ]
    }

    /// Makes every process read the tree anew, and chains the audit log.
    func finish() async throws {
        let (town, seed) = (town, plan.seed)
        try await database.write { tx in
            var chance = Chance(seed: seed, "version")
            try GridStore(tx, town: town).bumpVersion(random: chance.next())
        }
        while try await database.write({ try AuditSeal($0).seal(town) }) > 0 {}
    }
}
