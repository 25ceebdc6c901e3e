import Application
import Directory
import Foundation
import Identity
import Kernel
import Matters
import Storage

/// `jinlin-bench-clocks FOLDER [DATABASE]`: how long it takes to look at the clocks of every open matter of the town that the database holds,
/// and to find that nothing is due. Prints one JSON object.
@main
struct ClockBenchmarks {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first else { throw Misuse() }
        let configuration = Configuration(data: URL(filePath: folder), database: arguments.dropFirst().first)
        let database = try configuration.openDatabase()
        guard let town = try await database.read({ try TownStore($0).all().first?.id }) else { throw Misuse() }
        // Clocks open nothing that is sealed.
        let vault = Vault(keys: [1: [UInt8](repeating: 0xab, count: 32)])
        let settle = SettleClocks(
            MatterDesk(database: database, ambient: .system, vault: vault, directory: DirectoryCache()))
        // What has become due since the town was made is not measured.
        _ = try await settle(town)
        var (every, nothing, open) = (Duration.seconds(3600), Duration.seconds(3600), 0)
        for _ in 1...5 {
            let start = ContinuousClock.now
            open = try await settle.anew(town).matters
            every = min(every, ContinuousClock.now - start)
            let again = ContinuousClock.now
            _ = try await settle(town)
            nothing = min(nothing, ContinuousClock.now - again)
        }
        print(
            """
            {"open": \(open), "every_ms": \(every / .milliseconds(1)), "nothing_ms": \(nothing / .milliseconds(1))}
            """)
        await database.close()
    }

    struct Misuse: Error {}
}
