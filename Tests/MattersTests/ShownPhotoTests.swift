import Directory
import Foundation
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

/// What everybody sees of photos, and the page on which somebody decides about that.
@Suite struct ShownPhotoTests {
    @Test(arguments: Engine.available) func `nobody outside sees a photo before somebody has looked at it`(_ engine: Engine)
        async throws
    {
        try await RedactionScene.run(engine) { scene in
            let browser = try Browser(scene.scene, ["worker": scene.worker], photos: scene.store)
            let picture = "/pictures/\(scene.photo.id)"
            let near = "/api/v1/near-matters?category=0101&grid=\(scene.scene.third)"
            let places = [
                "/feeds/matters.atom", "/feeds/matters.rss", "/feeds/matters.geojson", near, "/m/\(scene.lamp.number.digits)",
            ]
            func isPublic() async throws -> [Bool] {
                var found = [
                    try await browser.get(picture).status == 200, try await browser.get("\(picture)?size=thumb").status == 200,
                ]
                for place in places { found.append(try await browser.get(place).text.contains(picture)) }
                let listed = try await ReadPublicMatters(scene.scene.desk)(PublicMatterFilter(limit: 10), town: scene.scene.town)
                return found + [listed.matters.contains { $0.pictures == [scene.photo.id] }]
            }
            #expect(try await isPublic() == Array(repeating: false, count: 8))
            let show = ShowPhoto(scene.scene.desk)
            try await show(scene.order(0), isFit: true)
            #expect(try await isPublic() == Array(repeating: true, count: 8))
            #expect(try await scene.acts().last?.actor?.name == "林晓岚")
            try await show(scene.order(1), isFit: false)
            #expect(try await isPublic() == Array(repeating: false, count: 8))
            try await scene.redact(2, fit: true)
            #expect(try await isPublic() == Array(repeating: true, count: 8))
            let shown = try Pixels(try await browser.get(picture).body)
            #expect(shown.green == 0)
            // Painted over again: it is another picture, which somebody has to look at.
            try await scene.redact(3)
            #expect(try await isPublic() == Array(repeating: false, count: 8))
            #expect(try await scene.acts().map(\.kind) == [.cleared, .withdrawn, .redacted, .cleared, .redacted])
        }
    }

    @Test(arguments: Engine.available) func `a photo of a restricted matter is never shown`(_ engine: Engine) async throws {
        let restricted = try #require(Taxonomy.default.categories.first { $0.isRestricted }?.code)
        try await RedactionScene.run(engine, category: restricted) { scene in
            await refuses(Conflict("photo-restricted")) { try await ShowPhoto(scene.scene.desk)(scene.order(0), isFit: true) }
            await refuses(Conflict("photo-restricted")) { try await scene.redact(0, fit: true) }
            // Even if it were marked.
            let (town, id) = (scene.scene.town, scene.photo.id)
            _ = try await scene.scene.database.write { tx in
                try tx.execute("UPDATE matter_photo SET shown_at = 1 WHERE town_id = \(town) AND id = \(id)")
            }
            #expect(try await Browser(scene.scene, photos: scene.store).get("/pictures/\(id)").status == 404)
        }
    }

    @Test(arguments: Engine.available) func `a browser asks again and is sent nothing twice`(_ engine: Engine) async throws {
        try await RedactionScene.run(engine) { scene in
            let browser = try Browser(scene.scene, ["worker": scene.worker], photos: scene.store)
            let path = "/photos/\(scene.photo.id)"
            let first = try await browser.get(path, as: "worker")
            let tag = try #require(first.headers.first { $0.name == "ETag" }?.value)
            #expect(first.headers.contains { $0.name == "Cache-Control" && $0.value == "private, no-cache" })
            let same = try await browser.send(.get, path, as: "worker", headers: ["if-none-match": tag])
            #expect(same.status == 304 && same.body.isEmpty)
            try await scene.redact(0)
            let other = try await browser.send(.get, path, as: "worker", headers: ["if-none-match": tag])
            #expect(other.status == 200)
            #expect(try Pixels(other.body).green == 0)
        }
    }

