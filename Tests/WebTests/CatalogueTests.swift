import Testing

@testable import Web

@Suite("CatalogueTests")
struct CatalogueTests {
    @Test(
        "places are filled once, whatever the values look like",
        arguments: [
            ("{name}，你好", ["name": "林"], "林，你好"),
            ("{a}{b}{a}", ["a": "1", "b": "2"], "121"),
            // What somebody wrote is not a place.
            ("{words} {phone}", ["words": "{phone}", "phone": "110"], "{phone} 110"),
            ("{unknown} {name}", ["name": "林"], "{unknown} 林"),
            ("no place", ["name": "林"], "no place"),
            ("{open", ["open": "x"], "{open"),
            ("}{name}{", ["name": "林"], "}林{"),
            ("", ["name": "林"], ""),
        ] as [(String, [String: String], String)])
    func fills(text: String, values: [String: String], filled: String) throws {
        var catalogue = Catalogue()
        let file = Array("{\"t\": \"\(text)\"}".utf8)
        try catalogue.add(room: "test", zh: file, en: file)
        #expect(catalogue.text("t", in: .en, values) == filled)
    }
}
