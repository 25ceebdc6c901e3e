import Mustache
import Testing

@testable import Web

private struct Line: Sendable {
    let name: String
    let note: String?
}

private struct Sheet: Sendable {
    let title: String
    let note: String?
    let missing: String?
    let isOpen: Bool
    let count: Int
    let lines: [Line]
    let words: [String]
    let empty: [Line]
    let part: Line?
    let fault: [String: String]
}

@Suite struct RenderingTests {
    private static let sheet = Sheet(
        title: "<b>\"安海\" & 'co'</b>", note: "outer", missing: nil, isOpen: true, count: 3,
        lines: [Line(name: "一", note: nil), Line(name: "<二>", note: "inner")], words: ["x", "y&z"], empty: [],
        part: Line(name: "part", note: nil),
        fault: ["name": "wrong"])

    @Test(arguments: [
        "{{title}}", "{{{title}}}", "{{#lines}}{{name}}:{{note}};{{/lines}}",
        "{{^empty}}none{{/empty}}{{#empty(empty)}}none{{/empty(empty)}}",
        "{{#words}}{{.}},{{/words}}", "{{#isOpen}}open{{/isOpen}}{{^missing}}no{{/missing}}{{#missing}}yes{{/missing}}",
        "{{count}}",
        "{{#part}}{{name}}{{note}}{{/part}}{{part.name}}", "{{#fault.name}}{{.}}{{/fault.name}}{{fault.other}}", "{{nothing}}",
    ])
    func `shows the same as the engine by itself`(_ template: String) throws {
        MustacheContentTypes.register(PageText(), named: PageText.name)
        let plain = try MustacheTemplate(string: template).render(Self.sheet)
        #expect(try MustacheTemplate(string: PageText.pragma + template).render(Properties(of: Self.sheet)) == plain)
    }

    @Test func `escapes markup, also before a combining mark, and nothing else`() {
        let text = String(String.UnicodeScalarView((1...0x300).compactMap(Unicode.Scalar.init))) + "安海 👨‍👩‍👧 e\u{301}<\u{301}"
        let escaped = PageText().escapeText(text)
        #expect(!escaped.contains { "<>\"'".contains($0) })
        #expect(PageText().escapeText("安海 e\u{301}") == "安海 e\u{301}")
        #expect(escaped.hasSuffix("e\u{301}&lt;\u{301}"))
    }
}