    @Test(arguments: Engine.available) func `the page works in numbers alone: rows, faults, a preview, and then for good`(
        _ engine: Engine
    )
        async throws
    {
        try await RedactionScene.run(engine) { scene in
            let browser = try Browser(scene.scene, ["worker": scene.worker], photos: scene.store)
            let page = RedactionRoutes.page(of: scene.photo)
            #expect(try await browser.get("/office/matters/\(scene.lamp.id)", as: "worker").text.contains("href=\"\(page)\""))
            let shown = try await browser.get(page, as: "worker")
            #expect(shown.status == 200 && shown.text.contains("name=\"seen\" value=\"0\""))
            let typed = ["box-left": "20", "box-top": "20", "box-width": "20", "box-height": "40", "seen": "0"]
            func send(_ more: [String: String]) async throws -> Browser.Reply {
                try await browser.post("\(page)/redactions", typed.merging(more) { $1 }, as: "worker")
            }
            let rows = try await send(["step": "more"])
            #expect(
                rows.status == 200 && rows.text.components(separatedBy: "data-box>").count == 4,
                "two rows and the blank of the script")
            let preview = try await send(["step": "preview"])
            #expect(preview.status == 200 && preview.text.contains("<rect x=\"200\" y=\"200\" width=\"200\" height=\"400\">"))
            let faulty = try await send(["box-width": "90", "step": "send"])
            #expect(
                faulty.status == 422 && faulty.text.contains("href=\"#boxes/0/width\"") && faulty.text.contains("value=\"90\""))
            #expect(try await scene.current() == scene.photo, "nothing was painted so far")
            let done = try await send(["step": "send", "fit": "yes"])
            #expect(done.status == 303 && done.location == page)
            let late = try await send(["step": "send"])
            #expect(late.status == 409 && late.text.contains("value=\"20\"") && late.text.contains("name=\"seen\" value=\"1\""))
            let history = try await browser.get("/office/matters/\(scene.lamp.id)", as: "worker").text
            #expect(history.contains("照片打码 1 处") && history.contains("照片看过，可以公开"))
            let hidden = try await browser.post("\(page)/showings", ["seen": "1", "fit": "no"], as: "worker")
            #expect(hidden.status == 303)
            #expect(try await browser.post("\(page)/reveals", ["reason": ""], as: "worker").status == 422)
            let original = try await browser.post("\(page)/reveals", ["reason": "核对"], as: "worker")
            #expect(original.status == 200 && original.headers.contains { $0.value == "no-store" })
            #expect(try Pixels(original.body).green > 8_000)
            #expect(try await browser.post("\(page)/destructions", ["seen": "2"], as: "worker").status == 303)
            #expect(try await browser.post("\(page)/reveals", ["reason": "核对"], as: "worker").status == 404)
        }
    }

    @Test(arguments: Engine.available) func `programs list, redact and show photos`(_ engine: Engine) async throws {
        try await RedactionScene.run(engine) { scene in
            let chief = scene.scene.person("邻村", .gridChief, [scene.scene.otherVillage])
            let browser = try Browser(scene.scene, ["worker": scene.worker, "other": chief], photos: scene.store)
            let list = "/api/v1/matters/\(scene.lamp.id)/photos"
            #expect(try await browser.get(list, as: "other").status == 404)
            #expect(try await browser.get(list).status == 401)
            let photos = try #require(try await browser.get(list, as: "worker").json()["photos"] as? [[String: Any]])
            #expect(photos.count == 1 && photos[0]["edition"] as? Int == 0 && photos[0]["shownSince"] == nil)
            let path = "/api/v1/photos/\(scene.photo.id)"
            #expect(try await browser.get("\(path)?size=thumb", as: "worker").body.starts(with: [0xFF, 0xD8]))
            #expect(try await browser.get("\(path)?size=huge", as: "worker").status == 422)
            let body = #"{"edition":0,"boxes":[{"left":200,"top":200,"width":200,"height":400}],"fit":true}"#
            let made = try await browser.json("\(path)/redactions", body, as: "worker", key: "a")
            let told = try made.json()
            #expect(made.status == 201 && told["boxes"] as? Int == 1 && told["edition"] as? Int == 1 && told["shownSince"] != nil)
            #expect(told["originalKeptUntil"] as? String == "2026-08-29")
            #expect(try await browser.json("\(path)/redactions", body, as: "worker", key: "a").status == 201, "a retry")
            #expect(try await browser.json("\(path)/redactions", body, as: "worker", key: "b").status == 409)
            #expect(try await browser.json("\(path)/redactions", body, as: "other", key: "c").status == 404)
            let outside = #"{"edition":1,"boxes":[{"left":900,"top":0,"width":9223372036854775807,"height":400}]}"#
            #expect(try await browser.json("\(path)/redactions", outside, as: "worker").status == 422)
            let hidden = try await browser.json("\(path)/showings", #"{"edition":1,"fit":false}"#, as: "worker")
            #expect(hidden.status == 201)
            #expect(try hidden.json()["shownSince"] == nil)
        }
    }
}
