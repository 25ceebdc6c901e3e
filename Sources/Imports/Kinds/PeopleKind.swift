package import Directory
import Foundation
package import Identity
package import Kernel
import Registers
package import Storage

/// People with the households they live in: a village's 花名册. 居民
package struct PeopleKind: ImportKind {
    let directory: DirectoryCache
    let vault: Vault

    package init(directory: DirectoryCache, vault: Vault) {
        self.directory = directory
        self.vault = vault
    }

    package let name = "people"
    package let permission = Permission.editResident
    package let fields = [
        ImportField("village", .text(limit: 60), "村（社区）", "村", "社区", "村居", "所属村", "所属社区", "行政村", "Village", "Community"),
        ImportField("grid", .text(limit: 60), isRequired: true, "网格", "所属网格", "网格名称", "所在网格", "网格编码", "Grid"),
        ImportField("address", .text(limit: 120), isRequired: true, "住址", "现住址", "居住地址", "家庭住址", "现居住地", "地址", "门牌号", "Address"),
        ImportField("name", .name(limit: 40), isRequired: true, "姓名", "居民姓名", "Name"),
        ImportField(
            "document", .identity, isUnique: true, "身份证号码", "身份证号", "公民身份号码", "身份证", "证件号码", "证件号", "ID number", "Identity number"
        ),
        ImportField("sex", .choice([("male", ["男", "男性", "M"]), ("female", ["女", "女性", "F"])]), "性别", "Sex", "Gender"),
        ImportField("birth", .day, "出生日期", "出生年月日", "出生年月", "生日", "Birth", "Date of birth"),
        ImportField("phone", .phone, "手机", "手机号", "手机号码", "联系电话", "联系方式", "电话", "Phone", "Mobile"),
        ImportField("relation", .text(limit: 20), "与户主关系", "与户主的关系", "户主关系", "关系", "Relation", "Relation to head"),
        ImportField(
            "kind",
            .choice([
                ("registered", ["户籍", "户籍人口", "常住", "常住人口", "本地", "Registered"]),
                ("floating", ["流动人口", "流动", "外来", "外来人口", "Floating"]),
                ("tenant", ["租户", "租客", "承租人", "Tenant"]), ("owner", ["业主", "房主", "Owner"]),
            ]), "人员类别", "居住类别", "人口类别", "户籍类别", "人口类型", "Kind", "Type"),
        ImportField("party", .flag, "是否党员", "党员", "Party member"),
        ImportField("from", .day, "入住日期", "居住起始日期", "来本地日期", "From", "Since"),
    ]

    package func session(_ tx: any Transaction, _ context: ImportContext) throws -> any ImportSession {
        let tree = try directory.tree(tx, town: context.principal.town, day: context.today)
        return PeopleSession(tx, PeopleReader(tree, context), context, vault)
    }

    package func checker(_ tx: any Transaction, _ context: ImportContext) throws -> (any RowChecker)? {
        PeopleReader(try directory.tree(tx, town: context.principal.town, day: context.today), context)
    }
}

/// What one row says, by the rules of the registers.
struct PeopleReader: RowChecker {
    struct Found: Sendable {
        let grid: ID<GridNode>
        let address: Address
        let person: CheckedPerson
        let kind: Residency.Kind
        let relation: String?
        let from: Day
        var isHead: Bool { relation == "户主" || relation == "本人" }
    }

    private let finder: GridFinder
    private let today: Day

    init(_ tree: GridTree, _ context: ImportContext) {
        finder = GridFinder(tree, in: context.scope)
        today = context.today
    }

    func check(_ row: ImportValues) throws { _ = try read(row) }

    func read(_ row: ImportValues) throws(Invalid) -> Found {
        var faults: [Fault] = []
        var grid: ID<GridNode>?
        do throws(Invalid) {
            let village: ID<GridNode>? =
                if let text = row["village"] { try finder.find(text, levels: [.one], field: "village") } else { nil }
            grid = try finder.find(row["grid"] ?? "", in: village, levels: [.one, .two, .three], field: "grid")
        } catch {
            faults += error.faults
        }
        let draft = PersonDraft(
            name: row["name"] ?? "", sex: row["sex"].flatMap { PersonRecord.Sex(rawValue: $0) }, birth: row.day("birth"),
            document: row["document"] ?? "", phones: row["phone"].map { [$0] } ?? [], isPartyMember: row["party"] == "1")
        let from = row.day("from") ?? today
        faults += PersonRules.faults(of: Term(from: from, to: nil), today: today)
        do throws(Invalid) {
            let person = try PersonRules.check(draft, on: today)
            guard faults.isEmpty, let grid else { throw Invalid(faults) }
            return Found(
                grid: grid, address: Address(reading: row["address"] ?? ""), person: person,
                kind: row["kind"].flatMap { Residency.Kind(rawValue: $0) } ?? .registered, relation: row["relation"], from: from)
        } catch {
            throw Invalid(faults == error.faults ? faults : faults + error.faults).naming(["phones/0": "phone"])
        }
    }
}
