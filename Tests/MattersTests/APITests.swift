import Directory
import Foundation
import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Matters

struct APITests {
    private func body(_ scene: Scene, _ words: String = "路灯不亮") -> String {
        "{\"category\":\"0101\",\"words\":\"\(words)\",\"grid\":\"\(scene.third)\",\"phone\":\"13812345678\"}"
    }

    @Test(arguments: Engine.available) func `a retried report gets the same answer`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let browser = try Browser(scene)
            let first = try await browser.json("/api/v1/matters", body(scene), key: "order-77")
            #expect(first.status == 201)
            let again = try await browser.json("/api/v1/matters", body(scene), key: "order-77")
            #expect(again.status == 201 && again.text == first.text)
            let other = try await browser.json("/api/v1/matters", body(scene, "别的"), key: "order-77")
            #expect(other.status == 409 && other.text.contains("request-reused"))
            let document = try first.json()
            #expect(document["stage"] as? String == "collected" && document["grid"] as? String == scene.third.description)
            // By the code of the door plate too.
            let coded = try await browser.json(
                "/api/v1/matters", "{\"category\":\"0101\",\"words\":\"x\",\"grid\":\"350582101006501\"}")
            #expect(try coded.json()["grid"] as? String == scene.third.description)
        }
    }

    static let broken: [(String, Int, String)] = [
        ("", 400, ""), ("{", 400, ""), ("[]", 422, "wrong-type"), ("null", 422, ""), ("{}", 422, "/category"),
        ("{\"category\":7,\"words\":\"x\"}", 422, "/category"), ("{\"category\":\"0101\",\"words\":\"\"}", 422, "/words"),
        ("{\"category\":\"9999\",\"words\":\"x\",\"grid\":\"nowhere\"}", 422, "/grid"),
        ("{\"category\":\"0101\",\"words\":\"x\",\"longitude\":200,\"latitude\":1}", 422, "/longitude"),
        ("{\"category\":\"0101\",\"words\":\"x\",\"longitude\":1}", 422, "/longitude"),
        ("{\"category\":\"0101\",\"words\":\"x\",\"longitude\":1,\"latitude\":1,\"crs\":\"moon\"}", 422, "/crs"),
        ("{\"category\":\"0101\",\"words\":\"x\",\"channel\":\"owl\",\"phone\":\"1\"}", 422, "/channel"),
    ]

    @Test(arguments: Engine.available) func `bad bodies are told apart and write nothing`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let browser = try Browser(scene)
            for (body, status, word) in Self.broken {
                let reply = try await browser.json("/api/v1/matters", body)
                #expect(
                    reply.status == status && (word.isEmpty || reply.text.contains(word)),
                    "\(body) gave \(reply.status) \(reply.text)")
            }
            let wrongType = try await browser.send(.post, "/api/v1/matters", type: "text/plain", body: Array("{}".utf8))
            #expect(wrongType.status == 415)
            let huge = try await browser.send(
                .post, "/api/v1/matters", type: "application/json", body: Array(repeating: 32, count: 100_000))
            #expect(huge.status == 413)
            let matters = try await scene.database.read { try $0.value("SELECT count(*) FROM matter", as: Int.self) }
            #expect(matters == 0)
        }
    }

    @Test(arguments: Engine.available) func `a program carries a matter through the loop`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let browser = try Browser(
                scene,
                [
                    "worker": scene.person("林晓岚", .gridWorker, [scene.third]),
                    "chief": scene.person("许书记", .gridChief, [scene.village]),
                    "stranger": scene.person("邻村", .gridChief, [scene.otherVillage]),
                ])
            let reported = try await browser.json("/api/v1/matters", body(scene), as: "worker").json()
            let path = "/api/v1/matters/\(try #require(reported["id"] as? String))"
            #expect(try await browser.json(path + "/handlings", "{\"version\":1,\"reply\":\"好\"}", as: "worker").status == 409)
            let key = "check-1"
            let check = try await browser.json(
                path + "/site-checks", "{\"version\":1,\"finding\":\"confirmed\"}", as: "worker", key: key)
            let again = try await browser.json(
                path + "/site-checks", "{\"version\":1,\"finding\":\"confirmed\"}", as: "worker", key: key)
            #expect(check.status == 201 && again.status == 201 && check.text == again.text)
            for (session, status) in [("stranger", 404), ("worker", 201)] {
                let reply = try await browser.json(path + "/escalations", "{\"version\":2,\"reason\":\"要花钱\"}", as: session)
                #expect(reply.status == status)
            }
            #expect(try await browser.json(path + "/handlings", "{\"version\":3,\"reply\":\"好\"}", as: "worker").status == 403)
            #expect(
                try await browser.json(
                    path + "/returns", "{\"version\":3,\"reason\":\"你来\",\"to\":\"\(scene.third)\"}", as: "chief"
                ).status == 201)
            #expect(try await browser.json(path + "/handlings", "{\"version\":4,\"reply\":\"好了\"}", as: "worker").status == 201)
            let follow = "{\"version\":5,\"way\":\"phone\",\"satisfied\":true,\"rating\":5}"
            #expect(try await browser.json(path + "/follow-ups", follow, as: "worker").status == 403)
            let closed = try await browser.json(path + "/follow-ups", follow, as: "chief").json()
            #expect(closed["stage"] as? String == "closed" && closed["version"] as? Int == 6)
            let read = try await browser.get(path, as: "chief").json()
            #expect((read["history"] as? [Any])?.count == 6)
            #expect(try await browser.get(path, as: "stranger").status == 404)
            #expect(try await browser.get(path).status == 401)
            let list = try await browser.get("/api/v1/matters?open=false&limit=1", as: "chief").json()
            #expect((list["matters"] as? [Any])?.count == 1 && list["next"] == nil)
            for bad in ["stage=x", "limit=0", "limit=101", "after=1", "grid=1", "open=maybe"] {
                #expect(try await browser.get("/api/v1/matters?\(bad)", as: "chief").status == 422, "\(bad)")
            }
            #expect(try await browser.get("/api/v1/matters?grid=\(scene.otherVillage)", as: "chief").status == 404)
            let categories = try await browser.get("/api/v1/categories").json()
            #expect((categories["categories"] as? [Any])?.count == 40)
        }
    }
}
