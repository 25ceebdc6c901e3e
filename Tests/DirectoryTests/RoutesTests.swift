import Geometry
import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct RoutesTests {
    typealias Town = SmallTown

    static let pages: [(String, String?)] = [
        ("/", nil), ("/?q=%E6%98%A5", nil), ("/villages", nil), ("/villages?q=nothing", nil), ("/map", nil),
        ("/map?grid=\(Town.anping)", nil),
        ("/map?grid=\(Town.yaoqianOne)", nil), ("/places/\(Town.estate)", nil), ("/places/\(Town.yaoqian)", nil),
        ("/office", "town"),
        ("/office/grids", "town"), ("/office/grids?text=%E6%98%A5&kind=estate", "chief"), ("/office/grids", "worker"),
        ("/office/map", "town"),
        ("/office/map?grid=\(Town.anping)", "chief"), ("/office/grids/\(Town.anping)", "town"),
        ("/office/grids/\(Town.estate)", "worker"),
        ("/office/checks", "town"), ("/office/checks", "chief"), ("/office/grids/\(Town.anping)/posts", "town"),
        ("/office/grids/\(Town.estate)/posts?post=gridWorker", "chief"),
        ("/office/posts/\(Town.id(61) as ID<Post>)/ending", "chief"),
        ("/office/grids/\(Town.estate)/station", "chief"), ("/office/grids/\(Town.anping)/profile", "chief"),
        ("/office/grids/\(Town.anping)/edit", "town"), ("/office/grids/\(Town.anpingOne)/children", "chief"),
        ("/office/town", "town"), ("/office/town/posts", "town"), ("/office/villages/new", "town"),
        ("/office/grids/\(Town.anping)/figures", "chief"), ("/office/documents", "chief"), ("/office/documents/new", "chief"),
    ]

    @Test func `every page is whole in both languages`() async throws {
        try await DirectorySite.run { (site, _) async throws in
            for (path, session) in Self.pages {
                for language in ["zh", "en"] {
                    let (status, body) = try await site.get(path, as: session, language: language)
                    #expect(status == 200, "\(path)")
                    #expect(
                        body.contains("</html>") && !body.contains("directory.") && !body.contains("{{"), "\(path) \(language)")
                }
            }
        }
    }

    @Test(
        arguments: [
            ("/places/x", nil), ("/places/\(Town.id(99) as ID<GridNode>)", nil), ("/map?grid=x", nil),
            ("/office/grids/\(Town.yaoqian)", "chief"),
            ("/office/grids/\(Town.anpingTwo)", "worker"), ("/office/grids/\(Town.yaoqianOne)/posts", "chief"),
            ("/office/grids/\(Town.yaoqian)/edit", "chief"), ("/office/grids/\(Town.yaoqian)/station", "chief"),
            ("/office/grids/\(Town.yaoqian)/profile", "chief"), ("/office/grids/\(Town.yaoqian)/children", "chief"),
            ("/office/grids/\(Town.estate)/profile", "town"), ("/office/grids/\(Town.estate)/children", "town"),
            ("/office/map?grid=\(Town.yaoqian)", "chief"), ("/office/posts/\(Town.id(98) as ID<Post>)/ending", "town"),
            ("/api/v1/grids/x", nil), ("/api/v1/grids/\(Town.id(99) as ID<GridNode>)", nil),
        ] as [(String, String?)])
    func `what is out of reach is not found`(_ path: String, _ session: String?) async throws {
        try await DirectorySite.run { (site, _) async throws in #expect(try await site.get(path, as: session).status == 404) }
    }

    @Test func `who may not is told so`() async throws {
        try await DirectorySite.run { (site, _) async throws in
            #expect(try await site.get("/office/grids/\(Town.estate)/edit", as: "worker").status == 403)
            #expect(try await site.get("/office/checks", as: "worker").status == 403)
            #expect(try await site.get("/office/grids").status == 303)
        }
    }

    @Test func `what is posted publicly names the workers and telephones, in full`() async throws {
        try await DirectorySite.run { (site, _) async throws in
            let body = try await site.get("/places/\(Town.estate)").body
            #expect(body.contains("人3") && body.contains("tel:059585780000") && body.contains("tel:12345"))
            #expect(body.contains("/report?grid=\(Town.estate)"))
        }
    }

    @Test func `an appointment goes through the form, and its faults stand beside their fields`() async throws {
        try await DirectorySite.run { (site, database) async throws in
            let path = "/office/grids/\(Town.anping)/posts"
            let fields = ["post": "townLead", "person": "人1", "from": "2026-03-02", "request": "\(Town.id(70) as ID<Post>)"]
            #expect(try await site.post(path, fields, as: "town").status == 303)
            #expect(try await site.post(path, fields, as: "town").status == 303)
            let taken = try await site.post(path, ["post": "townLead", "person": "人2", "from": "2026-03-02"], as: "town")
            #expect(taken.status == 422 && taken.body.contains("这个岗位现在已经有人了") && taken.body.contains("value=\"人2\""))
            let bad = try await site.post(
                path, ["post": "king", "person": " ", "from": "yesterday", "to": "2026-02-30"], as: "town")
            #expect(
                bad.status == 422 && bad.body.contains("日期不对") && bad.body.contains("这一项要填") && bad.body.contains("请从列出的选项里选一个"))
            let chief = try await site.post(path, ["post": "townDeputy", "person": "人2", "from": "2026-03-02"], as: "chief")
            #expect(chief.status == 403)
            let posts = try await database.read { try PostStore($0, town: Town.town).ever(on: Town.anping) }
            #expect(posts.map(\.kind) == [.townLead])
            let ending = "/office/posts/\(Town.id(70) as ID<Post>)/ending"
            #expect(try await site.post(ending, ["day": "2020-01-01"], as: "town").status == 422)
            #expect(try await site.post(ending, ["day": "2026-03-31"], as: "town").status == 303)
        }
    }

    @Test func `who saves over somebody else's change sees it first and loses no words`() async throws {
        try await DirectorySite.run { (site, _) async throws in
            let path = "/office/grids/\(Town.estate)/edit"
            let first = ["nameZh": "春晖花园", "kind": "estate", "seen": "0"]
            #expect(try await site.post(path, first, as: "chief").status == 303)
            let second = try await site.post(path, ["nameZh": "春晖新村", "kind": "estate", "seen": "0"], as: "town")
            #expect(second.status == 422)
            #expect(second.body.contains("value=\"春晖新村\"") && second.body.contains("现在登记的是：春晖花园"))
            #expect(second.body.contains("name=\"seen\" value=\"1\""))
            #expect(try await site.post(path, ["nameZh": "春晖新村", "kind": "estate", "seen": "1"], as: "town").status == 303)
        }
    }

    @Test func `the town, its office, its villages and its documents are changed through their forms`() async throws {
        try await DirectorySite.run { (site, database) async throws in
            let words = ["nameZh": "安海镇", "nameEn": "Anhai", "hostUnit": "安海镇人民政府", "dutyPhone": "0595-85780000", "seen": "0"]
            #expect(try await site.post("/office/town", words, as: "town").status == 303)
            let worse = try await site.post("/office/town", ["nameZh": "", "dutyPhone": "abc"], as: "town")
            #expect(worse.status == 422 && worse.body.contains("value=\"abc\""))
            #expect(try await site.post("/office/town/posts", ["person": "人4", "from": "2026-03-02"], as: "town").status == 303)
            let village = ["nameZh": "新村", "kind": "village", "code": "350582101299", "from": "2026-03-02"]
            #expect(try await site.post("/office/villages/new", village, as: "town").status == 303)
            #expect(try await site.post("/office/villages/new", village.merging(["code": ""]) { $1 }, as: "town").status == 422)
            let facts = "/office/grids/\(Town.anping)/figures"
            let figure = ["key": "floating", "value": "10,500", "words": "近1万", "source": "村报", "asOf": "2026-03-02"]
            #expect(try await site.post(facts, figure, as: "chief").status == 303)
            let vague = try await site.post(facts, ["key": "floating", "value": "很多", "source": "村报"], as: "chief")
            #expect(vague.status == 422 && vague.body.contains("value=\"很多\""))
            let naturals = ["natural": "", "name-0": "前埔", "english-0": "Qianpu", "seen": "0"]
            let natural = "/office/grids/\(Town.anping)/natural-villages"
            #expect(try await site.post(natural, naturals, from: facts, as: "chief").status == 303)
            #expect(try await site.get(facts, as: "chief").body.contains("value=\"前埔\""))
            let document = [
                "grid": "\(Town.anping)", "kind": "station", "titleZh": "站规", "bodyZh": "第一条\n第二条", "from": "2026-03-02",
            ]
            #expect(try await site.post("/office/documents/new", document, as: "chief").status == 303)
            #expect(
                try await site.post("/office/documents/new", document.merging(["grid": "x"]) { $1 }, as: "chief").status == 422)
            #expect(try await site.get("/places/\(Town.estate)").body.contains("站规"))
            let id = try #require(try await database.read { try DocumentStore($0, town: Town.town).kept(in: .town).first?.id })
            let shown = try await site.get("/documents/\(id)").body
            #expect(shown.contains("<p>第一条</p>") && shown.contains("<p>第二条</p>"))
            let editions = "/office/documents/\(id)/editions"
            #expect(try await site.post(editions, document, as: "chief").status == 422)
            #expect(
                try await site.post(editions, document.merging(["from": "2026-03-03", "titleZh": "新站规"]) { $1 }, as: "chief")
                    .status == 303)
            #expect(try await site.get("/documents/\(id)?edition=1").body.contains("站规"))
            #expect(try await site.get("/documents/\(id)?edition=9").status == 404)
            #expect(
                try await site.post("/office/documents/\(id)/ending", ["day": "2026-04-01"], from: editions, as: "chief").status
                    == 303)
        }
    }

    @Test func `station, profile, grid and area are changed through their forms`() async throws {
        try await DirectorySite.run { (site, database) async throws in
            let (card, village) = ("/office/grids/\(Town.estate)", "/office/grids/\(Town.anping)")
            #expect(
                try await site.post("\(card)/station", ["name": "春晖站", "status": "basic", "rules": "1"], as: "chief").status
                    == 303)
            #expect(try await site.post("\(card)/station", ["name": "", "status": "x"], as: "chief").status == 422)
            #expect(
                try await site.post("\(village)/profile", ["type": "new-community", "preset": "1"], as: "chief").status == 303)
            #expect(
                try await site.post("\(village)/profile", ["type": "new-community", "points": "1"], as: "chief").status == 303)
            let edit = ["nameZh": "春晖花园", "kind": "estate", "dutyPhone": "0595-1"]
            #expect(try await site.post("\(card)/edit", edit, as: "chief").status == 303)
            #expect(try await site.post("\(card)/edit", ["nameZh": "", "kind": "village"], as: "chief").status == 422)
            let area = ["area": try Town.square(0, 0).geoJSON(), "crs": "wgs84"]
            #expect(try await site.post("\(card)/area", area, from: "\(card)/edit", as: "chief").status == 303)
            let bad = try await site.post("\(card)/area", ["area": "{}", "crs": "wgs84"], from: "\(card)/edit", as: "chief")
            #expect(bad.status == 422 && bad.body.contains("GeoJSON"))
            let child = ["nameZh": "第三网格", "kind": "residential", "from": "2026-03-02"]
            #expect(try await site.post("\(village)/children", child, as: "chief").status == 303)
            #expect(try await site.post("\(village)/children", child, as: "chief").status == 422)
            #expect(try await site.post("\(card)/ending", ["day": "2026-03-02"], from: "\(card)/edit", as: "chief").status == 303)
            let profile = try await database.read { try VillageStore($0, town: Town.town).profile(of: Town.anping) }
            #expect(
                profile.type == .newCommunity && profile.isOn(.points) && profile.isOn(.matters) && !profile.isOn(.enterprises))
        }
    }

    @Test(arguments: [
        ("lon=118.405&lat=24.705", 200, "350582101006001"), ("lon=118.415&lat=24.715&crs=wgs84", 200, "350582101006"),
        ("lon=10&lat=10", 200, "\"grid\":null"), ("lon=118.4", 422, "/lat"), ("lon=abc&lat=nan", 422, "/lat"),
        ("lon=181&lat=1", 422, "/lon"),
        ("lon=118.4&lat=24.7&crs=mars", 422, "/crs"), ("lon=1e999&lat=24.7", 422, "/lon"),
    ])
    func `says which grid a point is in, and what is wrong with a bad question`(
        _ query: String, _ status: Int, _ expected: String
    ) async throws {
        try await DirectorySite.run { (site, _) async throws in
            let answer = try await site.get("/api/v1/locations?\(query)")
            #expect(answer.status == status && answer.body.contains(expected), "\(answer.body)")
        }
    }

    @Test func `the overview and the grids are public`() async throws {
        try await DirectorySite.run { (site, _) async throws in
            let overview = try await site.get("/api/v1/overview")
            #expect(overview.status == 200 && overview.body.contains(#""workers":{"level1":0,"level2":2,"level3":1,"total":3}"#))
            let grids = try await site.get("/api/v1/grids").body
            #expect(grids.contains("350582101006501") && !grids.contains("人1"))
            let facts = try await site.get("/api/v1/grids/\(Town.estate)").body
            #expect(facts.contains(#""workers":["人3"]"#) && facts.contains(#""supervisionPhone":"12345""#))
        }
    }
}
