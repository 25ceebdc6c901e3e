import Directory
import Identity
import Kernel
import Storage

/// Makes the accounts: those of ``Cast`` with passwords that are handed out, and one for everybody else in the grids' service, because
/// the history of a matter names the account of whoever acted. Nobody knows the password of those; the operator can give a new one.
struct AccountWriter: Sendable {
    let plan: TownPlan
    let database: any Database
    /// For all who can sign in; nil draws one for each.
    let password: String?

    /// - Parameter residents: the people behind the logins that have no post, residents and people of units.
    func write(residents: [String: Person]) async throws -> [DemoAccount] {
        let words = Cast.staff.map { ($0.login, $0.words) } + Cast.others.map { ($0.login, $0.words) }
        // Secrets never come from the seed, which anybody may know.
        let accounts = words.map { DemoAccount(login: $0.0, password: password ?? Self.password(.system), words: $0.1) }
        var hashes: [String: String] = [:]
        for account in accounts { hashes[account.login] = try await PasswordHash.make(account.password, ambient: .system) }
        let unknown = try await PasswordHash.make(Self.password(.system) + Self.password(.system), ambient: .system)
        let made = members(hashes, otherwise: unknown) + others(hashes, residents, otherwise: unknown)
        try await insert(made)
        return accounts
    }

    private func members(_ hashes: [String: String], otherwise unknown: String) -> [Account] {
        plan.members.map { member in
            account(
                member.account, member.login, member.person.name, member.person.id, [], hashes[member.login] ?? unknown,
                mustChange: hashes[member.login] == nil, disabledAt: member.hasLeft(on: plan.time.today) ? plan.time.end : nil)
        }
    }

    private func others(_ hashes: [String: String], _ residents: [String: Person], otherwise unknown: String) -> [Account] {
        var chance = Chance(seed: plan.seed, "accounts")
        let names = Names()
        return Cast.others.map { login, _, role in
            let person = residents[login]
            let name = person?.name ?? names.name(&chance)
            return account(
                chance.newID(at: plan.time.installed.instant(hour: 8)), login, name, person?.id, Set([role].compactMap { $0 }),
                hashes[login] ?? unknown)
        }
    }

    private func account(
        _ id: ID<AccountNode>, _ login: String, _ name: String, _ person: ID<PersonNode>?, _ roles: Set<AccountRole>,
        _ hash: String,
        mustChange: Bool = false, disabledAt: Instant? = nil
    ) -> Account {
        Account(
            town: plan.town.id, id: id, login: login, name: name, person: person, roles: roles, passwordHash: hash,
            passwordChangedAt: plan.time.end, mustChangePassword: mustChange, failures: .init(), totpSecret: nil, totpStep: 0,
            lastSignIn: nil,
            openedAt: plan.time.end, disabledAt: disabledAt)
    }

    private func insert(_ accounts: [Account]) async throws {
        let (plan, opened) = (plan, plan.time.end)
        let keeper = accounts.first { $0.roles == [.operator] }
        let principal = keeper.map {
            Principal(
                town: plan.town.id, account: $0.id, person: nil, name: $0.name, grants: [:], post: AccountRole.operator.rawValue)
        }
        let ambient = Ambient.seeded(plan.seed, "audit of the accounts", at: plan.time.installed.instant(hour: 12))
        try await database.write { tx in
            for account in accounts {
                try AccountStore(tx).insert(account, at: opened)
                if account.disabledAt != nil { try AccountStore(tx).setDisabled(account.disabledAt, of: account, now: opened) }
                try AuditTrail(tx).record(
                    "account.create", by: principal, town: plan.town.id, subject: account.id.description,
                    detail: ["login": account.login, "roles": account.roles.map(\.rawValue).sorted().joined(separator: " ")],
                    ambient: ambient)
            }
        }
    }

    /// 14 characters that are hard to confuse, of three classes in any order the rules ask for.
    private static func password(_ ambient: Ambient) -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyz"), capitals = Array("ABCDEFGHJKMNPQRSTUVWXYZ"), digits = Array("23456789")
        let groups = [
            letters, capitals, digits, letters, letters, digits, capitals, letters, digits, letters, letters, capitals, digits,
            letters,
        ]
        return String(groups.map { $0[Int(ambient.random() % UInt64($0.count))] })
    }
}
