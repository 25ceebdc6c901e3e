import Identity
import Kernel
import Spreadsheets
import Storage
import Web

/// Who can sign in, as a spreadsheet, for the operator: logins, posts and the last sign-in; no password and no second factor goes along.
enum AccountList {
    private static let length = 200

    static func list(_ database: any Database, _ ambient: Ambient, _ findPrincipal: FindPrincipal) -> ExportList {
        ExportList(
            "accounts", titleKey: "exports.accounts", permission: .manageAccounts,
            columns: ["name", "login", "posts", "last", "state", "factor"].map {
                ExportList.Column($0, key: "exports.accounts.\($0)")
            }, filters: ["text"]
        ) { question, place in
            let (town, now, words) = (question.principal.town, ambient.now(), question.words)
            let text = (question.query["text"] ?? "").trimmed
            let found = try await database.read { tx in
                try AccountStore(tx).list(town, containing: text, after: place ?? "", limit: length).map {
                    (account: $0, posts: try findPrincipal.principal(of: $0, tx: tx).post)
                }
            }
            let rows = found.map { account, posts -> [Cell] in
                [
                    .text(account.name), .text(account.login), .text(posts),
                    account.lastSignIn.map { .text($0.stamp()) } ?? .empty,
                    .text(words.text("identity.state.\(account.standing(at: now).rawValue)")),
                    .text(words.text(account.totpSecret == nil ? "web.no" : "web.yes")),
                ]
            }
            return ExportList.Stretch(rows: rows, next: found.count == length ? found.last?.account.login : nil)
        }
    }
}
