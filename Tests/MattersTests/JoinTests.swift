import Delivery
import Directory
import Identity
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

/// Joining in with what is reported already, instead of reporting it again.
struct JoinTests {
    private func near(_ scene: Scene, _ report: MatterReport, for reader: Principal? = nil) async throws -> [NearMatter] {
        try await FindNear(scene.desk)(report.category, report.place, for: reader, in: scene.town)
    }

    private func join(_ scene: Scene, _ matter: Matter, _ report: MatterReport, by worker: Principal? = nil) async throws
        -> Joining
    {
        try await JoinMatter(scene.desk)(
            matter.id, report, from: ReportSender(town: scene.town, principal: worker, address: "203.0.113.9"),
            onBehalf: worker != nil)
    }

    fileprivate func reporters(_ scene: Scene, of matter: Matter) async throws -> [Reporter] {
        try await scene.database.read { tx in
            try ReporterStore(tx, town: scene.town, vault: scene.desk.vault).reporters(of: [matter.id])
        }
    }

    private func page(_ scene: Scene, _ number: PublicNumber) async throws -> PublicMatter {
        try await ReadMatter(desk: scene.desk)(number, town: scene.town).0
    }

    @Test(arguments: Engine.available) func `whoever joins is a reporter with a number of their own, and a retry joins once`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let first = try await scene.send(scene.report())
            let again = scene.report("灯还是黑的", phone: "139 8765 4321", name: "老陈")
            let shown = try await near(scene, again)
            #expect(shown.map(\.id) == [first.id] && shown.first?.distance == .sameGrid)
            #expect(shown.first?.inside == nil, "a stranger sees neither the words nor the number")
            let joining = try await join(scene, first, again)
            #expect(joining.number != first.number && joining.number.digits.hasPrefix("9"))
            scene.clock.advance(by: .minutes(5))
            #expect(try await join(scene, first, again) == joining)
            var other = again
            other.words = "别的"
            await refuses(Conflict("request-reused")) { try await join(scene, first, other) }
            let told = try await reporters(scene, of: first)
            #expect(told.map(\.name) == ["王阿姨", "老陈"] && told.map { $0.phone?.digits } == ["13812345678", "13987654321"])
            // Nobody who works on it is interrupted.
            #expect(try await scene.history(first).count == 1)
            let matters = try await scene.database.read { try $0.value("SELECT count(*) FROM matter", as: Int.self) }
            #expect(matters == 1)
            // Without words, too: "that one".
            let silent = try await join(scene, first, scene.report("", phone: "", name: ""))
            #expect(try await page(scene, silent.number).stage == .collected)
        }
    }

    @Test(arguments: Engine.available) func `the same telephone counts once, and nobody learns a number by it`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let first = try await scene.send(scene.report(phone: "138 1234 5678"))
            let one = try await join(scene, first, scene.report(phone: "13812345678", name: "别人"))
            let two = try await join(scene, first, scene.report(phone: "13812345678"))
            #expect(Set([first.number, one.number, two.number]).count == 3)
            #expect(try await reporters(scene, of: first).count == 1)
            #expect(one.reporter == two.reporter)
            // Many at once by one telephone, too.
            let numbers = try await withThrowingTaskGroup(of: Joining.self) { group in
                for _ in 0..<6 { group.addTask { try await join(scene, first, scene.report(phone: "13700001111")) } }
                return try await group.reduce(into: [Joining]()) { $0.append($1) }
            }
            #expect(Set(numbers.map(\.number)).count == 6 && Set(numbers.map(\.reporter)).count == 1)
            #expect(try await reporters(scene, of: first).count == 2)
        }
    }

    @Test(arguments: Engine.available) func `only what is near, of the same kind, open and public can be joined by anybody`(
        _ engine: Engine
    ) async throws {
        try await Scene.run(engine) { scene in
            let lamp = try await scene.send(scene.report())
            let secret = try await scene.send(scene.report("接到诈骗电话", category: "0501"))
            let quarrel = try await scene.send(scene.report("邻居吵架", category: "0401"))
            #expect(try await near(scene, scene.report(category: "0501")).isEmpty)
            #expect(try await near(scene, scene.report(category: "0401")).isEmpty)
            #expect(try await near(scene, scene.report(category: "0105")).isEmpty)
            #expect(try await near(scene, scene.report(at: scene.second)).isEmpty)
            await refuses(NotFound()) { try await join(scene, secret, scene.report(category: "0501")) }
            await refuses(Conflict("not-near")) { try await join(scene, quarrel, scene.report(category: "0401")) }
            await refuses(Conflict("not-near")) { try await join(scene, lamp, scene.report(category: "0105")) }
            await refuses(Conflict("not-near")) { try await join(scene, lamp, scene.report(at: scene.otherVillage)) }
            await refuses(Invalid("/phone", "not-a-phone")) { try await join(scene, lamp, scene.report(phone: "12")) }
            // A worker who was told knows better than the map, within their own grids.
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let written = try await join(scene, lamp, scene.report(category: "0105", phone: "", name: "阿花"), by: worker)
            #expect(written.actor?.name == "林晓岚")
            let stranger = scene.person("邻村", .gridWorker, [scene.otherVillage])
            await refuses(NotFound()) { try await join(scene, lamp, scene.report(), by: stranger) }
        }
    }

    @Test(arguments: Engine.available)
    func `who joins sees what is written from then on, and is told at the end like the first one`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            var report = scene.report()
            report.wantsText = true
            var matter = try await scene.send(report)
            matter = try await CheckOnSite(scene.desk)(
                scene.order(matter, by: worker), finding: .notAsReported, reply: "王阿姨，您家门口那盏好的")
            matter = try await FollowUpMatter(scene.desk)(scene.order(matter, by: chief), way: .phone, satisfied: false)
            scene.clock.advance(by: .hours(1))
            var late = scene.report(phone: "13987654321", name: "老陈")
            late.wantsText = true
            let joining = try await join(scene, matter, late)
            scene.clock.advance(by: .hours(1))
            matter = try await HandleMatter(scene.desk)(scene.order(matter, by: worker), reply: "整条巷子的灯都换了")
            let mine = try await page(scene, joining.number)
            #expect(mine.number == joining.number && mine.joinedAt == joining.at && mine.stage == .handled)
            #expect(mine.history.map(\.reply).filter { !$0.isEmpty } == ["整条巷子的灯都换了"])
            let first = try await page(scene, matter.number)
            #expect(first.joinedAt == nil && first.history.map(\.reply).filter { !$0.isEmpty }.count == 2)
            let told = try await scene.database.read { tx in
                let store = ReporterStore(tx, town: scene.town, vault: scene.desk.vault)
                return try store.wishing([joining.matter]).map { try JoiningStore(tx, town: scene.town).number(of: $0) }
            }
            #expect(told == [matter.number, joining.number], "each by their own number")
            // The number leads the office to the matter as well.
            let filter = MatterFilter(text: joining.number.description)
            let found = try await ReadInbox(desk: scene.desk).list(filter, grid: nil, after: nil, limit: 5, by: chief)
            #expect(found.0.matters.map(\.id) == [matter.id])
            matter = try await FollowUpMatter(scene.desk)(scene.order(matter, by: chief), way: .phone, satisfied: true)
            await refuses(Conflict("closed")) { try await join(scene, matter, scene.report()) }
            #expect(try await near(scene, scene.report()).map(\.mayJoin) == [false], "lately closed is shown")
            scene.clock.advance(by: .days(15))
            #expect(try await near(scene, scene.report()).isEmpty)
        }
    }

    @Test(arguments: Engine.available) func `the map's index finds what is near among many`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let centre = try #require(Coordinate(longitude: 118.475, latitude: 24.718))
            let lamp = try #require(Taxonomy.default["0101"])
            @Sendable func place(_ north: Double, _ east: Double = 0) -> MatterPlace {
                MatterPlace(
                    grid: scene.lonely, village: scene.village,
                    coordinate: Coordinate(longitude: 118.475 + east, latitude: 24.718 + north))
            }
            let offsets = [(0.0001, 0.0), (0.0004, 0.0), (0.0005, 0.0), (0.0, 0.0004), (0.0, 0.0006), (0.01, 0.0)]
            try await scene.database.write { tx in
                for index in 0..<400 {
                    let offset = index < offsets.count ? offsets[index] : (0.02 + Double(index) * 0.0002, 0.01)
                    try MatterStore(tx, town: scene.town).enqueue(
                        Matter(
                            id: scene.ambient.newID(), number: .reporting(random: scene.ambient.random()), category: lamp,
                            words: "灯 \(index)", place: place(offset.0, offset.1), channel: .phone,
                            reportedAt: scene.clock.now, holder: .town))
                }
            }
            let worker = scene.person("陈志强", .gridWorker, [scene.village])
            let found = try await FindNear(scene.desk)(
                lamp, at: MatterPlace(grid: scene.third, village: scene.village, coordinate: centre), for: worker, in: scene.town)
            // 11 m, 41 m and 44 m away; 56 m and 61 m are too far for a lamp.
            #expect(found.map { $0.inside?.words } == ["灯 0", "灯 3", "灯 1"])
            guard engine == .sqlite else { return }
            let plan = try await scene.database.read { tx in
                try tx.query(
                    """
                    EXPLAIN QUERY PLAN SELECT m.id FROM matter m WHERE m.town_id = \(scene.town) AND m.category = '0101'
                        AND m.latitude >= 24.7 AND m.latitude <= 24.8 AND m.longitude >= 118 AND m.longitude <= 119 AND m.is_open = 1
                        AND m.is_restricted = 0 ORDER BY m.latitude, m.id LIMIT 100
                    """
                ).map { try $0.get("detail", as: String.self) }
            }
            #expect(plan.contains { $0.contains("matter_near") }, "\(plan)")
        }
    }

    @Test(arguments: Engine.available) func `without a script the form asks once before it takes the report`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let first = try await scene.send(scene.report())
            let browser = try Browser(scene, ["worker": scene.person("林晓岚", .gridWorker, [scene.third])])
            let fields = [
                "request": "0191f2c0-5b7e-7a52-9d41-3d0f6ce2b9ab", "category": "0101", "words": "巷口<b>黑</b>",
                "grid": "350582101006501", "phone": "13987654321",
            ]
            // Faults are told first.
            let faulty = try await browser.post("/report", fields.merging(["phone": "1"]) { $1 })
            #expect(faulty.status == 422)
            let step = try await browser.post("/report", fields)
            #expect(step.status == 200 && step.text.contains(first.id.description) && step.text.contains("同一网格"))
            #expect(step.text.contains("巷口&lt;b&gt;黑") && !step.text.contains("三里巷口") && !step.text.contains(first.number.digits))
            var matters = try await scene.database.read { try $0.value("SELECT count(*) FROM matter", as: Int.self) }
            #expect(matters == 1)
            let joined = try await browser.post("/report", fields.merging(["join": first.id.description]) { $1 })
            let ticket = try #require(joined.location)
            #expect(joined.status == 303 && ticket.hasPrefix("/reported/9"))
            let shown = try await browser.get(ticket)
            #expect(shown.status == 200 && shown.text.contains("已经有人反映"))
            let mine = try await browser.get(ticket.replacing("/reported/", with: "/m/"))
            #expect(mine.status == 200 && mine.text.contains("您从"))
            let sent = try await browser.post("/report", fields.merging(["looked": first.id.description]) { $1 })
            #expect(sent.status == 303 && sent.location?.hasPrefix("/reported/9") == false)
            matters = try await scene.database.read { try $0.value("SELECT count(*) FROM matter", as: Int.self) }
            #expect(matters == 2)

            // With a script it is a piece of the form; the staff see more of what they may read.
            let piece = try await browser.get("/report/near?category=0101&grid=350582101006501")
            #expect(piece.status == 200 && piece.text.contains("name=\"join\"") && !piece.text.contains("<html"))
            #expect(!piece.text.contains("三里巷口"))
            let inside = try await browser.get("/office/matters/near?category=0101&grid=350582101006501", as: "worker")
            #expect(inside.text.contains("三里巷口") && inside.text.contains("/office/matters/\(first.id)"))
            let none = try await browser.get("/report/near?category=0105&grid=350582101006501")
            #expect(none.status == 200 && !none.text.contains("section"))

            // On behalf, from the step as well.
            let call = fields.merging(["request": "0191f2c0-5b7e-7a52-9d41-3d0f6ce2b9ac", "channel": "phone", "who": "阿花"]) { $1 }
            let asked = try await browser.post("/office/matters/new", call, as: "worker")
            #expect(asked.status == 200 && asked.text.contains("三里巷口"))
            let done = try await browser.post(
                "/office/matters/new", call.merging(["join": first.id.description]) { $1 }, as: "worker")
            #expect(done.status == 303 && done.location == "/office/matters/\(first.id)")
            let sheet = try await browser.get("/office/matters/\(first.id)", as: "worker")
            #expect(sheet.text.contains("又有人反映同一件事") && sheet.text.contains("一共 2 人反映"), "one telephone, one reporter")

            // What is gone meanwhile keeps every word.
            let gone = try await browser.post(
                "/report",
                fields.merging([
                    "request": "0191f2c0-5b7e-7a52-9d41-3d0f6ce2b9ad", "join": "0191f2c0-5b7e-7a52-9d41-000000000000",
                ]) {
                    $1
                })
            #expect(gone.status == 422 && gone.text.contains("巷口&lt;b&gt;黑"))
        }
    }

    @Test(arguments: Engine.available) func `a program finds and joins by the API`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let first = try await scene.send(scene.report())
            let browser = try Browser(scene)
            let list = try await browser.get("/api/v1/near-matters?category=0101&grid=350582101006501").json()
            let part = try #require((list["matters"] as? [[String: Any]])?.first)
            #expect(Set(part.keys) == ["id", "category", "grid", "stage", "reportedAt", "mayJoin"])
            #expect(try await browser.get("/api/v1/near-matters?category=9999").status == 422)
            let path = "/api/v1/matters/\(first.id)/reporters"
            let key = "0191f2c0-5b7e-7a52-9d41-3d0f6ce2b9ae"
            let body = #"{"category":"0101","grid":"350582101006501","phone":"13987654321"}"#
            let joined = try await browser.json(path, body, key: key)
            #expect(joined.status == 201)
            let number = try #require(try joined.json()["number"] as? String)
            #expect(try await browser.json(path, body, key: key).json()["number"] as? String == number)
            #expect(try await browser.get("/api/v1/public/matters/\(number)").json()["number"] as? String == number)
            #expect(
                try await browser.json(path, #"{"category":"0105","grid":"350582101006501"}"#).status == 409, "another kind")
        }
    }

    @Test func `photos are carried through the step by whoever sent them only`() {
        let vault = Vault(keys: [1: Array(repeating: 7, count: 32)])
        let ambient = Ambient.fixed()
        let (mine, other): (ID<Matter>, ID<Matter>) = (ambient.newID(), ambient.newID())
        let photos = [MatterPhoto.Files(full: "a", thumb: "b", width: 3, height: 4)]
        let texts = KeptPhotos(vault: vault, request: mine).texts(photos)
        func read(_ text: String, _ request: ID<Matter>) -> [MatterPhoto.Files] {
            KeptPhotos(vault: vault, request: request).photos(.init(fields: [(name: KeptPhotos.field, value: text)]))
        }
        #expect(read(texts[0], mine) == photos)
        #expect(read(texts[0], other).isEmpty)
        #expect(read(texts[0].replacing("a|b", with: "c|b"), mine).isEmpty)
        #expect(read("", mine).isEmpty && read("a|b|3|4|", mine).isEmpty)
    }
}

