import Directory
import Foundation
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

@Suite struct RatingPageTests {
    @Test(arguments: Engine.available) func `the page of a number leads to rating, and keeps what was typed`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let browser = try Browser(scene, ["worker": worker, "chief": chief])
            let fresh = try await scene.send(scene.report())
            #expect(!(try await browser.get("/m/\(fresh.number.digits)").text.contains("/rating")))
            #expect(try await browser.get("/m/\(fresh.number.digits)/rating").status == 303)
            let hidden = try await scene.send(scene.report(category: "0501"))
            #expect(try await browser.get("/m/\(hidden.number.digits)/rating").status == 404)
            let lamp = try await scene.handled(by: worker)
            let path = "/m/\(lamp.number.digits)"
            #expect(try await browser.get(path).text.contains("href=\"\(path)/rating\""))
            let form = try await browser.get(path + "/rating")
            #expect(form.status == 200 && form.text.contains("换好了") && form.text.contains("name=\"code\""))
            #expect(!form.text.contains("\" checked>"), "nothing is chosen for anybody, least of all consent")
            var fields = ["satisfied": "yes", "stars": "2", "words": "谢谢<b>", "code": ""]
            fields["request"] = scene.ambient.newUUID().uuidString.lowercased()
            let wrong = try await browser.post(path + "/ratings", fields)
            #expect(wrong.status == 422 && wrong.text.contains("谢谢&lt;b&gt;"))
            #expect(try await browser.post(path + "/ratings", fields, as: "worker").status == 422)
            fields["stars"] = "5"
            #expect(try await browser.post(path + "/ratings", fields, as: "worker").status == 403)
            (fields["quote"], fields["name"]) = ("1", "王阿姨")
            for _ in 1...2 { #expect(try await browser.post(path + "/ratings", fields).location == path) }
            let told = try await browser.get(path)
            #expect(told.text.contains("您评了 5 分") && !told.text.contains("/rating\""))
            let staff = try await browser.get("/office/matters/\(lamp.id)", as: "worker")
            #expect(staff.text.contains("反映人自己评价：办好了，5 分") && staff.text.contains("谢谢&lt;b&gt;"))

            let office = try await browser.get("/office/thanks", as: "chief")
            #expect(office.status == 200 && office.text.contains("王阿姨"))
            #expect(try await browser.get("/office/thanks", as: "worker").status == 403)
            let rating = try await scene.ratings(lamp)[0]
            let decisions = "/office/thanks/\(rating.id)/decisions"
            let refused = try await browser.post(decisions, ["act": "hide"], as: "chief")
            #expect(refused.status == 422 && refused.text.contains("王阿姨"))
            #expect(try await browser.post(decisions, ["act": "show"], as: "chief").status == 303)
            #expect(try await browser.post(decisions, ["act": "show", "tab": "shown"], as: "chief").status == 409)
            #expect(try await browser.get("/office/thanks?tab=shown", as: "chief").text.contains("王阿姨"))
        }
    }

    @Test(arguments: Engine.available) func `programs rate, read and decide as people do`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let worker = scene.person("林晓岚", .gridWorker, [scene.third])
            let chief = scene.person("许书记", .gridChief, [scene.village])
            let browser = try Browser(scene, ["chief": chief, "worker": worker])
            let lamp = try await scene.handled(by: worker)
            let path = "/api/v1/public/matters/\(lamp.number.digits)"
            let code = try await scene.code(lamp)
            #expect(try await browser.json(path + "/ratings", #"{"satisfied":true,"stars":9}"#).status == 422)
            #expect(try await browser.json("/api/v1/public/matters/1/ratings", #"{"satisfied":true,"stars":5}"#).status == 422)
            let body = #"{"satisfied":true,"stars":5,"words":"谢谢","code":"\#(code)","quote":true}"#
            let own = try await browser.json(path + "/ratings", body, as: "worker")
            #expect(own.status == 409, "who took part does not say so for others")
            let key = scene.ambient.newUUID().uuidString.lowercased()
            for _ in 1...2 {
                let reply = try await browser.json(path + "/ratings", body, key: key)
                #expect(reply.status == 201)
                #expect(try reply.json()["id"] as? String == key)
            }
            #expect(try await scene.now(lamp).stage == .closed)
            let seen = try await browser.get("/api/v1/matters/\(lamp.id)", as: "chief").json()["ratings"] as? [[String: Any]]
            #expect(seen?.count == 1 && seen?.first?["words"] as? String == "谢谢")
            let listed = try await browser.get("/api/v1/thanks", as: "chief").json()["thanks"] as? [[String: Any]]
            #expect(listed?.count == 1 && listed?.first?["name"] == nil && listed?.first?["state"] as? String == "waiting")
            let decisions = "/api/v1/thanks/\(key)/decisions"
            #expect(try await browser.json(decisions, #"{"act":"hide"}"#, as: "chief").status == 422)
            let shown = try await browser.json(decisions, #"{"act":"show"}"#, as: "chief")
            #expect(shown.status == 201)
            #expect(try shown.json()["state"] as? String == "shown")
            let village = "/api/v1/public/villages/\(scene.village)/thanks"
            let thanks = try await browser.get(village).json()["thanks"] as? [[String: Any]]
            #expect(thanks?.first?["words"] as? String == "谢谢" && thanks?.first?["number"] == nil)
            #expect(try await browser.json(path + "/quote-withdrawals", "{}").status == 201)
            #expect(try await browser.json(path + "/quote-withdrawals", "{}").status == 409)
            let left = try await browser.get(village).json()["thanks"] as? [Any]
            #expect(left?.isEmpty == true)
        }
    }
}
