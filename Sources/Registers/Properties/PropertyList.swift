import Directory
package import Exports
import Kernel
import Spreadsheets
import Storage
import Web

/// The properties of one's grids as a spreadsheet, filtered as their page is; the owner's telephone masked.
extension RegistersRoom {
    package var propertyList: ExportList {
        ExportList(
            "properties", titleKey: "registers.list.properties", permission: .readResident,
            columns: [
                ("village", ColumnNames.village), ("grid", ColumnNames.grid), ("address", ColumnNames.propertyAddress),
                ("kind", ColumnNames.propertyKind), ("use", ColumnNames.propertyUse), ("rooms", ColumnNames.roomsLet),
                ("owner", ColumnNames.owner), ("owner-kind", ColumnNames.ownerKind), ("phone", ColumnNames.ownerPhone),
                ("from", ["登记日期"]),
            ].map { ExportList.Column($0.0, key: "registers.property.list.\($0.0)", aliases: $0.1) },
            filters: ["grid", "kind", "use", "text"], rows: properties)
    }

    private func properties(_ question: ExportList.Question, _ place: String?) async throws -> ExportList.Stretch {
        let (query, words, town) = (question.query, question.words, question.principal.town)
        let filter = PropertyFilter(
            kind: Property.Kind(rawValue: query["kind"] ?? ""), use: Property.Use(rawValue: query["use"] ?? ""),
            text: String((query["text"] ?? "").trimmed.prefix(40)))
        let found = try await ReadProperties(desk)(
            filter, in: try Self.grid(question), after: place.flatMap { NameCursor($0) }, limit: Self.page, by: question.principal
        )
        let phones = try await desk.database.read { [desk] tx in
            try PropertyStore(tx, town: town, vault: desk.vault).phones(of: found.properties.map(\.id))
        }
        let rows = found.properties.map { property in
            Self.place(property.grid, found.tree, question) + [
                .text(property.address.words), .text(words.text("registers.property.kind.\(property.kind.rawValue)")),
                .text(words.text("registers.property.use.\(property.use.rawValue)")),
                property.roomsLet.map(Cell.whole) ?? .empty, .text(property.owner?.name ?? ""),
                .text(property.owner.map { words.text("registers.property.owner.\($0.kind.rawValue)") } ?? ""),
                .text(phones[property.id].map(Masking.phone) ?? ""), .day(property.term.from),
            ]
        }
        return ExportList.Stretch(rows: rows, next: found.next?.description)
    }
}
