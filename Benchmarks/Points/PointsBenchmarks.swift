import Application
import Directory
import Foundation
import Identity
import Kernel
import Points
import Storage

/// `jinlin-bench-points FOLDER [DATABASE]`: how long it takes to close a month of a village of 50,000 households after four rounds, and
/// to read all their balances. In a town of its own beside whatever the database holds. Prints one JSON object.
@main
struct PointsBenchmarks {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first else { throw Misuse() }
        let configuration = Configuration(data: URL(filePath: folder), database: arguments.dropFirst().first)
        let database = try configuration.openDatabase()
        try await Schema.migrate(database, at: Ambient.system.now())
        let village = try await LargeVillage(database: database, households: 50_000)
        try await village.settle()
        try await village.playMonth()
        let closing = try await time { try await village.close() }
        let balances = try await best(of: 7) { try await village.balances() }
        let totals = try await best(of: 7) { try await village.totals() }
        print(
            """
            {"households": 50000, "close_ms": \(milliseconds(closing)), "balances_ms": \(milliseconds(balances)), \
            "totals_ms": \(milliseconds(totals))}
            """)
        await database.close()
    }

    struct Misuse: Error {}

    private static func time(_ body: @Sendable () async throws -> Void) async throws -> Duration {
        let start = ContinuousClock.now
        try await body()
        return ContinuousClock.now - start
    }

    private static func best(of count: Int, _ body: @Sendable () async throws -> Void) async throws -> Duration {
        var best = try await time(body)
        for _ in 1..<count { best = min(best, try await time(body)) }
        return best
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
