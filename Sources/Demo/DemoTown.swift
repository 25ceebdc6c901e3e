import Directory
package import Identity
package import Kernel
package import Storage

/// The demo town: 安海镇 with the figures of the article computed from records, and everything else invented (domain.md F02–F29).
///
/// The same seed on the same day makes the same town to the last byte, except for passwords and sealed personal data.
package struct DemoTown: Sendable {
    private let seed: UInt64
    private let scale: Double
    private let time: DemoTime

    /// At a scale of 1.
    private static let (residents, matters) = (1700, 10_000)

    /// - Parameters:
    ///   - scale: multiplies residents (1,700) and matters (10,000); 100 is the town's real size.
    ///   - now: only its day counts.
    package init(seed: UInt64, scale: Double, now: Instant) {
        self.seed = seed
        self.scale = min(max(scale, 0), 1000)
        time = DemoTime(now: now)
    }

    /// The database has a town already; a demo is made in an empty one only.
    package struct Refused: Error, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// Makes the town in an empty, migrated database.
    /// - Parameters:
    ///   - password: for every account that can sign in; nil draws one for each.
    ///   - progress: told in a line what is being made.
    /// - Returns: who can sign in.
    /// - Throws: ``Refused``, `StorageError`.
    package func build(
        in database: any Database, vault: Vault, password: String?, progress: @Sendable (String) -> Void
    ) async throws -> [DemoAccount] {
        if let town = try await database.read({ try TownStore($0).all().first }) {
            throw Refused(
                description:
                    "The database has a town already (\(town.nameEn)). The demo town needs an empty one: choose another folder or database."
            )
        }
        progress("Laying out 42 villages and their grids …")
        let plan = try TownPlan(seed: seed, time: time)
        let writer = TownWriter(plan: plan, database: database, vault: vault)
        try await writer.writeTown()
        try await writer.writeGrids()
        progress("Appointing \(plan.members.count) people …")
        try await writer.writeStaff()
        try await writer.writeVillages()
        try await writer.writeDocuments()
        let residents = try await ResidentWriter(plan: plan, database: database, vault: vault)
            .write(people: scaled(Self.residents), progress: progress)
        let registers = RegisterWriter(plan: plan, database: database, vault: vault)
        try await registers.writeFirms()
        try await registers.writeProperties(residents.homes)
        try await registers.writeOrganisations(residents.partyMembers)
        let joint = JointStory(plan: plan, database: database, vault: vault)
        let answering = try await joint.writeUnits()
        let accounts = try await AccountWriter(plan: plan, database: database, password: password).write(
            residents: residents.cast.merging(answering) { first, _ in first })
        try await MatterWriter(plan: plan, database: database, vault: vault).write(scaled(Self.matters), progress: progress)
        try await joint.writeTasks()
        try await ToolsStory(plan: plan, database: database, vault: vault).write()
        try await ThanksStory(plan: plan, database: database, vault: vault).write()
        try await LampNeighbours(plan: plan, database: database, vault: vault).write()
        progress("Playing half a year of points in Yaoqian …")
        try await PointsWriter(plan: plan, database: database).write()
        try await ExchangeStory(plan: plan, database: database).write()
        progress("Chaining the audit log …")
        try await writer.finish()
        progress("The demo town is ready.")
        return accounts
    }

    private func scaled(_ count: Int) -> Int { Int((Double(count) * scale).rounded()) }
}
