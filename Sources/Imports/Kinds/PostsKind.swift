package import Directory
import Foundation
package import Identity
package import Kernel
package import Storage

/// People in posts: grid workers first of all. 网格员任职
package struct PostsKind: ImportKind {
    let directory: DirectoryCache
    let vault: Vault

    package init(directory: DirectoryCache, vault: Vault) {
        self.directory = directory
        self.vault = vault
    }

    package let name = "posts"
    package let permission = Permission.postAppoint
    package let fields = [
        ImportField("village", .text(limit: 60), "村（社区）", "村", "社区", "村居", "所属村", "所属社区", "行政村", "一级网格", "Village", "Community"),
        ImportField("grid", .text(limit: 60), isRequired: true, "网格", "网格名称", "所属网格", "负责网格", "网格编码", "Grid"),
        ImportField("person", .name(limit: 40), isRequired: true, "姓名", "网格员姓名", "网格员", "人员姓名", "Name", "Person"),
        ImportField("phone", .phone, "手机", "手机号", "手机号码", "联系电话", "电话", "联系方式", "Phone", "Mobile"),
        ImportField(
            "kind",
            .choice([
                ("gridWorker", ["网格员", "Grid worker", "Worker"]), ("gridChief", ["一级网格长", "网格长", "Grid chief"]),
                ("instructor", ["二级网格指导员", "网格指导员", "指导员", "Instructor"]),
                ("townDeputy", ["第一副网格长", "Town deputy"]), ("townLead", ["第一网格长", "Town lead"]),
            ]), "岗位", "职务", "任职", "Post", "Position"),
        ImportField(
            "employment", .choice([("full", ["专职", "全职", "Full-time", "Full"]), ("part", ["兼职", "Part-time", "Part"])]), "专兼职",
            "专职兼职", "用工性质",
            "Employment"),
        ImportField("from", .day, "任职日期", "任职时间", "上岗时间", "起始日期", "From", "Start date"),
        ImportField("to", .day, "离任日期", "截止日期", "To", "End date"),
    ]

    package func session(_ tx: any Transaction, _ context: ImportContext) throws -> any ImportSession {
        let tree = try directory.tree(tx, town: context.principal.town, day: context.today)
        return PostsSession(
            GridFinder(tree, in: context.scope), context,
            DirectoryWriter(
                tx, by: context.principal, in: context.scope, from: context.source, ambient: context.ambient, vault: vault))
    }
}

private final class PostsSession: ImportSession {
    private let finder: GridFinder
    private let context: ImportContext
    private let writer: DirectoryWriter

    init(_ finder: GridFinder, _ context: ImportContext, _ writer: DirectoryWriter) {
        self.finder = finder
        self.context = context
        self.writer = writer
    }

    func write(_ row: ImportRow) throws -> RowOutcome {
        let (row, id) = (row.values, row.id)
        let village = try row["village"].map { try finder.find($0, levels: [.one], field: "village") }
        let grid = try finder.find(row["grid"] ?? "", in: village, levels: [.one, .two, .three], field: "grid")
        let appointment = Appointment(
            .named(row["person"] ?? "", phone: row["phone"]), as: row["kind"].flatMap { PostKind(rawValue: $0) } ?? .gridWorker,
            on: grid,
            employment: row["employment"].flatMap { Employment(rawValue: $0) }, from: row.day("from") ?? context.today,
            to: row.day("to"))
        do {
            let post = try writer.appoint(appointment, as: ID(id))
            return RowOutcome(.new, [ImportEntry("post", post.description)])
        } catch let invalid as Invalid {
            throw invalid.naming(["name": "person"])
        }
    }

    /// The person stays known: they are one record for everybody (design.md rule 3).
    func undo(_ entry: ImportEntry) throws {
        guard let id = ID<Post>(entry.subject) else { return }
        try writer.withdraw(id)
    }
}
