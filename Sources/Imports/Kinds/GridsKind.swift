package import Directory
import Foundation
package import Identity
package import Kernel
package import Storage

/// Grids of level 2 and 3 under the villages. 网格
package struct GridsKind: ImportKind {
    let directory: DirectoryCache
    let vault: Vault

    package init(directory: DirectoryCache, vault: Vault) {
        self.directory = directory
        self.vault = vault
    }

    package let name = "grids"
    package let permission = Permission.directoryEdit
    package let fields = [
        ImportField("village", .text(limit: 60), "村（社区）", "村", "社区", "村居", "所属村", "所属社区", "行政村", "一级网格", "Village", "Community"),
        ImportField("parent", .text(limit: 60), "上级网格", "所属网格", "二级网格", "所属二级网格", "Parent grid", "Parent"),
        ImportField(
            "name", .text(limit: 40), isRequired: true, "网格名称", "名称", "三级网格", "小网格", "微网格", "网格", "Grid", "Name", "Grid name"),
        ImportField("code", .digits(limit: 20), isUnique: true, "网格编码", "编码", "网格代码", "代码", "编号", "网格编号", "Code", "Grid code"),
        ImportField(
            "kind",
            .choice([
                ("residential", ["住户区", "居住区", "自然村", "普通网格", "住宅", "Residential"]), ("estate", ["小区", "住宅小区", "Estate"]),
                ("building", ["楼栋", "楼宇", "Building"]), ("enterprise", ["企业", "企业网格", "Enterprise"]),
                ("exclusive", ["专属网格", "专属", "Exclusive"]),
            ]), "网格类别", "网格类型", "类别", "类型", "Kind", "Type"),
        ImportField("nameEn", .text(limit: 80), "英文名称", "英文名", "English name"),
        ImportField("unit", .text(limit: 80), "责任单位", "专属单位", "Responsible unit", "Unit"),
        ImportField("boundary", .text(limit: 500), "范围", "网格范围", "四至", "四至范围", "Boundary", "Range"),
        ImportField("dutyPhone", .phone, "值班电话", "服务电话", "联系电话", "Duty phone", "Phone"),
        ImportField("supervisionPhone", .phone, "监督电话", "Supervision phone"),
        ImportField("from", .day, "启用日期", "设立日期", "成立时间", "From", "Start date"),
    ]

    package func session(_ tx: any Transaction, _ context: ImportContext) throws -> any ImportSession {
        let tree = try directory.tree(tx, town: context.principal.town, day: context.today)
        return GridsSession(
            tree, context,
            DirectoryWriter(
                tx, by: context.principal, in: context.scope, from: context.source, ambient: context.ambient, vault: vault))
    }
}

private final class GridsSession: ImportSession {
    private let tree: GridTree
    private let context: ImportContext
    private let writer: DirectoryWriter
    private var finder: GridFinder
    /// Villages of the grids opened here, which the tree does not know yet.
    private var villages: [ID<GridNode>: ID<GridNode>] = [:]

    init(_ tree: GridTree, _ context: ImportContext, _ writer: DirectoryWriter) {
        self.tree = tree
        self.context = context
        self.writer = writer
        finder = GridFinder(tree, in: context.scope)
    }

    func write(_ row: ImportRow) throws -> RowOutcome {
        let (row, id) = (row.values, row.id)
        let village = try self.village(row)
        let parent = try row["parent"].map { try finder.find($0, in: village, levels: [.one, .two], field: "parent") } ?? village
        guard let home = villages[parent] ?? tree.village(of: parent)?.id else { throw NotFound() }
        // 第一网格 is 安平社区第一网格, whichever of the two names the file has.
        if parent == village, let name = row["name"], (try? finder.find(name, in: village, levels: [.two], field: "name")) != nil
        {
            throw Invalid("/name", "taken")
        }
        let new = NewGrid(
            parent: parent, kind: row["kind"].flatMap { GridKind(rawValue: $0) } ?? .residential, code: row["code"],
            nameZh: row["name"] ?? "", nameEn: row["nameEn"], responsibleUnit: row["unit"], boundaryWords: row["boundary"],
            dutyPhone: row["dutyPhone"], supervisionPhone: row["supervisionPhone"], from: row.day("from") ?? context.today)
        do {
            let grid = try writer.open(new, as: ID(id))
            finder.add(grid, in: home)
            villages[grid.id] = home
            return RowOutcome(.new, [ImportEntry("grid", grid.id.description)])
        } catch let invalid as Invalid {
            throw invalid.naming(["nameZh": "name", "responsibleUnit": "unit", "boundaryWords": "boundary", "level": "parent"])
        }
    }

    /// The row's village; the import's own when the file does not say and there is only one.
    private func village(_ row: ImportValues) throws -> ID<GridNode> {
        if let text = row["village"] { return try finder.find(text, levels: [.one], field: "village") }
        if case .grids(let roots) = context.scope, roots.count == 1, let root = roots.first { return root }
        throw Invalid("/village", "required")
    }

    func undo(_ entry: ImportEntry) throws {
        guard let id = ID<GridNode>(entry.subject) else { return }
        try writer.withdraw(id)
    }
}

extension Invalid {
    /// With pointers under the names that the import's fields have.
    func naming(_ names: [String: String]) -> Invalid {
        Invalid(
            faults.map { fault in
                let name = String(fault.pointer.drop { $0 == "/" })
                return Fault("/\(names[name] ?? name)", fault.code, fault.values)
            })
    }
}
