import Foundation
import Testing
import Web

@testable import Open311

@Suite struct TreeTests {
    private let tree = Tree.list(
        of: "request",
        [
            .record([
                ("service_request_id", .text("001")), ("metadata", .flag(true)), ("lat", .number(24.7185)),
                ("long", .number(nil)),
                ("words", .text("灯 <b>&\"\u{0}\u{8}\u{FFFE}")), ("media_url", .text("")),
                ("codes", .list(of: "code", [.whole(4)])),
            ])
        ])

    @Test func `XML has every field, one element each, and nothing XML forbids`() {
        let text = String(decoding: tree.bytes(as: .xml, named: "service_requests"), as: UTF8.self)
        #expect(
            text == """
                <?xml version="1.0" encoding="utf-8"?>
                <service_requests><request><service_request_id>001</service_request_id><metadata>true</metadata><lat>24.7185</lat><long/>\
                <words>灯 &lt;b&gt;&amp;&quot;</words><media_url/><codes><code>4</code></codes></request></service_requests>

                """)
    }

    @Test func `JSON is the same tree with the list at the top`() throws {
        let found =
            try JSONSerialization.jsonObject(with: Data(tree.bytes(as: .json, named: "service_requests"))) as? [[String: Any]]
        let request = try #require(found?.first)
        #expect(request["service_request_id"] as? String == "001" && request["metadata"] as? Bool == true)
        #expect(request["lat"] as? Double == 24.7185 && request["long"] is NSNull && request["media_url"] as? String == "")
        #expect(request["codes"] as? [Int] == [4])
    }

    @Test func `an empty list is an empty element and an empty array`() {
        let none = Tree.list(of: "request", [])
        #expect(String(decoding: none.bytes(as: .json, named: "x"), as: UTF8.self) == "[]")
        #expect(
            String(decoding: none.bytes(as: .xml, named: "service_requests"), as: UTF8.self).hasSuffix("<service_requests/>\n"))
    }

    @Test(arguments: [
        (422, 400), (409, 400), (400, 400), (401, 403), (403, 403), (404, 404), (405, 405), (429, 429), (503, 503), (500, 500),
    ])
    func `our statuses become the protocol's`(_ ours: Int, _ theirs: Int) { #expect(Format.status(ours) == theirs) }
}
