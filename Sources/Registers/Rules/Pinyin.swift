import Foundation

/// How names sound, for people who search with a Latin keyboard.
package enum Pinyin {
    /// The syllables a character may be typed as, the usual first; empty for what is not Chinese. ü is typed as v, and by some as u.
    package static func readings(of scalar: Unicode.Scalar) -> [String] {
        guard (first...last).contains(scalar.value) else { return [] }
        let sound = table[Int(scalar.value - first)]
        guard !sound.isEmpty else { return [] }
        return sound.contains("v") ? [sound, sound.replacing("v", with: "u")] : [sound]
    }

    /// The readings of a name's first character: surnames sound otherwise than the same character in other words (曾 is Zeng).
    package static func surnameReadings(of scalar: Unicode.Scalar) -> [String] {
        (surnames[Character(scalar)].map { [$0] } ?? []) + readings(of: scalar)
    }

    /// Surnames of two characters that sound otherwise than their characters.
    package static func doubleSurname(_ name: [Unicode.Scalar]) -> [String]? {
        guard name.count > 2 else { return nil }
        return doubles[String(String.UnicodeScalarView(name.prefix(2)))]
    }

    private static let (first, last): (UInt32, UInt32) = (0x4E00, 0x9FFF)

    /// One sound for each character of the block, from the system's own transliteration. Made once, in a tenth of a second.
    private static let table: [String] = (first...last).map { value in
        guard let scalar = Unicode.Scalar(value),
            let marked = String(Character(scalar)).applyingTransform(.mandarinToLatin, reverse: false)
        else { return "" }
        let typed = marked.precomposedStringWithCanonicalMapping.map { "üǖǘǚǜ".contains($0) ? "v" : String($0) }.joined()
        let plain = typed.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
        return plain.allSatisfy { $0.isASCII && $0.isLetter } ? plain : ""
    }

    private static let surnames: [Character: String] = [
        "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "任": "ren", "盖": "ge", "朴": "piao", "乐": "yue",
        "翟": "zhai", "繁": "po", "折": "she", "秘": "bi", "洗": "xian", "缪": "miao", "覃": "qin", "宓": "mi", "员": "yun", "种": "chong",
        "召": "shao", "那": "na", "葛": "ge", "纪": "ji", "应": "ying", "过": "guo", "逄": "pang", "冼": "xian", "隗": "wei", "牟": "mou",
        "俞": "yu", "车": "che", "石": "shi", "尹": "yin", "句": "gou", "薄": "bo", "都": "du", "柏": "bai", "贾": "jia", "沈": "shen",
        "长": "chang", "晟": "cheng", "黑": "he", "撒": "sa", "哈": "ha", "燕": "yan", "宁": "ning", "华": "hua", "重": "chong",
        "谌": "chen",
        "尉": "wei", "角": "jue", "祭": "zhai", "幺": "yao", "相": "xiang", "殷": "yin", "行": "xing", "盛": "sheng", "教": "jiao",
    ]
    private static let doubles: [String: [String]] = [
        "尉迟": ["yu", "chi"], "万俟": ["mo", "qi"], "长孙": ["zhang", "sun"], "澹台": ["tan", "tai"], "宰父": ["zai", "fu"],
        "鲜于": ["xian", "yu"], "令狐": ["ling", "hu"], "单于": ["chan", "yu"],
    ]
}
