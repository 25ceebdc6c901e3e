import Directory
package import Kernel
import Spreadsheets
import Storage

/// Reads imports for pages and programs, always within the reader's reach.
package struct ReadImports: Sendable {
    let desk: ImportDesk

    package init(desk: ImportDesk) { self.desk = desk }

    static let page = 30

    /// The latest imports of kinds that `principal` may import.
    /// - Parameter before: the last of the page before.
    func list(
        before: ID<Import>?, limit: Int = ReadImports.page, by principal: Principal
    ) async throws -> (imports: [Import], hasMore: Bool, tree: GridTree) {
        let scope = try principal.scope(for: .importData)
        let kinds = desk.kinds(for: principal).map(\.name)
        return try await desk.database.read { tx in
            let store = ImportStore(tx, town: principal.town)
            let last = try before.flatMap { try store.find($0, in: scope) }
            let found = try store.list(of: kinds, in: scope, before: last.map { ($0.createdAt, $0.id) }, limit: limit + 1)
            let tree = try desk.directory.tree(tx, town: principal.town, day: desk.ambient.now().day())
            return (Array(found.prefix(limit)), found.count > limit, tree)
        }
    }

    /// What is wrong with an import's rows, as far as it is kept.
    package func faults(of id: ID<Import>, by principal: Principal) async throws -> [RowFault] {
        try await view(id, faults: WorkOnImport.faultLimit, by: principal).view.faults
    }

    /// - Throws: ``NotFound`` out of reach.
    func view(_ id: ID<Import>, faults limit: Int = 201, by principal: Principal) async throws -> (
        view: ImportView, tree: GridTree
    ) {
        try await desk.database.read { tx in
            let item = try desk.find(id, for: principal, tx)
            if item.state == .discarded { throw NotFound() }
            let (store, kind) = (ImportStore(tx, town: principal.town), try desk.kind(item.kind))
            let survey = try desk.survey(of: item, town: principal.town, tx)
            let mapping = try MatchColumns(desk).proposal(for: item, survey, tx, town: principal.town)
            let names = survey.sheets.first { mapping.sheets.contains($0.index) }?.header?.names ?? []
            let known = try store.remembered(ColumnRules.signature(names), kind: item.kind, place: item.place)
            let now = desk.ambient.now()
            let view = ImportView(
                item: item, fields: kind.fields, survey: survey, mapping: mapping,
                isRemembered: item.state == .uploaded && known != nil,
                faults: try ImportContentStore(tx, town: principal.town, of: id).faults(limit: limit),
                notes: try ImportContentStore(tx, town: principal.town, of: id).notes(limit: limit),
                thousandths: item.state.isWork ? try ImportWorkStore(tx).progress(of: id, town: principal.town, at: now) : nil)
            return (view, try desk.directory.tree(tx, town: principal.town, day: now.day()))
        }
    }
}
