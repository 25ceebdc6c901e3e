import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

@Suite struct CategoryTests {
    private func taxonomy(_ scene: Scene) async throws -> Taxonomy {
        try await scene.database.read { try TaxonomyStore($0).taxonomy(of: scene.town) }
    }

    private func lamp(_ edition: Int = 1) -> CategoryDraft {
        var draft = CategoryDraft()
        (draft.code, draft.edition, draft.nameZh, draft.nameEn) = ("0101", edition, "路灯不亮", "A street lamp is out")
        (draft.tier, draft.respondWithin, draft.finishWithin) = (.small, "2h", "1d")
        draft.questions = [
            CategoryQuestion(id: "q1", zh: "灯杆编号", en: "Number on the pole", isRequired: true, options: []),
            CategoryQuestion(id: "q2", zh: "是常亮还是不亮", en: "On or off", isRequired: false, options: ["常亮", "不亮"]),
        ]
        return draft
    }

    @Test(arguments: Engine.available) func `a change counts from then on, and every edition is kept`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let office = scene.person("党建办", .townOffice, nil)
            let before = try await scene.send(scene.report())
            let edit = EditCategory(scene.desk)
            let request: ID<CategoryDraft> = scene.ambient.newID()
            for _ in 1...2 { try await edit(lamp(), by: office, request: request) }
            let category = try #require(try await taxonomy(scene)["0101"])
            #expect(category.edition == 2 && category.finishWithin == "1d" && category.questions.count == 2)
            await refuses(Conflict("stale")) { try await edit(lamp(), by: office, request: scene.ambient.newID()) }
            #expect(
                try await scene.database.read { try TaxonomyStore($0).editions(of: "0101", in: scene.town).map(\.edition) } == [2]
            )
            var report = scene.report()
            await refuses(Invalid("/answers/q1", "required")) { try await scene.send(report) }
            report.answers = ["q1": "A-17", "q2": "闪", "other": "x"]
            await refuses(Invalid("/answers/q2", "not-a-choice")) { try await scene.send(report) }
            report.answers["q2"] = "不亮"
            let after = try await scene.send(report)
            #expect(before.clock.finish == TimeLimit("3d") && after.clock.finish == TimeLimit("1d"))
            let answers = try await scene.database.read { try AnswerStore($0, town: scene.town).answers(of: after.id) }
            #expect(answers.map(\.answer) == ["A-17", "不亮"] && answers.allSatisfy { $0.edition == 2 })
            // A retry is known by its answers too.
            #expect(try await scene.send(report) == after)
            report.answers["q1"] = "A-18"
            await refuses(Conflict("request-reused")) { try await scene.send(report) }
        }
    }

    @Test(arguments: Engine.available) func `what was retired meanwhile is told, and what a village does not need is not offered`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let office = scene.person("党建办", .townOffice, nil)
            let chief = scene.person("许书记", .gridChief, [scene.village])
            var draft = lamp()
            (draft.isRetired, draft.questions) = (true, [])
            try await EditCategory(scene.desk)(draft, by: office, request: scene.ambient.newID())
            await refuses(Invalid("/category", "category-retired")) { try await scene.send(scene.report()) }
            await refuses(Invalid("/category", "not-a-choice")) { try await scene.send(scene.report(category: "9999")) }
            try await SwitchCategories(scene.desk)(off: ["0703", "no such"], in: scene.village, by: chief)
            await refuses(Invalid("/category", "category-not-here")) { try await scene.send(scene.report(category: "0703")) }
            try await scene.send(scene.report(category: "0703", at: scene.otherVillage))
            await refuses(NotFound()) { try await SwitchCategories(scene.desk)(off: [], in: scene.otherVillage, by: chief) }
            let offered = try await taxonomy(scene).offered(in: scene.village).map(\.code)
            #expect(!offered.contains("0101") && !offered.contains("0703") && offered.count == 38)
        }
    }

    @Test(arguments: Engine.available) func `a village adds its own and changes no other`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let edit = EditCategory(scene.desk)
            await refuses(NotFound()) { try await edit(lamp(), by: chief, request: scene.ambient.newID()) }
            var own = CategoryDraft()
            (own.group, own.nameZh, own.nameEn, own.tier, own.village) = (
                "06", "借用祠堂", "Borrowing the hall", .small, scene.village
            )
            let code = try await edit(own, by: chief, request: scene.ambient.newID())
            #expect(code == "0650")
            #expect(try await scene.send(scene.report(category: code)).clock.hasDeadline == false)
            await refuses(Invalid("/category", "category-not-here")) {
                try await scene.send(scene.report(category: code, at: scene.otherVillage))
            }
            own.village = scene.otherVillage
            await refuses(NotFound()) { try await edit(own, by: chief, request: scene.ambient.newID()) }
            own.village = scene.second
            await refuses(NotFound()) { try await edit(own, by: chief, request: scene.ambient.newID()) }
        }
    }

    @Test func `says what is wrong with a category`() {
        var draft = CategoryDraft()
        #expect(Set(draft.faults(groups: []).map(\.pointer)) == ["/nameZh", "/nameEn", "/tier", "/group"])
        draft = lamp()
        (draft.respondWithin, draft.emergencyZh) = ("soon", "快打 119")
        draft.questions.append(CategoryQuestion(id: "q3", zh: "多高", en: "", isRequired: false, options: [""]))
        #expect(
            draft.faults(groups: []).map { "\($0.pointer) \($0.code)" } == [
                "/respondWithin time-limit", "/emergencyEn both-languages", "/question-2 both-languages",
                "/question-2 question-options",
            ])
    }

    @Test(arguments: Engine.available) func `a picture is asked for only where the category needs one`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let office = scene.person("党建办", .townOffice, nil)
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            var draft = lamp()
            (draft.needsPhoto, draft.questions) = (true, [])
            try await EditCategory(scene.desk)(draft, by: office, request: scene.ambient.newID())
            let matter = try await scene.send(scene.report())
            let seen = try await CheckOnSite(scene.desk)(scene.order(matter, by: worker), finding: .confirmed)
            await refuses(Invalid("/photos", "photo-needed")) {
                try await HandleMatter(scene.desk)(scene.order(seen, by: worker), reply: "修好了")
            }
            let told = try await HandleMatter(scene.desk)(scene.order(seen, by: worker), outcome: .cannotBeDone, reply: "要换线")
            #expect(told.stage == .handled)
        }
    }
}
