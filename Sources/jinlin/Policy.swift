import Application
import ArgumentParser
import Identity
import Kernel

/// How long passwords, sessions and locks last in a town (等保 GB/T 22239).
struct Policy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Shows a town's rules for passwords and sessions, and sets them.")

    @OptionGroup var data: DataOptions
    @OptionGroup var town: TownOptions
    @Option(help: "A new value, such as passwordDays=180 or secondFactorForOffice=yes; may be given several times.")
    var set: [String] = []

    func run() async throws {
        let changes = set.map { text in
            let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (name: halves[0], value: halves.count > 1 ? halves[1] : "")
        }
        do {
            let policy = try await data.withDatabase { try await town.operator($0).setPolicy(changes) }
            for figure in PolicyFigure.all {
                let (value, bounds) = (policy[keyPath: figure.path], figure.bounds)
                print("\(figure.name)=\(value)  (\(bounds.lowerBound) to \(bounds.upperBound))")
            }
            print("\(PolicyFigure.secondFactor)=\(policy.secondFactorForOffice ? "yes" : "no")  (yes or no)")
        } catch let invalid as Invalid {
            throw ValidationError(invalid.faults.map { "\($0.pointer.dropFirst()): \($0.code)" }.joined(separator: ", "))
        }
    }
}
