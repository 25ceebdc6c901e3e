import Foundation
import Kernel
import Spreadsheets
import Storage

/// Every statement about other offices' forms.
struct OfficeFormStore {
    private let tx: any Transaction
    private let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    func insert(_ form: OfficeForm, at now: Instant) throws {
        let shape = String(decoding: try Self.encoder.encode(form.shape), as: UTF8.self)
        try tx.execute(
            """
            INSERT INTO export_form (town_id, id, place_id, list, name, shape, signature, sources, changed_at)
            VALUES (\(town), \(form.id), \(form.place), \(form.list), \(form.name), \(shape),
                \(ColumnRules.signature(form.shape.header.names)), \(Self.text(form.sources)), \(now))
            """)
    }

    func setSources(_ sources: [OfficeForm.Source], of form: ID<OfficeForm>, at now: Instant) throws {
        try tx.execute(
            "UPDATE export_form SET sources = \(Self.text(sources)), changed_at = \(now) WHERE town_id = \(town) AND id = \(form)"
        )
    }

    func delete(_ form: ID<OfficeForm>) throws {
        try tx.execute("DELETE FROM export_form WHERE town_id = \(town) AND id = \(form)")
    }

    /// The form, if it is of this place and this list.
    func find(_ id: ID<OfficeForm>, of list: String, place: ID<GridNode>) throws -> OfficeForm? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM export_form f
            WHERE f.town_id = \(town) AND f.id = \(id) AND f.place_id = \(place) AND f.list = \(list)
            """
        ).map(Self.form)
    }

    /// The forms of a place, those used last first.
    func all(of list: String, place: ID<GridNode>) throws -> [OfficeForm] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM export_form f WHERE f.town_id = \(town) AND f.place_id = \(place) AND f.list = \(list)
            ORDER BY f.changed_at DESC, f.id DESC LIMIT 50
            """
        ).map(Self.form)
    }

    /// The form with the same columns that the place used last.
    func latest(like header: Header, of list: String, place: ID<GridNode>) throws -> OfficeForm? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM export_form f
            WHERE f.town_id = \(town) AND f.place_id = \(place) AND f.list = \(list)
                AND f.signature = \(ColumnRules.signature(header.names))
            ORDER BY f.changed_at DESC, f.id DESC LIMIT 1
            """
        ).map(Self.form)
    }

    private static let columns: SQL = "f.id, f.place_id, f.list, f.name, f.shape, f.sources"

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    private static func text(_ sources: [OfficeForm.Source]) -> String { sources.map(\.text).joined(separator: ",") }

    private static func form(_ row: Row) throws -> OfficeForm {
        let (shape, sources): (String, String) = (try row.get("shape"), try row.get("sources"))
        return OfficeForm(
            id: try row.get("id"), place: try row.get("place_id"), list: try row.get("list"), name: try row.get("name"),
            shape: try JSONDecoder().decode(FormShape.self, from: Data(shape.utf8)),
            sources: sources.split(separator: ",", omittingEmptySubsequences: false).map { OfficeForm.Source(String($0)) })
    }
}
