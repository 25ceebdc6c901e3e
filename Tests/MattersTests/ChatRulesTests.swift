import Directory
import Kernel
import Testing

@testable import Matters

struct ChatRulesTests {
    typealias Said = ChatMessage

    @Test(
        arguments: [
            // The computer's program copies a name with a time, and the words below.
            (
                "林姐 2026/11/24 09:15\n路灯又不亮了\n春晖小区门口\n老陈 11-24 9:16:02\n我家这边也不亮",
                [
                    Said(sender: "林姐", words: "路灯又不亮了，春晖小区门口"), Said(sender: "老陈", words: "我家这边也不亮"),
                ]
            ),
            // Where names come with the time, a colon is only a colon.
            ("林姐 昨天 09:15\n地方：三里巷12号\n时间：晚上十点", [Said(sender: "林姐", words: "地方：三里巷12号，时间：晚上十点")]),
            // The telephone's program puts a colon after the name.
            (
                "林姐:\n巷口垃圾没人清\n\n老陈：楼道有人给电动车充电",
                [
                    Said(sender: "林姐", words: "巷口垃圾没人清"), Said(sender: "老陈", words: "楼道有人给电动车充电"),
                ]
            ),
            ("林姐：井盖破了\n林姐：在平安路口", [Said(sender: "林姐", words: "井盖破了，在平安路口")]),
            // Nobody is named: a line is a message, or a paragraph is.
            ("路灯不亮了\n井盖破了一个", [Said(words: "路灯不亮了"), Said(words: "井盖破了一个")]),
            ("路灯不亮了\n三天了\n\n井盖破了一个", [Said(words: "路灯不亮了，三天了"), Said(words: "井盖破了一个")]),
            ("地点：三里巷路灯坏了", [Said(words: "地点：三里巷路灯坏了")]),
            ("9:15 开始停水了", [Said(words: "9:15 开始停水了")]),
            // Noise.
            (
                "林姐：收到\n老陈：[强][强]\n阿明：@所有人 今天停水了吗\n“阿花”撤回了一条消息\n林姐：谢谢大家！",
                [
                    Said(sender: "阿明", words: "今天停水了吗")
                ]
            ),
            ("", []), ("\n \n", []), ("@所有人", []), ("[图片]", []), ("👍👍👍👍👍", []),
            // An unclosed bracket and a lone colon are words.
            ("[图片 路灯坏了", [Said(words: "[图片 路灯坏了")]), ("：路灯坏了呀", [Said(words: "：路灯坏了呀")]),
            ("林姐：见 https://example.invalid 路灯", [Said(sender: "林姐", words: "见 https://example.invalid 路灯")]),
        ] as [(String, [ChatMessage])])
    func `a group's text is split into what each person said`(_ text: String, _ messages: [ChatMessage]) {
        #expect(ChatRules.messages(in: text) == messages)
        #expect(ChatRules.messages(in: text.replacing("\n", with: "\r\n")) == messages)
    }

    @Test(
        arguments: [
            ("三里巷的路灯不亮了", "0101"), ("整条路灯老化，路灯改造什么时候", "0102"), ("楼道里电动车飞线充电", "0303"), ("隔壁装修噪音很吵", "0502"),
            ("有人冒充公安骗老人的钱", "0501"), ("停水一天了", "0104"), ("今天天气不错", nil), ("", nil),
            // As many words of one as of the other: the lower code.
            ("路灯和井盖", "0101"),
        ] as [(String, String?)])
    func `the category with most of its words in the message is guessed`(_ words: String, _ code: String?) {
        #expect(GuessRules.category(of: words, among: Taxonomy.default.categories) == code)
    }

    @Test func `every word to guess by belongs to a category of the default taxonomy`() {
        #expect(Set(Taxonomy.keywords.keys) == Set(Taxonomy.default.categories.map(\.code)))
    }

    private static let ids = (0..<5).map { ID<GridNode>(.version7(at: Instant(milliseconds: Int64($0)), random: (0, 0))) }
    private static let grids = [
        grid(0, .one, "安平社区", nil), grid(1, .two, "第一网格", "祠堂路、平安路沿线，门牌 1 号至 60 号"), grid(2, .two, "第二网格", "平安路、果园路一带"),
        grid(3, .three, "春晖小区", nil), grid(4, .three, "春晖小区二期", nil),
    ]

    private static func grid(_ index: Int, _ level: GridLevel, _ name: String, _ range: String?) -> Grid {
        Grid(
            id: ids[index], parent: nil, level: level, kind: .village, codeSystem: "nbs", code: "\(index)", nameZh: name,
            boundaryWords: range,
            validFrom: Day("2024-01-01") ?? Day(ordinal: 0))
    }

    @Test(
        arguments: [
            ("春晖小区门口", 3), ("春晖小区二期门口", 4), ("祠堂路口垃圾", 1), ("果园路积水", 2), ("安平社区哪里办", 0),
            // A lane that two grids have says nothing; nor does a word of the range that is no lane.
            ("平安路路灯", nil), ("门牌掉了", nil), ("哪里都不是", nil),
        ] as [(String, Int?)])
    func `the place is the longest name in the words`(_ words: String, _ index: Int?) {
        #expect(GuessRules.grid(in: words, among: Self.grids) == index.map { Self.ids[$0] })
    }

    @Test(
        arguments: [
            ("在平安路12号门口", "平安路12号"), ("3号楼2单元401室漏水", "3号楼2单元401室"), ("春晖小区5栋", "春晖小区5栋"), ("三天没水", ""), ("电话13800000000", ""),
        ])
    func `the spot is the door or building that is named`(_ words: String, _ spot: String) {
        #expect(GuessRules.spot(in: words) == spot)
    }

    @Test func `what several say of one thing is one draft with all of them`() {
        let said = [
            Said(sender: "林姐", words: "春晖小区路灯不亮"), Said(sender: "老陈", words: "春晖小区路灯又坏了"), Said(sender: "林姐", words: "春晖小区路灯不亮"),
            Said(sender: "阿明", words: "春晖小区5栋路灯不亮"), Said(sender: "阿花", words: "大家晚上吃什么呀"), Said(words: "祠堂路井盖破了"),
        ]
        let drafts = ChatDraft.drafts(of: said, in: Self.ids[0], grids: Self.grids, categories: Taxonomy.default.categories)
        #expect(
            drafts == [
                ChatDraft(senders: ["林姐", "老陈"], words: "春晖小区路灯不亮\n春晖小区路灯又坏了", category: "0101", grid: Self.ids[3], spot: ""),
                ChatDraft(senders: ["阿明"], words: "春晖小区5栋路灯不亮", category: "0101", grid: Self.ids[3], spot: "春晖小区5栋"),
                ChatDraft(senders: ["阿花"], words: "大家晚上吃什么呀", category: nil, grid: Self.ids[0], spot: ""),
                ChatDraft(senders: [], words: "祠堂路井盖破了", category: "0103", grid: Self.ids[1], spot: ""),
            ])
    }
}
