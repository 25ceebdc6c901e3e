import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Matters

/// What a QR code fills in, and what it says when it leads nowhere any more.
@Suite struct PlaceCodeTests {
    private func stage(_ scene: Scene) async throws -> (Browser, ID<NaturalVillage>) {
        let natural = NaturalVillage(id: scene.ambient.newID(), village: scene.otherVillage, nameZh: "后厝", nameEn: nil)
        try await scene.database.write { tx in
            try VillageStore(tx, town: scene.town).insert(natural)
            try StationStore(tx, town: scene.town).put(
                Station(
                    id: scene.ambient.newID(), grid: scene.second, name: "安平第一网格服务站", address: nil, hostVenue: nil,
                    buildStatus: .inUse, rulesPosted: true, place: nil, phone: nil, hours: nil))
        }
        return (try Browser(scene), natural.id)
    }

    @Test(arguments: Engine.available)
    func `codes of an estate, a station and a natural village fill the place in and say so`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let (browser, natural) = try await stage(scene)
            for query in ["grid=\(scene.third)", "grid=350582101006501"] {
                let page = try await browser.get("/report?\(query)").text
                #expect(page.contains("已选好地点：安平社区 春晖小区"))
                #expect(page.contains(#"<option value="350582101006501" selected"#))
            }
            let station = try await browser.get("/report?station=\(scene.second)").text
            #expect(station.contains("您扫的是“安平第一网格服务站”的二维码") && station.contains(#"value="350582101006001" selected"#))
            let hamlet = try await browser.get("/report?natural=\(natural)").text
            #expect(hamlet.contains("瑶前村 后厝") && hamlet.contains(#"value="后厝""#))
            #expect(hamlet.contains(#"value="350582101221" selected"#))
        }
    }

    @Test(arguments: Engine.available)
    func `a code that leads nowhere, or was never one of ours, is told kindly and shuts nobody out`(_ engine: Engine) async throws
    {
        try await Scene.run(engine) { scene in
            let (browser, _) = try await stage(scene)
            let lost = [
                "grid=\(scene.foreignVillage)", "grid=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "natural=1", "natural=\(scene.third)",
                "station=\(scene.third)", "station=x", "grid=\(String(repeating: "9", count: 3000))",
            ]
            for query in lost {
                let reply = try await browser.get("/report?\(query)")
                #expect(reply.status == 200 && reply.text.contains("这个二维码上的地点找不到了"), "\(query.prefix(40))")
                #expect(!reply.text.contains("<script>alert") && reply.text.contains(#"name="words""#))
            }
            #expect(try await !browser.get("/report").text.contains("code-note"))
            #expect(try await !browser.get("/report?grid=").text.contains("code-note"))
        }
    }
}
