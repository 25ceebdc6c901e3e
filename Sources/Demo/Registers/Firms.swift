import Directory
import Kernel
import Registers

/// Enterprises and small shops that do not exist: 173 firms in 安平 (F24: 170多家), 212 shops in 兴胜 (F26: 200多家), a few elsewhere.
struct Firms: Sendable {
    private var chance: Chance
    private let plan: TownPlan
    private var number = 0

    init(_ plan: TownPlan) {
        self.plan = plan
        chance = Chance(seed: plan.seed, "firms")
    }

    struct Firm: Sendable {
        let enterprise: Enterprise
        let phone: Telephone?
    }

    mutating func make() -> [Firm] {
        plan.grids.villages.flatMap { village -> [Firm] in
            switch village.draft.entry.serial {
            case VillageList.anping:
                let works = village.leaves.filter { $0.grid.kind == .enterprise }
                return (0..<173).map { _ in firm(in: works.isEmpty || chance.happens(200) ? village.leaves : works) }
                    + (0..<24).map { _ in shop(in: village.leaves) }
            case VillageList.xingsheng:
                return (0..<212).map { _ in shop(in: village.leaves.filter { $0.grid.kind != .exclusive }) }
            default:
                let (firms, shops) = (chance.within(1...4), chance.within(2...6))
                return (0..<firms).map { _ in firm(in: village.leaves) } + (0..<shops).map { _ in shop(in: village.leaves) }
            }
        }
    }

    private static let brands = Array("安泰鑫源恒达宏顺华盛嘉利信诚永兴德隆万和金龙海联晟凯").map(String.init)
    private static let works: [(trade: Enterprise.Trade, word: String)] = [
        (.machinery, "机械"), (.machinery, "五金"), (.footwear, "鞋材"), (.footwear, "鞋业"), (.textiles, "纺织"), (.textiles, "织造"),
        (.foodstuffs, "食品"), (.packaging, "包装"), (.packaging, "彩印"), (.logistics, "物流"), (.wholesale, "贸易"),
    ]
    private static let shops: [(trade: Enterprise.Trade, word: String)] = [
        (.catering, "小吃店"), (.catering, "面馆"), (.catering, "卤味店"), (.lodging, "旅社"), (.beauty, "理发店"), (.beauty, "美容店"),
        (.bathing, "足浴店"), (.entertainment, "棋牌室"), (.retail, "食杂店"), (.retail, "日用百货"), (.repair, "修车铺"), (.repair, "家电维修"),
        (.medicine, "药店"), (.retail, "服装店"), (.retail, "水果店"),
    ]

    private mutating func firm(in leaves: [Leaf]) -> Firm {
        let work = chance.pick(Self.works)
        let name = "泉州市" + chance.pick(Self.brands) + chance.pick(Self.brands) + work.word + "有限公司（演示）"
        return enterprise(.firm, work.trade, name, in: leaves, prefix: "91", hasCode: true, people: chance.within(6...320))
    }

    private mutating func shop(in leaves: [Leaf]) -> Firm {
        let shop = chance.pick(Self.shops)
        let name =
            chance.pick(["阿", "老", ""]) + chance.pick(Self.brands) + chance.pick(["记", "家", "姐", ""]) + shop.word + "（演示）"
        return enterprise(
            .smallShop, shop.trade, name, in: leaves, prefix: "92", hasCode: chance.happens(860), people: chance.within(1...5))
    }

    private mutating func enterprise(
        _ kind: Enterprise.Kind, _ trade: Enterprise.Trade, _ name: String, in leaves: [Leaf], prefix: String, hasCode: Bool,
        people: Int
    ) -> Firm {
        let leaf = chance.pick(leaves)
        let since = plan.time.today.adding(days: -chance.within(60...3500))
        let code = hasCode ? code(prefix) : nil
        let firm = Enterprise(
            id: chance.newID(at: plan.time.installed.instant(hour: 14)), grid: leaf.grid.id, kind: kind, trade: trade, name: name,
            code: code, noCodeReason: code == nil ? chance.pick(["正在办理营业执照", "家庭作坊，尚未办照", "流动摊改固定，待登记"]) : nil,
            address: "\(chance.pick(leaf.lanes))\(chance.within(1...160))号", contact: nil, headcount: people,
            term: Term(from: since, to: nil))
        return Firm(enterprise: firm, phone: chance.happens(900) ? Telephone(DemoPhones.mobile(chance.next())) : nil)
    }

    /// A code whose checks are right and whose division, 350599, has never been one.
    private mutating func code(_ prefix: String) -> CreditCode? {
        number += 1
        let base = "D" + String(repeating: "0", count: 7 - String(number).count) + String(number)
        for check in "0123456789X" {
            for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" {
                if let code = try? CreditCode(reading: prefix + "350599" + base + String(check) + String(last)) { return code }
            }
        }
        return nil
    }
}
