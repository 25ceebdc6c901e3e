import Delivery
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

@Suite struct NewsTests {
    private func subscriber(
        _ scene: Scene, _ kind: Subscriber.Kind, topics: Set<String> = [], grid: ID<GridNode>? = nil
    ) -> Subscriber {
        Subscriber(
            id: scene.ambient.newID(), town: scene.town, kind: kind, name: "x", topics: topics, grid: grid, isOn: true,
            createdAt: scene.ambient.now())
    }

    private func recipients(_ scene: Scene, _ message: OutboxMessage, _ subscriber: Subscriber) async throws -> [String] {
        let words = scene.desk.messageWords
        return try await scene.database.read { try words.recipients(message, subscriber, $0) }
    }

    @Test(arguments: Engine.available)
    func `programs and groups are told within their grid, and of nothing restricted`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let restricted = try #require(Taxonomy.default.categories.first { $0.isRestricted }?.code)
            let open = try await scene.send(scene.report())
            let hidden = try await scene.send(scene.report(category: restricted))
            for kind in [Subscriber.Kind.webhook, .wecom] {
                for (grid, isTold) in [(nil, true), (scene.village, true), (scene.third, true), (scene.otherVillage, false)] {
                    let told = try await recipients(
                        scene, MatterMessage.reported(open, scene.town, scene.ambient), subscriber(scene, kind, grid: grid))
                    #expect(told == (isTold ? [""] : []), "\(kind) \(grid.debugDescription)")
                    let secret = try await recipients(
                        scene, MatterMessage.reported(hidden, scene.town, scene.ambient), subscriber(scene, kind, grid: grid))
                    #expect(secret.isEmpty)
                }
            }
            let handled = MatterMessage.acted(.handle, open, scene.town, scene.ambient)
            let quiet = try await recipients(scene, handled, subscriber(scene, .wecom))
            let asking = try await recipients(scene, handled, subscriber(scene, .wecom, topics: ["matter.handled"]))
            #expect(quiet.isEmpty && asking == [""])
        }
    }

    @Test(arguments: Engine.available)
    func `of reporters, those are told who agreed and left a telephone`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let gateway = subscriber(scene, .sms)
            for (agrees, phone, isTold) in [(true, "13812345678", true), (false, "13812345678", false), (true, "", false)] {
                var report = scene.report(phone: phone)
                report.wantsText = agrees
                let matter = try await scene.send(report)
                let answered = MatterMessage.acted(.handle, matter, scene.town, scene.ambient)
                let told = try await recipients(scene, answered, gateway)
                #expect(told.count == (isTold ? 1 : 0))
                let early = try await recipients(scene, MatterMessage.reported(matter, scene.town, scene.ambient), gateway)
                #expect(early.isEmpty)
            }
        }
    }
}
