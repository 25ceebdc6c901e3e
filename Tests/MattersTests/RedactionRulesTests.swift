import Kernel
import Media
import Testing

@testable import Matters

struct RedactionRulesTests {
    private func faults(_ boxes: [SaidBox]) -> [String] {
        do {
            _ = try RedactionRules.check(boxes)
            return []
        } catch {
            return error.faults.map { "\($0.pointer) \($0.code)" }
        }
    }

    private func box(_ left: Int?, _ top: Int?, _ width: Int?, _ height: Int?, row: Int = 0) -> SaidBox {
        SaidBox(row: row, left: left, top: top, width: width, height: height)
    }

    @Test(
        "a box lies within the picture and is large enough to hide something",
        arguments: [
            ([0, 0, 1000, 1000], []), ([0, 0, 10, 10], []), ([990, 990, 10, 10], []),
            ([991, 0, 10, 10], ["/boxes/0/width box-outside"]), ([0, 991, 10, 10], ["/boxes/0/height box-outside"]),
            ([0, 0, 9, 10], ["/boxes/0/width box-small"]), ([0, 0, 10, 9], ["/boxes/0/height box-small"]),
            ([0, 0, 0, 0], ["/boxes/0/width box-small"]),
            ([-1, 0, 10, 10], ["/boxes/0/left box-number"]), ([0, 1001, 10, 10], ["/boxes/0/top box-number"]),
            ([Int.max, 0, Int.max, 10], ["/boxes/0/left box-number", "/boxes/0/width box-number"]),
        ] as [([Int], [String])])
    func lies(numbers: [Int], expected: [String]) {
        #expect(faults([box(numbers[0], numbers[1], numbers[2], numbers[3])]) == expected)
    }

    @Test func `every fault is told at once, each at its own row`() {
        let boxes = [box(nil, 0, 10, 10, row: 0), box(0, 0, 10, 10, row: 2), box(995, 0, 10, 10, row: 3)]
        #expect(faults(boxes) == ["/boxes/0/left box-number", "/boxes/3/width box-outside"])
    }

    @Test func `at least one, and at most twenty at once`() {
        #expect(faults([]) == ["/boxes no-boxes"])
        let many = (0..<21).map { box(0, 0, 10, 10, row: $0) }
        #expect(faults(Array(many.dropLast())) == [])
        #expect(faults(many) == ["/boxes too-many-boxes"])
    }

    @Test func `boxes may overlap, and keep their order`() throws {
        let painted = try RedactionRules.check([box(100, 200, 300, 400), box(200, 300, 300, 400, row: 1)])
        #expect(painted.map { [$0.left, $0.top, $0.right, $0.bottom] } == [[100, 200, 400, 600], [200, 300, 500, 700]])
    }

    @Test(
        "percent are read as they are typed",
        arguments: [
            ("0", 0), ("100", 1000), ("12.5", 125), ("12.54", 125), ("12.56", 126), (" 7 ", 70), (".5", 5), ("", nil),
            ("100.1", nil),
            ("-1", nil), ("1e1", nil), ("0x10", nil), ("nan", nil), ("1.2.3", nil), ("十", nil), ("99999999999", nil),
        ] as [(String, Int?)])
    func reads(text: String, expected: Int?) {
        #expect(RedactionRules.thousandths(percent: text) == expected)
    }

    @Test func `what is written in percent is read as the same`() {
        for number in 0...1000 { #expect(RedactionRules.thousandths(percent: RedactionRules.percent(number)) == number) }
    }

    @Test func `an original is kept for 180 days`() throws {
        let day = try #require(Day("2026-03-02"))
        #expect(RedactionRules.lastDay(redactedOn: day).description == "2026-08-29")
    }
}
