import Foundation
import FoundationXML
import Media
import Testing

struct QRCodeTests {
    @Test func `has the three finders and the timing lines of a code`() throws {
        let code = try #require(QRCode("https://jinlin.example/m/123456789012"))
        #expect((code.width - 17) % 4 == 0)
        for (top, left) in [(0, 0), (0, code.width - 7), (code.width - 7, 0)] {
            for row in 0..<7 {
                for column in 0..<7 {
                    let ring = max(abs(row - 3), abs(column - 3))
                    #expect(code[row: top + row, column: left + column] == (ring != 2))
                }
            }
        }
        for place in 8..<code.width - 8 { #expect(code[row: 6, column: place] == place.isMultiple(of: 2)) }
    }

    @Test func `draws every black module once, inside a quiet zone of four`() throws {
        let code = try #require(QRCode("近邻 · 安平"))
        let svg = code.svg(label: "")
        let path = try #require(svg.split(separator: "d=\"").last?.split(separator: "\"").first)
        var drawn: Set<[Int]> = []
        for rectangle in path.split(separator: "M") {
            let numbers = rectangle.split { !$0.isNumber }.compactMap { Int($0) }
            for column in numbers[0]..<numbers[0] + numbers[2] { #expect(drawn.insert([numbers[1] - 4, column - 4]).inserted) }
        }
        for row in 0..<code.width {
            for column in 0..<code.width { #expect(drawn.contains([row, column]) == code[row: row, column: column]) }
        }
        #expect(drawn.allSatisfy { $0.allSatisfy { (0..<code.width).contains($0) } })
        #expect(svg.contains(#"viewBox="0 0 \#(code.width + 8) \#(code.width + 8)""#))
    }

    @Test func `is named for screen readers and carries no style or script`() throws {
        let svg = try #require(QRCode("a")).svg(label: "<script>\"&'<\u{301}\0")
        #expect(svg.contains(#"role="img" aria-label="&lt;script&gt;&quot;&amp;&#39;"#))
        #expect(!svg.contains("style") && !svg.contains("<script"))
        #expect(XMLParser(data: Data(svg.utf8)).parse())
    }

    @Test func `refuses nothing at all and what no code can hold`() {
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "a", count: 2331)) != nil)
        #expect(QRCode(String(repeating: "a", count: 2332)) == nil)
    }
}
