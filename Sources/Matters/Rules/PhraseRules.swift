package import Kernel

/// What a phrase may say, and how its places are filled.
package enum PhraseRules {
    /// What a place stands for.
    package enum Place: String, Sendable, CaseIterable {
        case number = "编号"
        case place = "地点"
        case category = "类别"
        case due = "期限"
        case today = "今天"
        case unit = "单位"
        case phone = "电话"
    }

    /// What stands in braces in `words`, in order.
    package static func places(in words: String) -> [String] {
        var (found, rest) = ([String](), words[...])
        while let opening = rest.firstIndex(of: "{"), let closing = rest[opening...].firstIndex(of: "}") {
            found.append(String(rest[rest.index(after: opening)..<closing]))
            rest = rest[rest.index(after: closing)...]
        }
        return found
    }

    package static func faults(step: Phrase.Step?, title: String, words: String) -> [Fault] {
        var validation = Validation()
        validation.check(step != nil, at: "/step", "required")
        _ = validation.text(title, at: "/title", limit: Phrase.titleLimit)
        let text = validation.text(words, at: "/words", limit: Phrase.wordsLimit)
        let unknown = places(in: text).first { Place(rawValue: $0) == nil }
        validation.check(unknown == nil, at: "/words", "phrase-place", ["place": unknown ?? ""])
        return validation.faults
    }
}
