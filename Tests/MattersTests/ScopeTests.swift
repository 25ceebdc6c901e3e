import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

struct ScopeTests {
    @Test(arguments: Engine.available) func `an act sent twice is done once`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let matter = try await scene.send(scene.report())
            let order = scene.order(matter, by: worker)
            let first = try await CheckOnSite(scene.desk)(order, finding: .confirmed, note: "坏了")
            let again = try await CheckOnSite(scene.desk)(order, finding: .confirmed, note: "坏了")
            #expect(first == again && again.version == 2)
            await refuses(Conflict("request-reused")) {
                try await CheckOnSite(scene.desk)(order, finding: .confirmed, note: "别的")
            }
            await refuses(Conflict("request-reused")) { try await EscalateMatter(scene.desk)(order, reason: "别的") }
            #expect(try await scene.history(matter).count == 2)
        }
    }

    @Test(arguments: Engine.available) func `an act on a stale view is refused`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let matter = try await scene.send(scene.report())
            _ = try await CheckOnSite(scene.desk)(scene.order(matter, by: worker), finding: .confirmed)
            await refuses(Conflict("stale")) { try await EscalateMatter(scene.desk)(scene.order(matter, by: chief), reason: "急") }
            await refuses(Conflict("stale")) {
                try await EscalateMatter(scene.desk)(scene.order(matter, by: chief, version: 99), reason: "急")
            }
        }
    }

    @Test(arguments: Engine.available) func `of several people acting at once one is first`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let matter = try await scene.send(scene.report())
            let people = (0..<8).map { scene.person("网格员\($0)", .gridWorker, [scene.third]) }
            let outcomes = await withTaskGroup(of: String.self) { group in
                for person in people {
                    group.addTask {
                        do {
                            _ = try await CheckOnSite(scene.desk)(scene.order(matter, by: person), finding: .confirmed)
                            return "done"
                        } catch let conflict as Conflict {
                            return conflict.reason
                        } catch { return "\(error)" }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["done": 1, "stale": 7])
            #expect(try await scene.history(matter).count == 2)
        }
    }

    @Test(arguments: Engine.available) func `one act sent by many at once is done once and answered to all`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let matter = try await scene.send(scene.report())
            let order = scene.order(matter, by: scene.person("林晓岚", .gridWorker, [scene.third]))
            let versions = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await CheckOnSite(scene.desk)(order, finding: .confirmed).version } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(versions == Array(repeating: 2, count: 8))
            #expect(try await scene.history(matter).count == 2)
        }
    }

    @Test(arguments: Engine.available) func `another village's and another town's matters do not exist`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let matter = try await scene.send(scene.report())
            let strangers = [
                scene.person("邻村", .gridChief, [scene.otherVillage]), scene.person("外镇", .townOffice, nil, in: scene.otherTown),
                scene.person("同村别格", .gridWorker, [scene.lonely]), scene.person("没岗位", .gridWorker, []),
                Principal(town: scene.town, account: scene.ambient.newID(), person: nil, name: "无权", grants: [:], post: ""),
            ]
            for stranger in strangers {
                await refuses(NotFound()) {
                    try await CheckOnSite(scene.desk)(scene.order(matter, by: stranger), finding: .confirmed)
                }
                await refuses(NotFound()) { try await EscalateMatter(scene.desk)(scene.order(matter, by: stranger), reason: "x") }
                await refuses(NotFound()) {
                    try await FollowUpMatter(scene.desk)(scene.order(matter, by: stranger), way: .phone, satisfied: true)
                }
                await refuses(NotFound()) { try await RevealReporters(scene.desk)(matter.id, by: stranger, reason: "x") }
                let found = try await scene.database.read { tx in
                    try MatterStore(tx, town: scene.town).find(matter.id, for: stranger)
                }
                #expect(found == nil)
            }
            // The same id in the other town is another matter.
            let theirs = try await ReportMatter(scene.desk)(
                MatterReport(id: matter.id, category: "0101", words: "外镇的事", place: .init(grid: scene.foreignVillage)),
                from: ReportSender(town: scene.otherTown, principal: nil))
            #expect(theirs.number != matter.number)
            let office = scene.person("党建办", .townOffice, nil)
            let ours = try await scene.database.read { tx in try MatterStore(tx, town: scene.town).find(matter.id, for: office) }
            #expect(ours?.words == matter.words)
            let byNumber = try await scene.database.read { tx in try MatterStore(tx, town: scene.town).find(theirs.number) }
            #expect(byNumber == nil)
        }
    }

    @Test(arguments: Engine.available) func `restricted matters are for those who handle them`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let secret = try await scene.send(scene.report("接到诈骗电话", category: "0501"))
            let plain = try await scene.send(scene.report())
            let instructor = scene.person("吴指导", .instructor, [scene.village])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            for (principal, sees) in [(instructor, [plain.id]), (chief, [plain.id, secret.id])] {
                let (list, counts, found) = try await scene.database.read { tx in
                    let tree = try scene.desk.tree(tx, scene.town)
                    let reach = MatterReach(try principal.scope(for: .readMatter), tree)
                    let hiding = RestrictedReach(principal)
                    let lists = MatterListStore(tx, town: scene.town, at: scene.clock.now)
                    return (
                        try lists.list(reach, hiding: hiding, MatterFilter()), try lists.counts(reach, hiding: hiding),
                        try MatterStore(tx, town: scene.town).find(secret.id, for: principal)
                    )
                }
                #expect(Set(list.matters.map(\.id)) == Set(sees))
                #expect(counts == [.collected: sees.count])
                #expect((found != nil) == sees.contains(secret.id))
            }
            await refuses(NotFound()) {
                try await FollowUpMatter(scene.desk)(scene.order(secret, by: instructor), way: .phone, satisfied: true)
            }
        }
    }

    @Test(arguments: Engine.available) func `telephones are revealed with a reason and a record`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let matter = try await scene.send(scene.report(phone: "13812345678", name: "王阿姨"))
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            await refuses(Invalid("/reason", "reason-required")) {
                try await RevealReporters(scene.desk)(matter.id, by: worker, reason: " ")
            }
            let reporters = try await RevealReporters(scene.desk)(matter.id, by: worker, reason: "回访")
            #expect(reporters.first?.phone?.digits == "13812345678")
            #expect(reporters.map(MaskedReporter.init).first?.phone == "138****5678")
            let detail = try await scene.database.read { tx in
                try tx.value("SELECT detail FROM audit_entry WHERE act = 'matter.reveal'", as: String.self)
            }
            #expect(detail?.contains("回访") == true && detail?.contains("1381234") == false)
        }
    }
}
