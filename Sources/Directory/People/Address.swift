/// Where a household lives: in the words people use, and taken apart as far as they say (F27: "××巷12号" is a whole address).
package struct Address: Sendable, Hashable {
    /// What is shown and searched, such as `平安巷12号` or `春晖小区3号楼2单元501室`.
    package var words: String
    package var lane: String?
    package var door: String?
    package var estate: String?
    package var building: String?
    package var unit: String?
    package var room: String?

    package init(
        words: String = "", lane: String? = nil, door: String? = nil, estate: String? = nil, building: String? = nil,
        unit: String? = nil, room: String? = nil
    ) {
        self.lane = lane
        self.door = door
        self.estate = estate
        self.building = building
        self.unit = unit
        self.room = room
        let composed = [
            lane, door.map { $0.hasSuffix("号") ? $0 : "\($0)号" }, estate,
            building.map { Self.ending($0, ["楼", "栋", "幢", "座"], "号楼") },
            unit.map { Self.ending($0, ["单元", "梯"], "单元") }, room.map { Self.ending($0, ["室", "房"], "室") },
        ].compactMap(\.self).joined()
        self.words = words.isEmpty ? composed : words
    }

    private static func ending(_ text: String, _ endings: [String], _ usual: String) -> String {
        endings.contains(where: text.hasSuffix) ? text : text + usual
    }

    /// Takes words apart: whatever ends in 小区, 花园, 苑, 巷, 路, 号楼, 单元, 室 and the like. What no ending explains stays in the words only.
    package init(reading text: String) {
        words = Self.plain(text)
        var rest = Substring(words)
        estate = Self.take(&rest, upTo: ["小区", "花园", "花苑", "家园", "公寓", "广场", "大厦", "新村", "苑", "宿舍"], withDigits: false)
        if estate == nil { lane = Self.take(&rest, upTo: ["巷", "弄", "路", "街", "里", "埕", "境", "组"], withDigits: true) }
        building = Self.number(&rest, ["号楼", "幢", "栋", "座", "楼"])
        if building == nil { door = Self.number(&rest, ["号之一", "号"]) }
        if building == nil { building = Self.number(&rest, ["号楼", "幢", "栋", "座"]) }
        unit = Self.number(&rest, ["单元", "梯"])
        room = Self.number(&rest, ["室", "房"])
    }

    /// Half-width digits and letters, no blanks, a hyphen for every dash.
    static func plain(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: plain.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case 0x2010...0x2015: plain.append("-")
            case 0x3000, 0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x200B: continue
            default: plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }

    /// Everything up to and with the first of `endings`.
    private static func take(_ rest: inout Substring, upTo endings: [String], withDigits: Bool) -> String? {
        let scalars = rest.unicodeScalars
        let found = scalars.indices.lazy.compactMap { start in
            let tail = scalars[start...]
            return endings.lazy.map(\.unicodeScalars).first { tail.starts(with: $0) }.map {
                scalars.index(start, offsetBy: $0.count)
            }
        }.first
        guard let end = found, end > rest.startIndex else { return nil }
        let taken = rest[..<end]
        guard taken.count > 1, withDigits || !taken.contains(where: \.isNumber) else { return nil }
        rest = rest[end...]
        return String(taken)
    }

    /// The digits and letters before the first of `endings`, if the rest begins with them.
    private static func number(_ rest: inout Substring, _ endings: [String]) -> String? {
        let digits = rest.prefix { $0.isNumber || ($0.isASCII && $0.isLetter) || $0 == "-" }
        guard !digits.isEmpty, digits.count <= 12, let ending = endings.first(where: { rest[digits.endIndex...].hasPrefix($0) })
        else { return nil }
        rest = rest[digits.endIndex...].dropFirst(ending.count)
        return String(digits)
    }
}
