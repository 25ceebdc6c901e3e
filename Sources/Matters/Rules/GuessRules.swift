import Directory
import Kernel

/// What a message is about and where, as far as its words say: guesses, for somebody to confirm (domain.md F16, §5).
enum GuessRules {
    /// The category whose words the message has most of, by their length; of several the one with the lower code.
    /// - Returns: nil when nothing in it speaks of any.
    static func category(of words: String, among categories: [Category]) -> String? {
        var best: (code: String, score: Int)?
        for category in categories.sorted(by: { $0.code < $1.code }) {
            let score = terms(of: category).filter(words.contains).reduce(0) { $0 + $1.count }
            if score > best?.score ?? 0 { best = (category.code, score) }
        }
        return best?.code
    }

    /// The words people use for it, and the parts of its own name.
    private static func terms(of category: Category) -> Set<String> {
        let parts = category.nameZh.split { "、，（）()／/ ".contains($0) }.map(String.init)
        return Set(parts.filter { $0.count > 1 } + Taxonomy.keywords[category.code, default: []])
    }

    /// The grid that is named, by its own name or by a lane it has: the longest name counts, then the deeper grid.
    /// - Returns: nil when none is named, or two are alike.
    static func grid(in words: String, among grids: [Grid]) -> ID<GridNode>? {
        let named = grids.compactMap { grid in
            names(of: grid).filter(words.contains).map(\.count).max().map { (grid: grid, length: $0) }
        }
        guard let best = named.map({ ($0.length, $0.grid.level.rawValue) }).max(by: <) else { return nil }
        let alike = named.filter { ($0.length, $0.grid.level.rawValue) == best }
        return alike.count == 1 ? alike[0].grid.id : nil
    }

    /// Its own name and the lanes that its range in words lists: 祠堂路、平安路沿线，门牌 1 号至 60 号.
    private static func names(of grid: Grid) -> [String] {
        let lanes = (grid.boundaryWords ?? "").split { "、，；。,; ".contains($0) }.map { part in
            ["沿线", "一带", "两侧", "片区"].first(where: part.hasSuffix).map { String(part.dropLast($0.count)) } ?? String(part)
        }
        return ([grid.nameZh] + lanes.filter { $0 != "门牌" && $0.allSatisfy(\.isLetter) }).filter { $0.count > 1 }
    }

    /// The door or building that is named, with the lane before it: `平安路12号`, `3号楼2单元`.
    static func spot(in words: String) -> String {
        let door = /(?:\p{Han}{1,4}(?:路|街|巷|弄|小区))?\d{1,4}(?:号楼|栋|幢|号)(?:\d{1,3}单元)?(?:\d{2,4}室)?/
        // The letters before the lane's name may be those of the sentence.
        return words.firstMatch(of: door).map { String($0.output.drop { "在到从去是住".contains($0) }) } ?? ""
    }
}
