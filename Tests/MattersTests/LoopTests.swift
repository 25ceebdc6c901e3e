import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

struct LoopTests {
    @Test(arguments: Engine.available) func `carries a matter from report to follow-up`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let (desk, clock) = (scene.desk, scene.clock)
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let second = scene.person("陈志强", .gridWorker, [scene.second])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let instructor = scene.person("吴指导", .instructor, [scene.second])

            var matter = try await scene.send(scene.report())
            #expect(matter.stage == .collected && matter.holder == Holder(grid: scene.third, level: 3) && matter.version == 1)
            clock.advance(by: .minutes(30))
            // Nothing is handled that nobody has seen.
            await refuses(Conflict("site-check-first")) {
                try await HandleMatter(desk)(scene.order(matter, by: worker), reply: "修好了")
            }
            matter = try await CheckOnSite(desk)(scene.order(matter, by: worker), finding: .confirmed, note: "灯杆锈了")
            #expect(matter.stage == .accepted)
            matter = try await EscalateMatter(desk)(scene.order(matter, by: worker), reason: "要动电路")
            #expect(matter.holder.level == 2)
            // What level 2 holds is not level 3's any more.
            await refuses(Forbidden("not-the-holder")) {
                try await HandleMatter(desk)(scene.order(matter, by: worker), reply: "修好了")
            }
            matter = try await EscalateMatter(desk)(scene.order(matter, by: second), reason: "要花钱")
            #expect(matter.holder == Holder(grid: scene.village, level: 1))
            await refuses(Forbidden("not-the-holder")) {
                try await ReturnMatter(desk)(scene.order(matter, by: second), reason: "我来")
            }
            matter = try await ReturnMatter(desk)(scene.order(matter, by: chief), reason: "钱批了，你们修")
            #expect(matter.holder.level == 2 && matter.returned == 1)
            matter = try await HandleMatter(desk)(scene.order(matter, by: second), reply: "换了灯泡", note: "电话 13900001111")
            #expect(matter.stage == .handled && matter.outcome == .resolved)
            await refuses(Forbidden("own-handling")) {
                try await FollowUpMatter(desk)(scene.order(matter, by: second), way: .phone, satisfied: true)
            }
            matter = try await FollowUpMatter(desk)(
                scene.order(matter, by: instructor), way: .phone, satisfied: false, rating: 1, note: "又灭了")
            #expect(matter.stage == .accepted && matter.reopened == 1 && matter.outcome == nil)
            matter = try await HandleMatter(desk)(scene.order(matter, by: second), reply: "换了整段线")
            // Whoever checked on site does not follow up either, even in the second round.
            await refuses(Forbidden("own-handling")) {
                try await FollowUpMatter(desk)(scene.order(matter, by: worker), way: .phone, satisfied: true)
            }
            clock.advance(by: .hours(20))
            matter = try await FollowUpMatter(desk)(scene.order(matter, by: chief), way: .visit, satisfied: true, rating: 5)
            #expect(matter.stage == .closed && matter.closedAt == clock.now && matter.version == 9)
            await refuses(Conflict("closed")) {
                try await HandleMatter(desk)(scene.order(matter, by: second), reply: "再修")
            }

