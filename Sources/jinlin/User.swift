import Application
import ArgumentParser
import Identity
import Kernel
import Storage

struct User: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Accounts, from the server's own console: the first one, or when nobody can sign in.",
        subcommands: [Add.self, Reset.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes an account and prints its first password once.")
        @OptionGroup var data: DataOptions
        @OptionGroup var town: TownOptions
        @Argument(help: "The login.") var login: String
        @Option(help: "The person's name.") var name: String
        @Option(help: "operator, auditor or resident; may be given several times.") var role: [AccountRole] = []

        func run() async throws {
            print(
                try await data.withDatabase {
                    try await town.operator($0).add(login: login, name: name, roles: Set(role))
                })
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Gives an account a new first password, printed once; opens it if it is locked and removes its second factor.")
        @OptionGroup var data: DataOptions
        @OptionGroup var town: TownOptions
        @Argument(help: "The login.") var login: String

        func run() async throws {
            print(try await data.withDatabase { try await town.operator($0).reset(login: login) })
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the accounts.")
        @OptionGroup var data: DataOptions
        @OptionGroup var town: TownOptions

        func run() async throws {
            let accounts = try await data.withDatabase { try await town.operator($0).accounts() }
            for account in accounts {
                let state = account.disabledAt == nil ? "open" : "disabled"
                print(
                    "\(account.login)\t\(account.name)\t\(account.roles.map(\.rawValue).sorted().joined(separator: ","))\t\(state)"
                )
            }
        }
    }
}

extension AccountRole: ExpressibleByArgument {}
