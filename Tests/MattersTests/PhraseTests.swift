import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters
@testable import Web

@Suite struct PhraseTests {
    @Test(
        arguments: [
            ("编号{编号}，{期限}前办结", nil), ("没有记号", nil), ("{姓名}您好", "phrase-place"), ("{}", "phrase-place"), ("{编号", nil),
            ("", "required"),
            (String(repeating: "长", count: 501), "too-long"),
        ] as [(String, String?)])
    func `a phrase has only places that can be filled`(_ words: String, _ fault: String?) {
        #expect(PhraseRules.faults(step: .check, title: "名称", words: words).map(\.code) == (fault.map { [$0] } ?? []))
    }

    @Test func `every shipped phrase keeps the rules, and every step has some`() {
        for phrase in Phrase.shipped {
            #expect(PhraseRules.faults(step: phrase.step, title: phrase.title, words: phrase.words).isEmpty, "\(phrase.code)")
        }
        #expect(Set(Phrase.shipped.map(\.step)) == Set(Phrase.Step.allCases))
        #expect(Set(Phrase.shipped.map(\.code)).count == Phrase.shipped.count)
    }

    private func draft(_ code: String?, edition: Int, _ words: String, village: ID<GridNode>? = nil, isOff: Bool = false)
        -> EditPhrase.Draft
    {
        var draft = EditPhrase.Draft()
        (draft.code, draft.edition, draft.village, draft.step) = (code, edition, village, .check)
        (draft.title, draft.words, draft.isOff) = ("看过了", words, isOff)
        return draft
    }

    @Test(arguments: Engine.available) func `editions are kept, a retry makes one, and two editors meet`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let office = scene.person("党建办", .townOffice, nil)
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let edit = EditPhrase(scene.desk)
            func phrases() async throws -> [Phrase] {
                try await scene.database.read { try PhraseStore($0, town: scene.town).phrases() }
            }
            #expect(try await phrases() == Phrase.shipped)
            let request: ID<Phrase> = scene.ambient.newID()
            for _ in 0..<2 { try await edit(draft("check-seen", edition: 0, "看过{地点}"), by: office, request: request) }
            // Sent again with other words, from a page that was gone back to.
            await refuses(Conflict("request-reused")) {
                try await edit(draft("check-seen", edition: 0, "别的话"), by: office, request: request)
            }
            await refuses(Conflict("stale")) {
                try await edit(draft("check-seen", edition: 0, "别的话"), by: office, request: scene.ambient.newID())
            }
            await refuses(NotFound()) {
                try await edit(draft("check-seen", edition: 1, "别的话"), by: chief, request: scene.ambient.newID())
            }
            await refuses(NotFound()) {
                try await edit(draft("no-such", edition: 0, "别的话"), by: office, request: scene.ambient.newID())
            }
            await refuses(NotFound()) {
                try await edit(
                    draft(nil, edition: 0, "本村的", village: scene.otherVillage), by: chief, request: scene.ambient.newID())
            }
            try await edit(draft(nil, edition: 0, "本村的话", village: scene.village), by: chief, request: scene.ambient.newID())
            let now = try await phrases()
            #expect(now.first { $0.code == "check-seen" }?.words == "看过{地点}" && now.count == Phrase.shipped.count + 1)
            #expect(now.last?.village == scene.village && now.last?.edition == 1)
            // Off is an edition too, and can be taken back.
            try await edit(draft("check-seen", edition: 1, "看过{地点}", isOff: true), by: office, request: scene.ambient.newID())
            #expect(try await phrases().first { $0.code == "check-seen" }?.isOff == true)
            #expect(
                try await scene.database.read { try PhraseStore($0, town: scene.town).editions(of: "check-seen").map(\.edition) }
                    == [1, 2])
        }
    }

    @Test(arguments: Engine.available) func `words are filled from the matter and put behind what was typed`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let browser = try Browser(scene, ["worker": worker, "office": scene.person("党建办", .townOffice, nil)])
            let lamp = try await scene.send(scene.report())
            let path = "/office/matters/\(lamp.id)"
            let sheet = try await browser.get(path, as: "worker")
            #expect(sheet.text.contains("您反映的事（编号\(lamp.number.description)）我们已经到安平社区"))
            let inserted = try await browser.post(
                path + "/site-checks", ["seen": "1", "words": "先说一句 {编号}", "phrase": "check-solved", "insert": "1"], as: "worker")
            #expect(inserted.status == 200 && inserted.text.contains("先说一句 {编号}\n您好，您反映的事我们已经到安平社区"))
            #expect(try await scene.history(lamp).count == 1, "nothing was done yet")
            let time = try await browser.post(
                path + "/time-requests", ["words": "缺", "phrase": "time-material", "insert": "1"], as: "worker")
            #expect(time.status == 200 && time.text.contains("缺\n需要的材料"))
            // A village's own is for that village alone.
            try await EditPhrase(scene.desk)(
                draft(nil, edition: 0, "瑶前才说的话", village: scene.otherVillage), by: scene.person("党", .townOffice, nil),
                request: scene.ambient.newID())
            #expect(!(try await browser.get(path, as: "worker").text.contains("瑶前才说的话")))
            #expect(try await browser.get("/office/phrases", as: "office").text.contains("瑶前才说的话"))
            #expect(try await browser.get("/office/phrases/edit?code=check-seen", as: "office").status == 200)
            let wrong = try await browser.post(
                "/office/phrases/edit", ["step": "check", "title": "x", "words": "{姓名}", "edition": "0"], as: "office")
            #expect(wrong.status == 422 && wrong.text.contains("{姓名}"))
        }
    }
}