            let history = try await scene.history(matter)
            #expect(history.map(\.version) == Array(1...9))
            #expect(
                history.map(\.kind)
                    == [.reported, .siteChecked, .escalated, .escalated, .returned, .handled, .followedUp, .handled, .followedUp])
            #expect(
                history[0].actor == nil && history[1].actor?.name == "林晓岚"
                    && history[4].actor?.post == PostKind.gridChief.rawValue)
            let acts = try await scene.database.read { tx in
                try tx.query("SELECT act FROM audit_entry ORDER BY at, id").map { try $0.get("act", as: String.self) }
            }
            #expect(
                acts.count == 9
                    && Set(acts) == [
                        "matter.report", "matter.site-check", "matter.escalate", "matter.return", "matter.handle",
                        "matter.follow-up",
                    ])
            let topics = try await scene.database.read { tx in
                Set(try tx.query("SELECT topic FROM outbox_message ORDER BY id").map { try $0.get("topic", as: String.self) })
            }
            #expect(topics.contains("matter.reported") && topics.contains("matter.reopened") && topics.contains("matter.closed"))
        }
    }

    @Test(arguments: Engine.available) func `goes up to the town and all the way down again`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let desk = scene.desk
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let lead = scene.person("镇领导", .townLead, [scene.village])
            let office = scene.person("党建办", .townOffice, nil)
            // Nobody is in post at the named grid: the village gets it.
            var matter = try await scene.send(scene.report(at: scene.lonely))
            #expect(matter.holder == Holder(grid: scene.village, level: 1))
            matter = try await EscalateMatter(desk)(scene.order(matter, by: chief), reason: "镇里才能定")
            #expect(matter.holder == .town)
            for below in [chief, lead] {
                await refuses(Forbidden("not-the-holder")) {
                    try await ReturnMatter(desk)(scene.order(matter, by: below), reason: "拿回来")
                }
            }
            await refuses(Conflict("already-top")) {
                try await EscalateMatter(desk)(scene.order(matter, by: office), reason: "再往上")
            }
            matter = try await ReturnMatter(desk)(scene.order(matter, by: office), reason: "定了")
            #expect(matter.holder == Holder(grid: scene.village, level: 1) && matter.returned == 1)
            await refuses(Conflict("nothing-below")) {
                try await ReturnMatter(desk)(scene.order(matter, by: chief), reason: "下去")
            }
        }
    }

    @Test(arguments: Engine.available) func `a chief names the place more closely when sending down`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            var matter = try await scene.send(scene.report(at: scene.village))
            #expect(matter.holder.level == 1)
            for wrong in [scene.otherVillage, scene.lonely, scene.village, scene.foreignVillage] {
                await refuses(Invalid("/to", "not-a-choice")) {
                    try await ReturnMatter(scene.desk)(scene.order(matter, by: chief), reason: "给你", to: wrong)
                }
            }
            matter = try await ReturnMatter(scene.desk)(scene.order(matter, by: chief), reason: "在春晖", to: scene.third)
            #expect(matter.holder == Holder(grid: scene.third, level: 3) && matter.place.grid == scene.third)
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            matter = try await CheckOnSite(scene.desk)(scene.order(matter, by: worker), finding: .solvedOnSpot, reply: "当场修好")
            #expect(matter.stage == .handled && matter.outcome == .resolved)
        }
    }

    @Test(arguments: Engine.available) func `what is not as reported still needs a follow-up`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            var matter = try await scene.send(scene.report())
            await refuses(Invalid("/reply", "required")) {
                try await CheckOnSite(scene.desk)(scene.order(matter, by: worker), finding: .notAsReported)
            }
            matter = try await CheckOnSite(scene.desk)(scene.order(matter, by: worker), finding: .notAsReported, reply: "灯是亮的")
            #expect(matter.stage == .handled && matter.outcome == .notAsReported && matter.stage.isOpen)
            matter = try await FollowUpMatter(scene.desk)(scene.order(matter, by: chief), way: .onSite, satisfied: true)
            #expect(matter.stage == .closed)
        }
    }

    @Test(arguments: Engine.available) func `refuses bad acts with every fault`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let instructor = scene.person("吴指导", .instructor, [scene.village])
            let matter = try await scene.send(scene.report())
            await refuses(Invalid("/reason", "reason-required")) {
                try await EscalateMatter(scene.desk)(scene.order(matter, by: chief), reason: " \u{3000}\n")
            }
            await refuses(
                Invalid([Fault("/way", "required"), Fault("/satisfied", "required"), Fault("/rating", "not-a-choice")])
            ) {
                try await FollowUpMatter(scene.desk)(scene.order(matter, by: chief), way: nil, satisfied: nil, rating: 6)
            }
            await refuses(Invalid("/rating", "rating-disagrees")) {
                try await FollowUpMatter(scene.desk)(scene.order(matter, by: chief), way: .phone, satisfied: true, rating: 1)
            }
            await refuses(Forbidden()) {
                try await CheckOnSite(scene.desk)(scene.order(matter, by: instructor), finding: .confirmed)
            }
            #expect(try await scene.history(matter).count == 1)
        }
    }
}
