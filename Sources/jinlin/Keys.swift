import Application
import ArgumentParser
import Foundation
import Identity
import Kernel

struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The keys that seal personal data.", subcommands: [Rotate.self, ResealNow.self])

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract:
                "Adds a key that seals from now on. Stop every server process first; after their start, old values are sealed again.",
            discussion: """
                With master.keys the new key is written into it and everything is sealed again at once. With JINLIN_KEYS the line to add is
                printed, and `jinlin keys reseal` does the rest. The first key stays for ever: the marks by which numbers are found hang on it.
                """)

        @OptionGroup var data: DataOptions

        func run() async throws {
            let environment = ProcessInfo.processInfo.environment
            let added = try MasterKeys.rotate(in: URL(filePath: data.data), environment: environment, ambient: .system)
            guard case .written(let number) = added else {
                if case .toAdd(let line) = added { print(line) }
                return
            }
            say("Key \(number) seals from now on.")
            try await Keys.reseal(data)
        }
    }

    struct ResealNow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reseal",
            abstract: "Seals again what former keys sealed. May be stopped and run again; the server does the same by itself.")

        @OptionGroup var data: DataOptions

        func run() async throws { try await Keys.reseal(data) }
    }

    private static func reseal(_ data: DataOptions) async throws {
        let keys = try data.keys()
        let count = try await data.withDatabase { database in
            try await Operator(database: database, ambient: .system).reseal(with: keys) { say("\($0): \($1)") }
        }
        print("Sealed again: \(count) values.")
    }
}
