import Application
import ArgumentParser
import Demo
import Foundation
import Identity
import Kernel
import Storage

struct MakeDemo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Makes the demo town of Anhai: the article's figures, everything else synthetic.")

    @OptionGroup var data: DataOptions
    @Option(help: "The same seed makes the same town.") var seed: UInt64 = 1
    @Option(help: "Multiplies residents and matters; 100 is the town's real size.") var scale: Double = 1

    func run() async throws {
        let keys = try data.keys()
        let password = ProcessInfo.processInfo.environment["JINLIN_DEMO_PASSWORD"]
        let accounts = try await data.withDatabase { database in
            try await DemoTown(seed: seed, scale: scale, now: Ambient.system.now()).build(
                in: database, vault: Vault(keys: keys.keys), password: password, progress: say)
        }
        print("Who can sign in:")
        for account in accounts {
            print(
                "  " + account.login.padding(toLength: 18, withPad: " ", startingAt: 0) + account.password + "   " + account.words
            )
        }
    }
}
