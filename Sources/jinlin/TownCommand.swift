import Application
import ArgumentParser
import Directory
import Identity
import Kernel
import Storage

struct TownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "town", abstract: "The towns of this installation, from the server's own console.",
        subcommands: [Add.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets up an empty town with one account of its office, and prints that account's first password once.")
        @OptionGroup var data: DataOptions
        @Option(help: "The town's name, such as 安海镇.") var name: String
        @Option(help: "Its name in English, such as Anhai.") var nameEn: String
        @Option(help: "Its division code, nine digits.") var code: String
        @Option(help: "The register of the code: nbs (National Bureau of Statistics) or mca (Ministry of Civil Affairs).")
        var codeSystem = "nbs"
        @Option(help: "The host unit 主办单位 shown at the foot of every page.") var hostUnit: String
        @Option(help: "The filing number 备案编号, once there is one.") var filing = ""
        @Option(help: "The duty telephone shown on the home page.") var dutyPhone: String?
        @Option(help: "A host name its pages answer to; may be given several times, needed when there are several towns.")
        var hostname: [String] = []
        @Option(help: "The login of the first member of the town office.") var officer: String
        @Option(help: "Their name.") var officerName: String
        @Option(help: "Their telephone number.") var officerPhone: String?

        func run() async throws {
            let vault = Vault(keys: try data.keys().keys)
            let town = TownRecord(
                id: Ambient.system.newID(), codeSystem: codeSystem, code: code, nameZh: name, nameEn: nameEn, hostUnit: hostUnit,
                filing: filing, dutyPhone: dutyPhone, hostnames: hostname.map { $0.lowercased() })
            let first = FoundTown.Officer(login: officer, name: officerName, phone: officerPhone)
            do {
                let password = try await data.withDatabase {
                    try await FoundTown(database: $0, vault: vault, ambient: .system)(town, officer: first)
                }
                print("\(name) is set up. \(officer) signs in with \(password) and goes on under /office/town.")
            } catch let invalid as Invalid {
                throw ValidationError(invalid.faults.map { "\($0.pointer.dropFirst()): \($0.code)" }.joined(separator: ", "))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the towns.")
        @OptionGroup var data: DataOptions

        func run() async throws {
            let towns = try await data.withDatabase { try await $0.read { try TownStore($0).all() } }
            for town in towns { print("\(town.code)\t\(town.nameZh)\t\(town.hostnames.joined(separator: " "))") }
        }
    }
}
