package import Directory
import Foundation
package import Identity
package import Kernel
import Registers
package import Storage

/// Firms, small shops and units of the grids. 企业和五小门店
package struct EnterprisesKind: ImportKind {
    let directory: DirectoryCache
    let vault: Vault

    package init(directory: DirectoryCache, vault: Vault) {
        self.directory = directory
        self.vault = vault
    }

    package let name = "enterprises"
    package let permission = Permission.editResident
    package let fields = [
        ImportField("village", .text(limit: 60), "村（社区）", "村", "社区", "村居", "所属村", "所属社区", "行政村", "Village", "Community"),
        ImportField("grid", .text(limit: 60), isRequired: true, "网格", "所属网格", "网格名称", "所在网格", "网格编码", "Grid"),
        ImportField("name", .text(limit: 80), isRequired: true, "企业名称", "单位名称", "店名", "门店名称", "商户名称", "字号", "名称", "Name"),
        ImportField("code", .code(limit: 30), isUnique: true, "统一社会信用代码", "信用代码", "社会信用代码", "营业执照号", "Credit code", "Code"),
        ImportField("reason", .text(limit: 60), "没有代码的原因", "无代码原因", "未办证原因", "Why there is no code"),
        ImportField(
            "kind",
            .choice([
                ("firm", ["企业", "公司", "工厂", "Firm"]), ("smallShop", ["五小门店", "五小", "门店", "小店", "个体", "个体户", "个体工商户", "Shop"]),
                ("institution", ["学校医院等单位", "单位", "机构", "Institution"]),
            ]), "类别", "类型", "企业类型", "单位类型", "Kind", "Type"),
        ImportField(
            "trade",
            .choice([
                ("machinery", ["机械"]), ("footwear", ["鞋服", "制鞋", "服装"]), ("textiles", ["纺织"]), ("foodstuffs", ["食品"]),
                ("packaging", ["包装印刷", "包装", "印刷"]), ("logistics", ["物流"]), ("wholesale", ["批发"]),
                ("retail", ["零售", "超市", "商店"]),
                ("catering", ["餐饮", "小餐饮", "小吃"]), ("lodging", ["住宿", "旅店", "小旅店"]), ("bathing", ["洗浴足浴", "浴室", "小浴室"]),
                ("beauty", ["美容美发", "小美容美发", "理发"]), ("entertainment", ["歌舞游艺", "歌舞厅", "小歌舞厅"]), ("repair", ["修理", "维修"]),
                ("medicine", ["医药", "药店", "诊所"]), ("education", ["教育培训", "教育", "培训"]), ("other", ["其他行业", "其他"]),
            ]), "行业", "所属行业", "经营范围", "行业类别", "Trade"),
        ImportField("address", .text(limit: 80), isRequired: true, "地址", "经营地址", "注册地址", "详细地址", "门牌号", "Address"),
        ImportField("contact", .name(limit: 40), "联系人", "负责人", "经营者", "法定代表人", "法人", "Contact"),
        ImportField("phone", .phone, "联系电话", "电话", "手机", "手机号码", "Phone"),
        ImportField("headcount", .whole(0...1_000_000), "从业人数", "员工人数", "职工人数", "人数", "Headcount"),
    ]

    package func session(_ tx: any Transaction, _ context: ImportContext) throws -> any ImportSession {
        let tree = try directory.tree(tx, town: context.principal.town, day: context.today)
        return EnterprisesSession(tx, GridFinder(tree, in: context.scope), context, vault)
    }
}

private final class EnterprisesSession: ImportSession {
    private let tx: any Transaction
    private let finder: GridFinder
    private let context: ImportContext
    private let store: EnterpriseStore

    init(_ tx: any Transaction, _ finder: GridFinder, _ context: ImportContext, _ vault: Vault) {
        self.tx = tx
        self.finder = finder
        self.context = context
        store = EnterpriseStore(tx, town: context.principal.town, vault: vault)
    }

    func write(_ row: ImportValues, as id: UUID) throws -> [ImportEntry] {
        let village: ID<GridNode>? =
            if let text = row["village"] { try finder.find(text, levels: [.one], field: "village") } else { nil }
        let grid = try finder.find(row["grid"] ?? "", in: village, levels: [.one, .two, .three], field: "grid")
        let draft = EnterpriseDraft(
            grid: grid, kind: row["kind"].flatMap { Enterprise.Kind(rawValue: $0) } ?? .firm,
            trade: row["trade"].flatMap { Enterprise.Trade(rawValue: $0) } ?? .other, name: row["name"] ?? "",
            code: row["code"] ?? "",
            noCodeReason: row["reason"] ?? "", address: row["address"] ?? "", contact: row["contact"] ?? "", phone: row["phone"],
            headcount: row["headcount"].flatMap { Int($0) })
        let checked = try EnterpriseRules.check(draft)
        if let code = checked.code, try store.holder(of: code) != nil { throw Invalid("/code", "credit-taken") }
        let firm = Enterprise(
            id: ID(id), grid: grid, kind: draft.kind, trade: draft.trade, name: checked.name, code: checked.code,
            noCodeReason: checked.noCodeReason, address: checked.address, contact: checked.contact, headcount: draft.headcount,
            term: Term(from: context.today, to: nil))
        try store.insert(firm, phone: checked.phone)
        try RegisterEventStore(tx, town: context.principal.town).append(
            RegisterEvent(
                id: context.ambient.newID(), at: context.ambient.now(), account: context.principal.account,
                post: context.principal.post,
                act: "enterprise.enter", subject: ID(id), grid: grid, detail: ["name": firm.name, "import": context.source],
                digest: context.source))
        return [ImportEntry("enterprise", firm.id.description)]
    }

    func undo(_ entry: ImportEntry) throws {
        guard let id = ID<Enterprise>(entry.subject) else { return }
        try store.delete(id)
    }
}
