/// Invented people: surnames as frequent as south of Quanzhou, given names drawn from characters. Nobody in particular.
struct Names: Sendable {
    private let surnames = Weighted<String>([
        ("陈", 110), ("林", 80), ("黄", 70), ("许", 60), ("蔡", 60), ("吴", 50), ("王", 50), ("张", 45), ("李", 45), ("洪", 40), ("郑", 35),
        ("曾", 35), ("颜", 35), ("施", 25), ("庄", 25), ("苏", 25), ("杨", 25), ("柯", 22), ("高", 18), ("谢", 16), ("郭", 16),
        ("叶", 14), ("何", 14), ("周", 14), ("伍", 10), ("龚", 8), ("卢", 8), ("萧", 8), ("丁", 8), ("倪", 6), ("史", 5), ("桂", 3),
    ])
    private let middles = Array("志文家明建国美秀丽雅淑玉金水天永清少培思晓燕碧景振荣宗德锦荷素宝启育诗婉尔子嘉宇梓").map(String.init)
    private let ends = Array("强伟华芳玲英珍辉煌龙彬鹏杰勇平安康宁娟萍琴珠云霞梅兰凤莲斌山海江川林森泉源良善仁义婷琳怡涵轩辰").map(String.init)

    func surname(_ chance: inout Chance) -> String { surnames.pick(&chance) }

    func name(_ surname: String, _ chance: inout Chance) -> String {
        chance.happens(850) ? surname + chance.pick(middles) + chance.pick(ends) : surname + chance.pick(ends)
    }

    func name(_ chance: inout Chance) -> String { name(surname(&chance), &chance) }
}
