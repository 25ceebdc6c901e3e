import Kernel

/// What somebody said in a group, as it was copied from there.
struct ChatMessage: Hashable, Sendable {
    /// As the group calls them; empty when the text names nobody.
    var sender = ""
    var words: String

    /// Says on, after a mark of punctuation.
    fileprivate mutating func add(_ more: String) {
        guard !more.isEmpty, let last = words.last else { return words += more }
        words += ("。！？，；：!?,;:.".contains(last) ? "" : "，") + more
    }
}

/// Reads what was copied out of a chat group 网格微信群 (domain.md F16): who said what, without the noise around it.
enum ChatRules {
    /// The most lines that are read at once; somebody looks at every draft afterwards.
    static let lineLimit = 500
    /// The most messages that become drafts at once.
    static let messageLimit = 40

    /// Fewer characters are a greeting or a receipt.
    private static let leastWords = 4
    private static let nameLimit = 24
    /// What is no need of anybody, when it is all that is said.
    private static let courtesies: Set<String> = [
        "收到谢谢", "好的谢谢", "谢谢大家", "辛苦大家", "辛苦书记", "大家早上好", "大家晚上好", "早上好", "晚上好", "感谢书记", "收到收到", "非常感谢", "大家辛苦了", "辛苦了谢谢",
    ]
    /// Lines the program puts between what people say.
    private static let notices = ["撤回了一条消息", "加入了群聊", "移出了群聊", "修改群名为", "以下为新消息", "以上是打招呼", "拍了拍"]

    /// Words before a colon that name what follows, not who speaks.
    private static let labels: Set<String> = ["地点", "地址", "位置", "时间", "电话", "问题", "情况", "反映", "诉求", "原因", "注意", "通知"]

    /// In the order they were said. What one person says in a row is one message: people press return instead of a comma.
    static func messages(in text: String) -> [ChatMessage] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(cleaned)
            .filter { line in !notices.contains(where: line.contains) }
        // Where names come with the time, a colon is only a colon.
        let isTimed = lines.contains { beforeTime($0) != nil }
        let heading = { (line: String) in isTimed ? beforeTime(line).map { ($0, "") } : beforeColon(line) }
        let messages = lines.contains { heading($0) != nil } ? named(lines, heading) : nameless(lines)
        return messages.filter { isSubstantial($0.words) }
    }

    private static func named(_ lines: [String], _ heading: (String) -> (String, String)?) -> [ChatMessage] {
        var messages: [ChatMessage] = []
        for line in lines where !line.isEmpty {
            let (name, words) = heading(line) ?? (messages.last?.sender ?? "", line)
            if messages.last?.sender != name { messages.append(ChatMessage(sender: name, words: "")) }
            messages[messages.count - 1].add(words)
        }
        return messages
    }

    /// One a paragraph; one a line when there are no paragraphs.
    private static func nameless(_ lines: [String]) -> [ChatMessage] {
        let paragraphs = lines.split(whereSeparator: \.isEmpty)
        let parts = paragraphs.count > 1 ? paragraphs.map(Array.init) : lines.map { [$0] }
        return parts.map { lines in
            var message = ChatMessage(words: "")
            for line in lines { message.add(line) }
            return message
        }
    }

    private static func isSubstantial(_ words: String) -> Bool {
        let bare = words.filter { $0.isLetter || $0.isNumber }
        return bare.count >= leastWords && !courtesies.contains(bare)
    }

    /// Without what stands for pictures, stickers and whoever was called.
    private static func cleaned(_ line: Substring) -> String {
        var text = String(line).trimmed
        for (opening, closing) in [("[", "]"), ("［", "］")] as [(Character, Character)] {
            while let start = text.firstIndex(of: opening), let end = text[start...].firstIndex(of: closing),
                text.distance(from: start, to: end) <= 12
            {
                text.removeSubrange(start...end)
            }
        }
        while text.hasPrefix("@") || text.hasPrefix("＠") {
            guard let end = text.firstIndex(where: { $0.isWhitespace || $0 == "\u{2005}" }) else { return "" }
            text = String(text[text.index(after: end)...]).trimmed
        }
        return text.trimmed
    }

    /// Who speaks: `林姐:` alone, or `林姐：路灯又不亮了`.
    private static func beforeColon(_ line: String) -> (String, String)? {
        guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let (name, rest) = (String(line[..<colon]).trimmed, String(line[line.index(after: colon)...]).trimmed)
        // A time of day or an address of the web also has a colon.
        let isClock = name.last?.isASCIIDigit ?? false && rest.first?.isASCIIDigit ?? false
        return isName(name) && !labels.contains(name) && !isClock && !rest.hasPrefix("//") ? (name, cleaned(rest[...])) : nil
    }

    /// Who speaks: the name before a time of day at the end of the line, with or without the date.
    private static func beforeTime(_ line: String) -> String? {
        var parts = line.split(whereSeparator: \.isWhitespace)
        guard parts.count > 1, let clock = parts.popLast(), isClock(clock) else { return nil }
        if let last = parts.last, isDate(last) { parts.removeLast() }
        let name = parts.joined(separator: " ")
        return isName(name) ? name : nil
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.count <= nameLimit && !text.contains { "。，！？,!?；;".contains($0) }
    }

    private static func isClock(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return (2...3).contains(parts.count) && parts.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) }
    }

    private static func isDate(_ text: Substring) -> Bool {
        let marks: Set<Character> = ["/", "-", ".", "年", "月", "日"]
        if ["昨天", "今天", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"].contains(text) { return true }
        return text.contains(where: marks.contains) && text.allSatisfy { $0.isASCIIDigit || marks.contains($0) }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
