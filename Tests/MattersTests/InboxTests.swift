import Directory
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

@Suite struct InboxTests {
    private func ids(_ scene: Scene, _ query: String, _ principal: Principal) async throws -> Set<ID<Matter>> {
        let asked = try InboxQuery(try Form(urlEncoded: query))
        return Set(try await ReadInbox(desk: scene.desk).list(asked, after: nil, limit: 100, by: principal).0.matters.map(\.id))
    }

    @Test func `an address is read and written the same, and what is no choice is left out`() throws {
        let full =
            "tab=open&category=0101&tier=small&due=late&hands=mine&channel=phone&from=2026%2D03%2D01&to=2026%2D03%2D02&text=a%20%26b&order=due"
        let asked = try InboxQuery(try Form(urlEncoded: full))
        #expect(asked.query == full && asked.isFiltered)
        #expect(try InboxQuery(try Form(urlEncoded: asked.query)) == asked)
        let wild = try InboxQuery(try Form(urlEncoded: "tab=x&tier=huge&due=never&from=2026-02-30&hands=all&order=up"))
        #expect(wild.query == "tab=check" && !wild.isFiltered)
        // What only open matters have says nothing of closed ones.
        #expect(try InboxQuery(try Form(urlEncoded: "tab=closed&due=late&hands=mine&order=due")).query == "tab=closed")
        #expect(throws: NotFound.self) { try InboxQuery(try Form(urlEncoded: "grid=x")) }
    }

