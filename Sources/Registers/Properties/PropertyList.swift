import Directory
package import Exports
import Kernel
import Spreadsheets
import Storage
import Web

/// The properties of one's grids as a spreadsheet, filtered as their page is; the owner's telephone masked.
extension RegistersRoom {
    private static let stretch = 300

    package var propertyList: ExportList {
        ExportList(
            "properties", titleKey: "registers.list.properties", permission: .readResident,
            columns: ["village", "grid", "address", "kind", "use", "rooms", "owner", "phone", "from"].map {
                ExportList.Column($0, key: "registers.property.list.\($0)")
            }, filters: ["grid", "kind", "use", "text"], rows: properties)
    }

    private func properties(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let scope = try question.principal.scope(for: .readResident)
        let (town, query, words) = (question.principal.town, question.query, question.words)
        let filter = PropertyFilter(
            kind: Property.Kind(rawValue: query["kind"] ?? ""), use: Property.Use(rawValue: query["use"] ?? ""),
            text: query["text"] ?? "")
        let (tree, found, phones) = try await desk.database.read { [desk] tx in
            let tree = try desk.tree(tx, town)
            let chosen = ID<GridNode>(query["grid"] ?? "")
            if let chosen, !tree.isIn(scope, chosen) { throw NotFound() }
            let grids = tree.all(in: chosen.map { .grids([$0]) } ?? scope).map(\.id)
            let store = PropertyStore(tx, town: town, vault: desk.vault)
            let found = try store.list(filter, in: grids, after: place.flatMap { NameCursor($0) }, limit: Self.stretch + 1)
            let phones = try found.map { try store.phone(of: $0.id).map(Masking.phone) ?? "" }
            return (tree, found, phones)
        }
        let rows = zip(found, phones).prefix(Self.stretch).map { property, phone -> [Cell] in
            [
                .text(tree.village(of: property.grid)?.name(in: words.language) ?? ""),
                .text(tree.grid(property.grid)?.name(in: words.language) ?? ""), .text(property.address.words),
                .text(words.text("registers.property.kind.\(property.kind.rawValue)")),
                .text(words.text("registers.property.use.\(property.use.rawValue)")),
                property.roomsLet.map(Cell.whole) ?? .empty, .text(property.owner?.name ?? ""), .text(phone),
                .day(property.term.from),
            ]
        }
        let last = found.count > Self.stretch ? found[Self.stretch - 1] : nil
        return ExportList.Stretch(
            rows: Array(rows), next: last.map { NameCursor(name: $0.address.words, id: $0.id.uuid).description })
    }
}
