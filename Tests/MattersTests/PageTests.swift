import Directory
import Foundation
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

struct PageTests {
    @Test(arguments: Engine.available) func `a resident reports and follows, the staff handle, in pages`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let browser = try Browser(
                scene,
                [
                    "worker": scene.person("林晓岚", .gridWorker, [scene.third]),
                    "chief": scene.person("许书记", .gridChief, [scene.village]),
                    "other": scene.person("邻村", .gridChief, [scene.otherVillage]),
                ])
            let form = try await browser.get("/report?grid=350582101006501&category=0304")
            #expect(form.status == 200 && form.text.contains("119") && form.text.contains("春晖小区"))
            let sent = try await browser.post(
                "/report",
                [
                    "request": "0191f2c0-5b7e-7a52-9d41-3d0f6ce2b9aa", "category": "0101", "words": "三里巷<script>路灯</script>不亮",
                    "grid": "350582101006501", "phone": "13812345678",
                ])
            #expect(sent.status == 303)
            let ticket = try #require(sent.location)
            let reported = try await browser.get(ticket)
            #expect(reported.status == 200 && reported.text.contains("春晖小区"))
            let digits = String(ticket.dropFirst("/reported/".count))
            let number = try #require(PublicNumber(digits))
            #expect(reported.text.contains(number.description) && reported.text.contains("<svg"))

            let list = try await browser.get("/office/matters", as: "worker")
            #expect(list.status == 200 && list.text.contains("三里巷&lt;script&gt;路灯"))
            let id = "0191f2c0-5b7e-7a52-9d41-3d0f6ce2b9aa"
            let path = "/office/matters/\(id)"
            let sheet = try await browser.get(path, as: "worker")
            #expect(sheet.status == 200 && sheet.text.contains("138****5678") && !sheet.text.contains("13812345678"))
            #expect(sheet.text.contains("id=\"check\"") && !sheet.text.contains("id=\"handle\""))
            #expect(try await browser.get(path, as: "other").status == 404)
            #expect(try await browser.get(path).status == 303)

            // Faults stay beside the fields and every word is kept.
            let empty = try await browser.post(path + "/site-checks", ["seen": "1", "note": "记一笔"], as: "worker")
            #expect(empty.status == 422 && empty.text.contains("记一笔") && empty.text.contains("check-outcome"))
            let checked = try await browser.post(
                path + "/site-checks", ["seen": "1", "outcome": "confirmed", "note": "内部话 王老五"], as: "worker")
            #expect(checked.status == 303)
            // A stale view tells what the other has done and keeps the words.
            let stale = try await browser.post(path + "/escalations", ["seen": "1", "reason": "要花钱买材料"], as: "chief")
            #expect(stale.status == 409 && stale.text.contains("要花钱买材料") && stale.text.contains("林晓岚"))
            let handled = try await browser.post(
                path + "/handlings", ["seen": "2", "words": "换了灯泡，有事打 13900001111", "note": "找了李四"], as: "worker")
            #expect(handled.status == 303)
            let own = try await browser.post(
                path + "/follow-ups", ["seen": "3", "how": "phone", "satisfied": "yes"], as: "worker")
            #expect(own.status == 403)
            let followed = try await browser.post(
                path + "/follow-ups", ["seen": "3", "how": "phone", "satisfied": "yes", "score": "5", "words": "王阿姨说好"],
                as: "chief")
            #expect(followed.status == 303)

            let page = try await browser.get("/m/\(digits)")
            #expect(page.status == 200 && page.text.contains("换了灯泡，有事打 ****"))
            let document = try await browser.get("/api/v1/public/matters/\(digits)")
            #expect(document.status == 200)
            for hidden in ["13812345678", "13900001111", "林晓岚", "许书记", "王老五", "李四", "王阿姨", "三里巷", "要花钱"] {
                #expect(!page.text.contains(hidden), "the page shows \(hidden)")
                #expect(!document.text.contains(hidden), "the document shows \(hidden)")
            }
            #expect(
                try await browser.get("/track?number=\(number.description.replacing(" ", with: "+"))").location == "/m/\(digits)")
        }
    }

    @Test(arguments: Engine.available) func `a restricted matter shows only its stage to whoever has the number`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let matter = try await scene.send(scene.report("接到诈骗电话", category: "0501"))
            let browser = try Browser(scene)
            let page = try await browser.get("/m/\(matter.number.digits)")
            #expect(page.status == 200 && !page.text.contains("诈骗") && !page.text.contains("春晖"))
            let document = try await browser.get("/api/v1/public/matters/\(matter.number.digits)").json()
            #expect(Set(document.keys) == ["number", "stage", "reportedAt", "reopened", "history", "pictures"])
            #expect((document["history"] as? [Any])?.isEmpty == true)
            #expect((document["pictures"] as? [Any])?.isEmpty == true)
        }
    }

    @Test(arguments: Engine.available) func `a report with faults comes back with every word`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let browser = try Browser(scene)
            let sent = try await browser.post(
                "/report",
                [
                    "category": "", "words": "写了很多字", "phone": "12", "spot": "榕树下", "latitude": "0", "longitude": "0",
                    "crs": "wgs84",
                ])
            #expect(sent.status == 422)
            for kept in ["写了很多字", "榕树下", "value=\"12\"", "id=\"faults\""] { #expect(sent.text.contains(kept), "\(kept) is gone") }
            let matters = try await scene.database.read { try $0.value("SELECT count(*) FROM matter", as: Int.self) }
            #expect(matters == 0)
            for number in ["", "123", "482109375546", "abc", "%001"] {
                let track = try await browser.get("/track?number=\(number)")
                #expect(track.status == (number.isEmpty ? 200 : 422))
            }
            #expect(try await browser.get("/m/482109375546").status == 404)
            #expect(try await browser.get("/m/..%2f").status == 404)
        }
    }

    @Test(arguments: Engine.available) func `every page is there in both languages`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let matter = try await scene.send(scene.report())
            let browser = try Browser(scene, ["chief": scene.person("许书记", .gridChief, [scene.village])])
            for path in ["/report", "/track", "/m/\(matter.number.digits)", "/reported/\(matter.number.digits)"] {
                for language in ["zh", "en"] {
                    let reply = try await browser.send(.get, path, headers: ["accept-language": language])
                    #expect(
                        reply.status == 200 && !reply.text.contains("matters.") && !reply.text.contains("[["),
                        "\(path) \(language)")
                }
            }
            for path in ["/office/matters", "/office/matters?tab=closed", "/office/matters/new", "/office/matters/\(matter.id)"] {
                for language in ["zh", "en"] {
                    let reply = try await browser.send(.get, path, as: "chief", headers: ["accept-language": language])
                    #expect(
                        reply.status == 200 && !reply.text.contains("matters.") && !reply.text.contains("[["),
                        "\(path) \(language)")
                }
            }
        }
    }

    @Test(arguments: Engine.available) func `a telephone is shown once, after a reason`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let matter = try await scene.send(scene.report(phone: "13812345678"))
            let browser = try Browser(scene, ["chief": scene.person("许书记", .gridChief, [scene.village])])
            let path = "/office/matters/\(matter.id)/reveal"
            #expect(try await browser.post(path, ["reason": ""], as: "chief").status == 422)
            let shown = try await browser.post(path, ["reason": "回访"], as: "chief")
            #expect(shown.status == 200 && shown.text.contains("13812345678"))
        }
    }
}
