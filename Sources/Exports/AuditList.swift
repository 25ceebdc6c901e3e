import Identity
import Kernel
import Spreadsheets
import Storage
import Web

/// The audit log as a spreadsheet, for those who may read it.
enum AuditList {
    static func list(_ database: any Database) -> ExportList {
        ExportList(
            "audit", titleKey: "exports.audit", permission: .readAudit,
            columns: ["at", "who", "post", "act", "subject", "detail", "done", "address"].map {
                ExportList.Column($0, key: "exports.audit.\($0)")
            },
            filters: ["act", "who", "from", "to"]
        ) { question, place in
            let fields = question.query.fields + (place.map { [("before", $0)] } ?? [])
            let filter = AuditFilter(Form(fields: fields))
            let town = question.principal.town
            let found = try await database.read { tx -> [ListedAuditEntry] in
                let account = filter.who.isEmpty ? nil : try AccountStore(tx).find(login: filter.who, town: town)
                if !filter.who.isEmpty, account == nil { return [] }
                return try AuditStore(tx, town: town).list(filter, account: account?.id, limit: 501)
            }
            let rows = found.prefix(500).map { listed -> [Cell] in
                let entry = listed.entry
                return [
                    .text(entry.at.stamp()), .text(listed.name ?? ""), .text(entry.post ?? ""), .text(entry.act),
                    .text(entry.subject),
                    .text(entry.detail), .text(question.words.text(entry.done ? "web.yes" : "web.no")),
                    .text(entry.address ?? ""),
                ]
            }
            return ExportList.Stretch(rows: rows, next: found.count > 500 ? AuditFilter.Cursor(found[499].entry).text : nil)
        }
    }
}
