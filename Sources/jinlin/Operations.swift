import Application
import ArgumentParser
import Foundation
import Kernel
import Storage

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings the database up to date.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let database = try data.configuration().openDatabase()
        let applied = try await Schema.migrate(database, at: Ambient.system.now())
        await database.close()
        print(applied.isEmpty ? "The database is up to date." : "Applied: \(applied.joined(separator: ", "))")
    }
}

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies the SQLite database while it serves, and verifies the copy.",
        discussion:
            "For PostgreSQL use pg_dump. The keys (master.keys) and the photos folder are copied apart: see docs/operations.md.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The file to write; must not exist.") var file: String

    func run() async throws {
        try await Copies.backup(data.configuration(), to: URL(filePath: file))
        print("The backup \(file) is complete and verified.")
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Puts a backup in place of the SQLite database. The server must not be running; the present file is kept beside it.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The backup.") var file: String

    func run() async throws {
        let kept = try await Copies.restore(data.configuration(), from: URL(filePath: file), ambient: .system)
        print("Restored from \(file)." + (kept.map { " The former database is kept as \($0.path)." } ?? ""))
    }
}

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Verifies the audit chain and looks for what is stuck. Fails when something is wrong.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let findings = try await data.withDatabase { try await Doctor.examine($0, at: Ambient.system.now()) }
        for finding in findings { print((finding.isFine ? "fine   " : "WRONG  ") + finding.words) }
        if findings.contains(where: { !$0.isFine }) { throw ExitCode(1) }
    }
}

struct APIKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apikey", abstract: "Makes an API key for a program and prints it once.")

    @OptionGroup var data: DataOptions
    @OptionGroup var town: TownOptions
    @Flag(help: "The program may also read the registers, with numbers masked, and write visits.") var residents = false
    @Argument(help: "What the key is for.") var name: String
    @Flag(help: "It may send reports by Open311 GeoReport v2 and do nothing else.") var open311 = false

    func run() async throws {
        let key = try await data.withDatabase {
            try await town.operator($0).makeKey(named: name, readsResidents: residents, onlyOpen311: open311)
        }
        print(key)
    }
}
