import Kernel
import Testing

struct ValidationTests {
    @Test(arguments: [
        ("", ""), (" ", ""), ("a", "a"), (" a ", "a"), ("\t\r\n a b \n", "a b"), ("\u{3000}近邻\u{3000}", "近邻"), ("\0a\0", "a"),
        ("\u{7F}\u{1}", ""),
        ("\u{200B}", ""), ("\u{FEFF}\u{2060}a\u{200E}", "a"), ("\r\n", ""), ("a\u{200D}b", "a\u{200D}b"), ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("e\u{301}", "e\u{301}"),
    ])
    func `trims what nobody can see`(_ text: String, _ trimmed: String) {
        #expect(text.trimmed == trimmed)
    }

    @Test func `collects every fault before it throws`() {
        var validation = Validation()
        #expect(validation.text(nil, at: "/name", limit: 5) == "")
        #expect(validation.text(" \u{200B} ", at: "/place", limit: 5) == "")
        #expect(validation.text("  六个字的名字  ", at: "/title", limit: 5) == "六个字的名字")
        validation.check(true, at: "/fine", "never")
        let faults = [Fault("/name", "required"), Fault("/place", "required"), Fault("/title", "too-long", ["limit": "5"])]
        let finished = validation
        #expect(throws: Invalid(faults)) { try finished.finish() }
    }

    @Test func `lets through what is right`() throws {
        var validation = Validation()
        #expect(validation.text(" 五个字名字 ", at: "/name", limit: 5) == "五个字名字")
        #expect(validation.text(nil, at: "/note", limit: 5, required: false) == "")
        #expect(validation.text("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", at: "/faces", limit: 5).count == 5)
        try validation.finish()
    }

    @Test func `counts a letter buried in accents as too long`() {
        var validation = Validation()
        _ = validation.text("a" + String(repeating: "\u{301}", count: 10_000), at: "/name", limit: 5)
        #expect(validation.faults.map(\.code) == ["too-long"])
    }
}