    @Test(arguments: Engine.available) func `filters by tier, channel, days, hands and ledger`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let lamp = try await scene.send(scene.report())
            let hard = try await scene.send(scene.report(category: "0102"))
            scene.clock.advance(by: .days(1))
            let told = try await scene.send(scene.report("楼下积水"), from: worker, onBehalf: true)
            let up = try await EscalateMatter(scene.desk)(scene.order(told, by: worker), reason: "要花钱")
            let second = try await EscalateMatter(scene.desk)(
                scene.order(up, by: scene.person("陈", .gridWorker, [scene.second])), reason: "要花钱")
            #expect(second.holder.grid == scene.village && hard.tier != .small)
            for (query, found) in [
                ("tab=open&tier=\(hard.tier.rawValue)", [hard]),
                ("tab=open&channel=\(told.channel.rawValue)&from=2026-03-03", [told]),
                ("tab=open&to=2026-03-02", [lamp, hard]), ("tab=open&from=2026-03-04", []),
                ("tab=open&from=2026-03-03&to=2026-03-03", [told]), ("tab=open&hands=nobody", []),
                ("tab=open&due=shelved", []), ("tab=open&text=\(lamp.number.digits)", [lamp]),
            ] as [(String, [Matter])] {
                #expect(try await ids(scene, query, chief) == Set(found.map(\.id)), "\(query)")
            }
            #expect(try await ids(scene, "tab=open&hands=mine", chief).contains(told.id))
            #expect(!(try await ids(scene, "tab=open&hands=mine", chief).contains(lamp.id)))
            #expect(try await ids(scene, "tab=open&hands=mine", worker).contains(lamp.id))
            // Whoever was in post goes.
            try await scene.database.write { tx in
                try tx.execute(
                    "UPDATE post SET valid_to = '2026-03-01' WHERE town_id = \(scene.town) AND grid_id = \(scene.third)")
                try GridStore(tx, town: scene.town).bumpVersion(random: scene.ambient.random())
            }
            #expect(try await ids(scene, "tab=open&hands=nobody", chief) == [lamp.id])
        }
    }

    @Test(arguments: Engine.available) func `filters are kept for oneself or the unit, counted, and begin the list`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let colleague = scene.person("副书记", .gridChief, [scene.village])
            let stranger = scene.person("邻村", .gridChief, [scene.otherVillage])
            for _ in 0..<3 { try await scene.send(scene.report()) }
            try await scene.send(scene.report(category: "0201"))
            let (keep, read) = (KeepFilter(scene.desk), ReadInbox(desk: scene.desk))
            let (own, shared): (ID<SavedFilter>, ID<SavedFilter>) = (scene.ambient.newID(), scene.ambient.newID())
            for _ in 0..<2 {
                try await keep(own, name: "路灯", query: "tab=open&category=0101&evil=1", isShared: false, by: chief)
                try await keep(shared, name: "垃圾", query: "tab=open&category=0201", isShared: true, by: chief)
            }
            await refuses(Conflict("request-reused")) {
                try await keep(own, name: "路灯", query: "tab=open&category=0105", isShared: false, by: chief)
            }
            try await keep(scene.ambient.newID(), name: "旧的", query: "tab=closed", isShared: false, by: chief)
            let mine = try await read.filters(for: chief)
            #expect(Set(mine.map(\.filter.name)) == ["路灯", "垃圾", "旧的"])
            #expect(mine.first { $0.filter.id == own }?.count == 3 && mine.first { $0.filter.id == shared }?.count == 1)
            #expect(mine.first { $0.filter.name == "旧的" }?.count == nil)
            // A figure is at most ten seconds old.
            try await scene.send(scene.report())
            #expect(try await read.filters(for: chief).first { $0.filter.id == own }?.count == 3)
            scene.clock.advance(by: .seconds(10))
            #expect(try await read.filters(for: chief).first { $0.filter.id == own }?.count == 4)
            #expect(mine.first { $0.filter.id == own }?.filter.query == "tab=open&category=0101")
            #expect(try await read.filters(for: colleague).map(\.filter.name) == ["垃圾"])
            #expect(try await read.filters(for: stranger).isEmpty)
            await refuses(NotFound()) { try await keep.remove(own, by: colleague) }
            await refuses(NotFound()) { try await keep.begin(with: shared, by: stranger) }
            // The same name again says something else.
            try await keep(scene.ambient.newID(), name: "路灯", query: "tab=open&tier=small", isShared: false, by: chief)
            #expect(try await read.filters(for: chief).filter { $0.filter.name == "路灯" }.map(\.asked.tier) == [.small])
            try await keep.begin(with: shared, by: colleague)
            #expect(try await read.start(of: colleague)?.category == "0201")
            #expect(try await read.start(of: chief) == nil)
            try await keep.remove(shared, by: chief)
            #expect(try await read.start(of: colleague) == nil)
            await refuses(Invalid("/name", "required")) {
                try await keep(scene.ambient.newID(), name: " ", query: "", isShared: false, by: chief)
            }
            for number in 2..<SavedFilter.most {
                try await keep(scene.ambient.newID(), name: "第\(number)个", query: "tab=open", isShared: false, by: chief)
            }
            await refuses(Invalid("/name", "too-many-filters", ["limit": "8"])) {
                try await keep(scene.ambient.newID(), name: "多的", query: "tab=open", isShared: false, by: chief)
            }
        }
    }

    @Test(arguments: Engine.available) func `the page, its print and its start say the same`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let browser = try Browser(scene, ["chief": chief, "other": scene.person("邻村", .gridChief, [scene.otherVillage])])
            let lamp = try await scene.send(scene.report())
            let rubbish = try await scene.send(scene.report("垃圾没人收", category: "0201"))
            let page = try await browser.get("/office/matters?tab=open&category=0201", as: "chief")
            #expect(page.text.contains("垃圾没人收") && !page.text.contains("三里巷口的路灯不亮"))
            #expect(page.text.contains("\(rubbish.id).1"), "what is ticked says what was seen")
            let kept = try await browser.post(
                "/office/matters/filters", ["name": "<垃圾>", "query": "tab=open&category=0201", "shared": "1"], as: "chief")
            #expect(kept.status == 303 && kept.location == "/office/matters?tab=open&category=0201")
            let list = try await browser.get("/office/matters/filters", as: "chief")
            #expect(list.text.contains("&lt;垃圾&gt;"))
            let id = try #require(try await ReadInbox(desk: scene.desk).filters(for: chief).first?.filter.id)
            #expect(try await browser.post("/office/matters/filters/\(id)/start", ["on": "1"], as: "other").status == 404)
            #expect(try await browser.post("/office/matters/filters/\(id)/start", ["on": "1"], as: "chief").status == 303)
            #expect(try await browser.get("/office/matters", as: "chief").location == "/office/matters?tab=open&category=0201")
            #expect(try await browser.get("/office/matters?tab=check", as: "chief").status == 200)
            #expect(
                try await browser.post("/office/matters/filters", ["name": "", "query": "tab=open"], as: "chief").status == 422)
            let print = try await browser.get("/office/matters/print?tab=open&category=0201", as: "chief")
            #expect(print.status == 200 && print.text.contains("垃圾没人收") && !print.text.contains("三里巷口的路灯不亮"))
            let sheet = try await browser.get("/office/matters/\(lamp.id)/print", as: "chief")
            #expect(sheet.status == 200 && sheet.text.contains(lamp.number.description) && sheet.text.contains("<svg"))
            #expect(
                sheet.text.contains("138****5678") && !sheet.text.contains("13812345678") && !sheet.text.contains("138 1234 5678")
            )
            // Whoever reported signs the sheet, so what is internal is on another one.
            try await WriteNote(scene.desk)(scene.ambient.newID(), on: lamp.id, words: "只给同事看", by: chief)
            let plain = try await browser.get("/office/matters/\(lamp.id)/print", as: "chief")
            #expect(!plain.text.contains("只给同事看") && plain.text.contains("反映人意见和签字"))
            let file = try await browser.get("/office/matters/\(lamp.id)/print?notes=1", as: "chief")
            #expect(file.text.contains("只给同事看") && !file.text.contains("反映人意见和签字"))
            #expect(try await browser.get("/office/matters/\(lamp.id)/print", as: "other").status == 404)
            let filters = try await browser.get("/api/v1/matter-filters", as: "chief")
            #expect(filters.status == 200 && filters.text.contains("\"count\":1"))
        }
    }
}
