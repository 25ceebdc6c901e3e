import Application
import ArgumentParser
import Foundation
import Kernel

/// Those outside who are told of what happens; the same as the operator's page.
struct Subscribers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "subscriber", abstract: "Who outside is told of what happens: webhooks, WeCom groups, text messages.",
        subcommands: [AddWebhook.self, AddRobot.self, AddGateway.self, List.self, On.self, Off.self, Replay.self])

    struct Who: ParsableArguments {
        @OptionGroup var data: DataOptions
        @OptionGroup var town: TownOptions
        @Argument(help: "What it is called.") var name: String
        @Option(help: "Only these messages, such as matter.reported; may be given several times.") var topic: [String] = []
    }

    struct AddWebhook: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a webhook; prints its id and its secret, once.")
        @OptionGroup var who: Who
        @Option(help: "Where messages are posted.") var url: String
        @Option(help: "The code of a grid: only its matters and those below it.") var grid: String?

        func run() async throws {
            let keys = try who.data.keys()
            print(
                try await who.data.withDatabase {
                    try await who.town.operator($0).addWebhook(
                        who.name, url: url, topics: who.topic, grid: grid, keys: keys)
                })
        }
    }

    struct AddRobot: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "add-wecom", abstract: "Adds a robot of a WeCom group.")
        @OptionGroup var who: Who
        @Option(help: "The robot's address, as WeCom shows it.") var url: String
        @Option(help: "The code of a grid: only its matters and those below it.") var grid: String?

        func run() async throws {
            let keys = try who.data.keys()
            print(
                try await who.data.withDatabase {
                    try await who.town.operator($0).addRobot(
                        who.name, url: url, topics: who.topic, grid: grid, keys: keys)
                })
        }
    }

    struct AddGateway: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "add-sms", abstract: "Adds a gateway for text messages.")
        @OptionGroup var who: Who
        @Argument(help: "A JSON file: see docs/operations.md.") var file: String

        func run() async throws {
            let (keys, settings) = (try who.data.keys(), try Data(contentsOf: URL(filePath: file)))
            print(
                try await who.data.withDatabase {
                    try await who.town.operator($0).addGateway(
                        who.name, settings: settings, topics: who.topic, keys: keys)
                })
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists them with what waits and what was given up.")
        @OptionGroup var data: DataOptions
        @OptionGroup var town: TownOptions

        func run() async throws {
            for line in try await data.withDatabase({ try await town.operator($0).subscribers() }) {
                print(line)
            }
        }
    }

    struct On: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tells it again.")
        @OptionGroup var data: DataOptions
        @OptionGroup var town: TownOptions
        @Argument var id: String

        func run() async throws {
            let keys = try data.keys()
            try await data.withDatabase { try await town.operator($0).turn(id, on: true, keys: keys) }
        }
    }

    struct Off: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tells it nothing until it is on again.")
        @OptionGroup var data: DataOptions
        @OptionGroup var town: TownOptions
        @Argument var id: String

        func run() async throws {
            let keys = try data.keys()
            try await data.withDatabase { try await town.operator($0).turn(id, on: false, keys: keys) }
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sends the messages of some days again.")
        @OptionGroup var data: DataOptions
        @OptionGroup var town: TownOptions
        @Argument var id: String
        @Option(help: "The first day.") var from: String
        @Option(help: "The last day.") var to: String

        func run() async throws {
            let keys = try data.keys()
            let count = try await data.withDatabase {
                try await town.operator($0).replay(id, from: from, to: to, keys: keys)
            }
            print("\(count) messages will be sent again.")
        }
    }
}
