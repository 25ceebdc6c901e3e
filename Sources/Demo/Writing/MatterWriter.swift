import Directory
import Identity
import Kernel
import Matters
import Storage

/// Writes matters with their histories, some thousand rows at a time; the next ones are made up while the last ones are written.
struct MatterWriter: Sendable {
    let plan: TownPlan
    let database: any Database
    let vault: Vault

    private static let mattersAtOnce = 1500
    /// How many days back the audit log reaches. Before, the demo's matters have their own history only.
    private static let auditedDays = 7

    func write(_ count: Int, progress: @Sendable (String) -> Void) async throws {
        let maker = MatterMaker(plan)
        let bulk = max(0, count - StoryMatters.count)
        var year = MatterYear(plan, maker, count: bulk)
        var written = 0
        // The server has a process for each connection; the file has one writer.
        let atOnce = database.dialect == .postgres ? 3 : 1
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0... {
                let (batch, first) = (Self.batch(&year), written)
                guard !batch.isEmpty else { break }
                if number >= atOnce { try await group.next() }
                group.addTask { try await write(batch, from: first) }
                written += batch.count
                if written / 20_000 > first / 20_000 { progress("Matters: \(written) of \(count)") }
            }
            try await group.waitForAll()
        }
        try await write(StoryMatters.make(plan, maker, from: bulk + 1), from: written)
        progress("Matters: \(bulk + StoryMatters.count)")
    }

    private static func batch(_ year: inout MatterYear) -> [MatterFile] {
        var files: [MatterFile] = []
        files.reserveCapacity(mattersAtOnce)
        while files.count < mattersAtOnce, let file = year.next() { files.append(file) }
        return files
    }

    private func write(_ files: [MatterFile], from first: Int) async throws {
        let (plan, vault) = (plan, vault)
        let reporters = try files.map { file in try file.reporter.map { try ReporterStore.Sealed($0, vault) } }
        let audited = plan.time.today.adding(days: -Self.auditedDays).instant(hour: 0)
        try await database.write(.snapshot) { tx in
            let town = plan.town.id
            let (matters, history) = (MatterStore(tx, town: town), MatterEventStore(tx, town: town))
            let reporterStore = ReporterStore(tx, town: town, vault: vault)
            let ambient = Ambient.seeded(plan.seed, "audit of matters from \(first)", at: plan.time.end)
            let clockStore = ClockEventStore(tx, town: town)
            for (unclocked, reporter) in zip(files, reporters) {
                let (file, clocks) = unclocked.clocked(
                    Self.timing, Taxonomy.default[unclocked.matter.category],
                    path: plan.tree.rungs(to: unclocked.matter.place.grid), at: plan.time.end, ambient)
                try matters.enqueue(file.matter)
                for event in clocks { try clockStore.enqueue(event) }
                for event in file.events {
                    try history.add(event)
                    if event.at >= audited, event.kind != .upgraded { try Self.audit(event, of: file.matter, town, tx, ambient) }
                }
                if let reporter { try reporterStore.add(reporter) }
            }
        }
    }

    /// The demo town counts as the product ships it.
    private static let timing = TownTiming(calendar: .shipped, setting: .standard)

    /// The entry that the use case of the act would have written.
    private static func audit(
        _ event: MatterEvent, of matter: Matter, _ town: ID<Town>, _ tx: any Transaction, _ ambient: Ambient
    ) throws {
        let principal = event.actor.map {
            Principal(town: town, account: $0.account, person: nil, name: $0.name, grants: [:], post: $0.post)
        }
        let act: MatterAct? =
            switch event.kind {
            case .reported, .upgraded, .handedOver, .regridded, .merged, .splitOff, .tookIn, .gaveUp: nil
            case .siteChecked: .siteCheck
            case .handled: .handle
            case .escalated: .escalate
            case .returned: .return
            case .followedUp: .followUp
            }
        let detail =
            act == nil
            ? ["channel": matter.channel.rawValue] : ["stage": event.toStage.rawValue, "level": String(event.toHolder.level)]
        try AuditTrail(tx).record(
            "matter.\(act?.rawValue ?? "report")", by: principal, town: town, subject: matter.id.description, detail: detail,
            ambient: ambient.at(event.at))
    }
}
