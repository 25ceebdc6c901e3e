package import Directory
import Foundation
package import Identity
package import Kernel
import Registers
import Spreadsheets
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
        ImportField("village", .text(limit: 60), names: ColumnNames.village),
        ImportField("grid", .text(limit: 60), isRequired: true, names: ColumnNames.grid),
        ImportField("name", .text(limit: 80), isRequired: true, names: ColumnNames.firm),
        ImportField("code", .code(limit: 30), isUnique: true, names: ColumnNames.creditCode),
        ImportField("reason", .text(limit: 60), names: ColumnNames.noCodeReason),
        ImportField(
            "kind",
            .choice([
                ("firm", ["企业", "公司", "工厂", "Firm"]), ("smallShop", ["五小门店", "五小", "门店", "小店", "个体", "个体户", "个体工商户", "Shop"]),
                ("institution", ["学校医院等单位", "单位", "机构", "Institution"]),
            ]), names: ColumnNames.firmKind),
        ImportField(
            "trade",
            .choice([
                ("machinery", ["机械"]), ("footwear", ["鞋服", "制鞋", "服装"]), ("textiles", ["纺织"]), ("foodstuffs", ["食品"]),
                ("packaging", ["包装印刷", "包装", "印刷"]), ("logistics", ["物流"]), ("wholesale", ["批发"]),
                ("retail", ["零售", "超市", "商店"]),
                ("catering", ["餐饮", "小餐饮", "小吃"]), ("lodging", ["住宿", "旅店", "小旅店"]), ("bathing", ["洗浴足浴", "浴室", "小浴室"]),
                ("beauty", ["美容美发", "小美容美发", "理发"]), ("entertainment", ["歌舞游艺", "歌舞厅", "小歌舞厅"]), ("repair", ["修理", "维修"]),
                ("medicine", ["医药", "药店", "诊所"]), ("education", ["教育培训", "教育", "培训"]), ("other", ["其他行业", "其他"]),
            ]), names: ColumnNames.trade),
        ImportField("address", .text(limit: 80), isRequired: true, names: ColumnNames.premises),
        ImportField("contact", .name(limit: 40), names: ColumnNames.contact),
        ImportField("phone", .phone, names: ColumnNames.firmPhone),
        ImportField("headcount", .whole(0...1_000_000), names: ColumnNames.headcount),
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

    func write(_ row: ImportRow) throws -> RowOutcome {
        let (row, id) = (row.values, row.id)
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
        if try isKnown(checked, in: grid) { return RowOutcome(.unchanged) }
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
        return RowOutcome(.new, [ImportEntry("enterprise", firm.id.description)])
    }

    /// Whether the firm is registered as the row says: by its code and name, or without a code by name and address in its grid.
    /// - Throws: ``Invalid`` when another firm has the code, or one out of reach.
    private func isKnown(_ checked: EnterpriseRules.Checked, in grid: ID<GridNode>) throws -> Bool {
        guard let code = checked.code else {
            return try store.standing(named: checked.name, at: checked.address, in: grid) != nil
        }
        guard let holder = try store.holder(of: code) else { return false }
        guard let known = try store.find(holder, in: context.scope), known.name == checked.name else {
            throw Invalid("/code", "credit-taken")
        }
        return true
    }

    func undo(_ entry: ImportEntry) throws {
        guard let id = ID<Enterprise>(entry.subject) else { return }
        try store.delete(id)
    }
}
