package import Directory
import Foundation
package import Identity
package import Kernel
import Registers
import Spreadsheets
package import Storage

/// Houses, flats, shop fronts and workshops with whose they are. 房屋
package struct PropertiesKind: ImportKind {
    let directory: DirectoryCache
    let vault: Vault

    package init(directory: DirectoryCache, vault: Vault) {
        self.directory = directory
        self.vault = vault
    }

    package let name = "properties"
    package let permission = Permission.editResident
    package let fields = [
        ImportField("village", .text(limit: 60), names: ColumnNames.village),
        ImportField("grid", .text(limit: 60), isRequired: true, names: ColumnNames.grid),
        ImportField("address", .text(limit: 80), isRequired: true, names: ColumnNames.propertyAddress),
        ImportField(
            "kind",
            .choice([
                ("house", ["自建房", "民房", "House"]), ("flat", ["套房", "商品房", "单元房", "Flat"]),
                ("shop", ["店面", "店铺", "商铺", "Shop"]),
                ("workshop", ["厂房、作坊", "厂房", "作坊", "厂房作坊", "Factory or workshop"]), ("warehouse", ["仓库", "Warehouse"]),
                ("other", ["其他", "Other"]),
            ]), names: ColumnNames.propertyKind),
        ImportField(
            "use",
            .choice([
                ("selfLived", ["自住", "自用", "Lived in by the owner"]), ("whollyLet", ["出租", "整幢出租", "整套出租", "全部出租", "Let"]),
                ("partlyLet", ["部分出租", "Partly let"]), ("business", ["自己经营", "自营", "经营", "Owner’s business"]),
                ("vacant", ["空置", "闲置", "Empty"]),
            ]), isRequired: true, names: ColumnNames.propertyUse),
        ImportField("rooms", .whole(1...PropertyRules.mostRooms), names: ColumnNames.roomsLet),
        ImportField("owner", .name(limit: 60), names: ColumnNames.owner),
        ImportField(
            "ownerKind",
            .choice([
                ("person", ["个人", "私人", "Person"]), ("enterprise", ["企业或门店", "企业", "公司", "门店", "Firm or shop"]),
                ("organisation", ["组织", "集体", "村集体", "Organisation"]),
            ]), names: ColumnNames.ownerKind),
        ImportField("phone", .phone, names: ColumnNames.ownerPhone),
    ]

    package func session(_ tx: any Transaction, _ context: ImportContext) throws -> any ImportSession {
        PropertiesSession(tx, try directory.tree(tx, town: context.principal.town, day: context.today), context, vault)
    }
}

private final class PropertiesSession: ImportSession {
    private let finder: GridFinder
    private let context: ImportContext
    private let book: PropertyBook
    private let store: PropertyStore
    private let history: RegisterEventStore

    init(_ tx: any Transaction, _ tree: GridTree, _ context: ImportContext, _ vault: Vault) {
        let town = context.principal.town
        self.context = context
        finder = GridFinder(tree, in: context.scope)
        book = PropertyBook(tx, town: town, vault: vault, tree: tree, on: context.today)
        store = PropertyStore(tx, town: town, vault: vault)
        history = RegisterEventStore(tx, town: town)
    }

    /// One that stands at the address already stays as it is.
    func write(_ row: ImportRow) throws -> RowOutcome {
        let draft = try draft(row.values)
        if try book.standing(at: draft.address, in: draft.grid) != nil { return RowOutcome(.unchanged) }
        let property = try book.enter(draft, as: ID(row.id))
        try history.append(
            RegisterEvent(
                id: context.ambient.newID(), at: context.ambient.now(), account: context.principal.account,
                post: context.principal.post, act: "property.enter", subject: ID(row.id), grid: property.grid,
                detail: ["import": context.source], digest: context.source))
        return RowOutcome(.new, [ImportEntry("property", property.id.description)])
    }

    private func draft(_ row: ImportValues) throws -> PropertyDraft {
        let village: ID<GridNode>? =
            if let text = row["village"] { try finder.find(text, levels: [.one], field: "village") } else { nil }
        let grid = try finder.find(row["grid"] ?? "", in: village, levels: [.one, .two, .three], field: "grid")
        // A name alone is a person's: sheets of villages seldom say more.
        let said = row["ownerKind"].flatMap { Property.Owner.Kind(rawValue: $0) }
        return PropertyDraft(
            grid: grid, address: Address(reading: row["address"] ?? ""),
            kind: row["kind"].flatMap { Property.Kind(rawValue: $0) } ?? .house,
            use: row["use"].flatMap { Property.Use(rawValue: $0) } ?? .selfLived, roomsLet: row["rooms"].flatMap { Int($0) },
            ownerKind: said ?? (row["owner"] == nil ? nil : .person), owner: row["owner"] ?? "", phone: row["phone"])
    }

    /// What somebody has changed since stays.
    func undo(_ entry: ImportEntry) throws {
        guard let id = ID<Property>(entry.subject), let property = try store.find(id, in: .town) else { return }
        guard property.version == 1 else { throw ChangedSince() }
        try store.delete(id)
    }
}