extension JoinTests {
    @Test(arguments: Engine.available) func `what a group says may be a matter that is there already`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let first = try await scene.send(scene.report())
            let browser = try Browser(scene, ["worker": scene.person("林晓岚", .gridWorker, [scene.third])])
            let read = try await browser.post("/office/matters/chat", ["text": "老陈：春晖小区路灯不亮好几天了"], as: "worker")
            #expect(read.status == 200 && read.text.contains("value=\"\(first.id)\"") && read.text.contains("三里巷口"))
            let entry = [
                "count": "1", "pick-0": "1", "request-0": "0191f2c0-5b7e-7a52-9d41-3d0f6ce2b9b0", "category-0": "0101",
                "words-0": "路灯不亮好几天了", "grid-0": "350582101006501", "who-0": "老陈、阿明", "join-0": first.id.description,
            ]
            #expect(try await browser.post("/office/matters/chat/drafts", entry, as: "worker").status == 303)
            #expect(
                try await reporters(scene, of: first).map(\.name).sorted { ($0 ?? "") < ($1 ?? "") }
                    == ["王阿姨", "老陈", "阿明"].sorted())
            let matters = try await scene.database.read { try $0.value("SELECT count(*) FROM matter", as: Int.self) }
            #expect(matters == 1)
        }
    }
}
