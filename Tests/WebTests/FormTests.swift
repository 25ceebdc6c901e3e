import Testing

@testable import Web

@Suite struct FormTests {
    @Test(arguments: [
        ("a=1&b=%E8%B7%AF+x&a=2", [("a", "1"), ("b", "路 x"), ("a", "2")]), ("", []), ("a", [("a", "")]),
        ("a=b=c", [("a", "b=c")]), ("=x&&", [("", "x")]),
    ])
    func `reads url-encoded fields in order`(_ text: String, _ expected: [(String, String)]) throws {
        let form = try Form(urlEncoded: text)
        #expect(form.fields.map(\.name) == expected.map(\.0))
        #expect(form.fields.map(\.value) == expected.map(\.1))
    }

    @Test(arguments: ["a=%zz", "a=%ff", "%"])
    func `refuses broken escapes and text that is not UTF-8`(_ text: String) {
        #expect(throws: Malformed.self) { try Form(urlEncoded: text) }
    }

    @Test func `reads a multipart body with a file that contains line breaks and dashes`() throws {
        let file = "\r\n--x\r\n\u{0}binary--"
        let body =
            "--AaB\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n路灯\r\n"
            + "--AaB\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../../a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\(file)\r\n"
            + "--AaB\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--AaB--\r\n"
        let form = try Form(multipart: Array(body.utf8), boundary: "AaB")
        #expect(form["words"] == "路灯")
        #expect(form["empty"] == "")
        #expect(form.files("photo").map(\.bytes) == [Array(file.utf8)])
    }

    @Test(arguments: [
        "", "--B", "--B\r\n", "--B\r\n\r\n", "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--", "--B\r\nX: y\r\n\r\nx",
        "garbage",
    ])
    func `refuses a broken multipart body`(_ body: String) {
        #expect(throws: Malformed.self) { try Form(multipart: Array(body.utf8), boundary: "B") }
    }

    @Test(
        arguments: [
            (nil, Language.zh), ("en", .en), ("en-GB,en;q=0.9,zh;q=0.8", .en), ("zh-CN,zh;q=0.9,en;q=0.8", .zh), ("fr,de", .zh),
            ("fr;q=1,en;q=0.3,zh;q=0.5", .zh), ("en;q=x", .en), ("", .zh),
        ] as [(String?, Language)])
    func `chooses the language a browser prefers`(_ header: String?, _ expected: Language) {
        #expect(Language(accepting: header) == expected)
    }
}
