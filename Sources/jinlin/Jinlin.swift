import Application
import ArgumentParser
import Foundation
import Kernel
import Logging
import Storage

/// `jinlin`: the server and everything an operator does with it.
@main
struct Jinlin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jinlin", abstract: "Jinlin 近邻: the platform on which a town runs its neighbourhood grids.",
        version: Application.Configuration.version,
        subcommands: [
            Serve.self, TownCommand.self, MakeDemo.self, Migrate.self, APIKey.self, User.self, Policy.self, Backup.self,
            Restore.self,
            DoctorCommand.self, Keys.self, ImportFile.self, ExportFile.self, Subscribers.self,
        ])
}

/// Which data a command works on.
struct DataOptions: ParsableArguments {
    @Option(help: "The folder of the database file, the photos and the keys.")
    var data: String

    @Option(help: "postgres://… instead of the SQLite file in the folder.")
    var database: String?

    func configuration() -> Application.Configuration {
        let environment = ProcessInfo.processInfo.environment
        var configuration = Application.Configuration(
            data: URL(filePath: data), database: database ?? environment["JINLIN_DATABASE"])
        if let url = environment["JINLIN_TILES_URL"], !url.isEmpty {
            configuration.tiles = .init(
                url: url, crs: environment["JINLIN_TILES_CRS"] ?? "cgcs2000",
                approval: environment["JINLIN_TILES_APPROVAL"] ?? "",
                attribution: environment["JINLIN_TILES_ATTRIBUTION"] ?? "")
        }
        return configuration
    }

    func keys() throws -> MasterKeys {
        try MasterKeys.load(from: URL(filePath: data), environment: ProcessInfo.processInfo.environment, ambient: .system)
    }

    /// Opens the database, brings it up to date, runs `body` and closes it.
    func withDatabase<Value>(_ body: (any Database) async throws -> Value) async throws -> Value {
        let database = try configuration().openDatabase()
        do {
            try await Schema.migrate(database, at: Ambient.system.now())
            let value = try await body(database)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }
}

/// Which town of the installation a command is for.
struct TownOptions: ParsableArguments {
    @Option(help: "The code of the town, when there are several.")
    var town: String?

    func `operator`(_ database: any Database) -> Operator { Operator(database: database, ambient: .system, town: town) }
}

/// Writes a line to standard error, where progress goes.
func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
