import Kernel
import Storage
import Web

/// Other people's accounts, for the operator; and the audit log, for the auditor.
extension IdentityRoom {
    var accountsRoutes: [Route] {
        [
            Route(.get, IdentityPath.accounts, .holder(.manageAccounts), handle: listAccounts),
            Route(.get, "/accounts/new", .holder(.manageAccounts)) { call in call.page(NewAccountPage(call, faults: [])) },
            Route(.post, "/accounts/new", .holder(.manageAccounts), bodyLimit: 16_384, handle: createAccount),
            Route(.get, "/accounts/{account}", .holder(.manageAccounts), handle: showAccount),
            Route(.post, "/accounts/{account}/changes", .holder(.manageAccounts), bodyLimit: 16_384, handle: changeAccount),
        ]
    }

    private func listAccounts(_ call: Call) async throws -> Answer {
        let (text, after, town) = ((call.query["text"] ?? "").trimmed, call.query["after"] ?? "", call.town)
        let accounts = try await database.read { tx in
            try AccountStore(tx).list(town, containing: text, after: after, limit: AccountsPage.length + 1).map {
                ($0, try findPrincipal.principal(of: $0, tx: tx).post)
            }
        }
        return call.page(AccountsPage(call, accounts: accounts, text: text, after: after))
    }

    private func showAccount(_ call: Call) async throws -> Answer { try await page(of: try call.id("account"), call) }

    /// - Parameter password: a password just given, shown once.
    private func page(of id: ID<AccountNode>, _ call: Call, password: String? = nil) async throws -> Answer {
        let town = call.town
        let found = try await database.read { tx in
            try AccountStore(tx).find(id, town: town).map { ($0, try findPrincipal.principal(of: $0, tx: tx).post) }
        }
        guard let (account, posts) = found else { throw NotFound() }
        return call.page(ShownAccountPage(call, account: account, posts: posts, password: password))
    }

    private func createAccount(_ call: Call) async throws -> Answer {
        let roles = Set(call.form.all("role").compactMap(AccountRole.init(rawValue:)))
        let id: ID<AccountNode> = call.clientID()
        do {
            let new = ManageAccounts.NewAccount(
                id: id, login: call.form["login"] ?? "", name: call.form["name"] ?? "", person: try await person(of: call),
                roles: roles)
            let password = try await ManageAccounts(database: database, ambient: ambient).create(new, by: try call.signedIn())
            return try await page(of: id, call, password: password)
        } catch let invalid as Invalid {
            return call.page(NewAccountPage(call, faults: invalid.faults), status: 422)
        }
    }

    /// The one person whose name or phone was typed; nil when nothing was.
    private func person(of call: Call) async throws -> ID<PersonNode>? {
        let (text, town) = ((call.form["person"] ?? "").trimmed, call.town)
        guard !text.isEmpty else { return nil }
        let matches = try await database.read { try findPeople($0, town, text) }
        guard matches.count == 1 else { throw Invalid("/person", matches.isEmpty ? "person-unknown" : "person-several") }
        return matches[0]
    }

    private func changeAccount(_ call: Call) async throws -> Answer {
        guard let change = ManageAccounts.Change(rawValue: call.form["change"] ?? "") else {
            throw Invalid("/change", "not-a-choice")
        }
        let id = try call.id("account", of: AccountNode.self)
        let password = try await ManageAccounts(database: database, ambient: ambient).change(
            change, account: id, by: try call.signedIn())
        guard let password else { return call.done("/accounts/\(id)", flash: "identity.accounts.changed") }
        return try await page(of: id, call, password: password)
    }

    func audit(_ call: Call) async throws -> Answer {
        let (filter, town) = (AuditFilter(call.query), call.town)
        let (entries, verdict) = try await database.read { tx in
            let account = filter.who.isEmpty ? nil : try AccountStore(tx).find(login: filter.who, town: town)
            let nobody = !filter.who.isEmpty && account == nil
            let entries =
                nobody ? [] : try AuditStore(tx, town: town).list(filter, account: account?.id, limit: AuditPage.length + 1)
            return (entries, try AuditSeal(tx).verify(town, latest: AuditPage.checked))
        }
        return call.page(AuditPage(call, entries: entries, verdict: verdict, filter: filter))
    }
}
