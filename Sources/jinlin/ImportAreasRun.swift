import Application
import Directory
import Foundation
import Identity
import Kernel
import Storage
import Web

/// A file of boundaries from the server's own console.
struct ImportAreasRun {
    let database: any Database
    let town: TownOptions
    let words: @Sendable (String, [String: String]) -> String
    let crs: String?
    let property: String?
    let isDryRun: Bool

    /// - Returns: whether nothing forbids writing.
    func callAsFunction(file: URL) async throws -> Bool {
        let datum = crs.flatMap(CRS.init(rawValue:))
        guard crs == nil || datum != nil else {
            throw ImportRun.Refused(description: "--crs is one of " + CRS.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        let console = try await town.operator(database).console(permissions: [.directoryEdit])
        let handle = try FileHandle(forReadingFrom: file)
        let bytes = Array(try handle.read(upToCount: BringAreas.fileLimit + 1) ?? Data())
        do {
            let report = try await ImportAreas(database: database, ambient: .system)(
                bytes, named: file.lastPathComponent, crs: datum, property: property, isDryRun: isDryRun, by: console)
            for finding in report.findings.prefix(100) {
                let mark = finding.isWarning ? "?" : "!"
                print("\(mark) \(finding.name)\t\(words(finding.fault.code, finding.fault.values))")
            }
            if report.findings.count > 100 { print("…") }
            print(
                "\(report.drawings) areas read as \(report.crs.rawValue)\(report.isDetected ? " (detected)" : ""), \(report.changes) of them changed."
            )
            print(report.isWritten ? "Written: import \(report.id)." : "Nothing was written.")
            return !report.findings.contains { !$0.isWarning }
        } catch let invalid as Invalid {
            throw ImportRun.Refused(description: invalid.faults.map { words($0.code, $0.values) }.joined(separator: "\n"))
        }
    }
}
