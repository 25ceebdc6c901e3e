import Application
import ArgumentParser
import Directory
import Foundation
import Identity
import Imports
import Kernel
import Logging
import Storage
import Web

struct ImportFile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Imports a spreadsheet (XLSX or CSV), whose columns are matched by their names, or boundaries (GeoJSON).",
        discussion:
            "Nothing is written unless every row is sound, or --valid-rows is given. The import can be undone on its page.")

    @OptionGroup var data: DataOptions
    @OptionGroup var town: TownOptions
    @Argument(help: "What it holds: people, enterprises, properties, grids or posts; areas for boundaries.") var kind: String
    @Argument(help: "The file.") var file: String
    @Option(help: "The code of the village it is for; the whole town when left out.") var village: String?
    @Flag(help: "Only judge the rows, with every fault and its cell.") var dryRun = false
    @Flag(help: "Write the sound rows even if others are faulty.") var validRows = false
    @Option(help: "Of areas: cgcs2000, wgs84, gcj02 or bd09; detected when left out.") var crs: String?
    @Option(help: "Of areas: the property with the grid's code or name; detected when left out.") var property: String?
    @Option(help: "zh or en: the language of the reasons.") var language = "zh"

    func run() async throws {
        let keys = try data.keys()
        let configuration = data.configuration()
        let isSound = try await data.withDatabase { database in
            let instance = try Instance(
                configuration: configuration, database: database, keys: keys, ambient: .system, logger: Logger(label: "jinlin"))
            let spoken = Language(rawValue: language) ?? .zh
            if kind == "areas" {
                let catalogue = instance.site.catalogue
                return try await ImportAreasRun(
                    database: database, town: town, words: { catalogue.text("web.fault.\($0)", in: spoken, $1) }, crs: crs,
                    property: property, isDryRun: dryRun
                )(file: URL(filePath: file))
            }
            return try await ImportRun(
                instance: instance, town: town, language: spoken, isDryRun: dryRun,
                takesValidRows: validRows
            )(kind: kind, file: URL(filePath: file), village: village)
        }
        if !isSound { throw ExitCode(1) }
    }
}

/// One import from the server's own console.
struct ImportRun {
    let instance: Instance
    let town: TownOptions
    let language: Language
    let isDryRun: Bool
    let takesValidRows: Bool

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// - Returns: whether every row was sound.
    func callAsFunction(kind: String, file: URL, village: String?) async throws -> Bool {
        let desk = instance.imports
        guard let found = try? desk.kind(kind) else {
            throw Refused(description: "There is no kind \(kind): \(desk.kinds.map(\.name).joined(separator: ", ")).")
        }
        let console = try await town.operator(instance.database).console(permissions: [
            .importData, found.permission,
        ])
        let place: ID<GridNode>? = if let village { try await self.place(village, console) } else { nil }
        let handle = try FileHandle(forReadingFrom: file)
        let order = BringFile.Order(id: Ambient.system.newID(), kind: kind, place: place, fileName: file.lastPathComponent) {
            place in
            try handle.seek(toOffset: UInt64(place))
            return Array(try handle.read(upToCount: 1 << 20) ?? Data())
        }
        let item = try await telling { try await BringFile(desk)(order, by: console) }
        try await telling { try await MatchColumns(desk).byProposal(item.id, by: console) }
        var judged = try await work(item.id, console, "checking")
        print(faults(try await ReadImports(desk: desk).faults(of: item.id, by: console), judged))
        if let problem = judged.problem { throw Refused(description: words(problem)) }
        let isSound = judged.counts.faulty == 0
        if isDryRun || judged.counts.sound == 0 || (!isSound && !takesValidRows) {
            try await DecideImport(desk).discard(item.id, by: console)
            print(isDryRun ? "Nothing was written: this was a dry run." : "Nothing was written.")
            return isSound
        }
        try await telling { try await DecideImport(desk).run(item.id, isSound ? .all : .valid, by: console) }
        judged = try await work(item.id, console, "writing")
        if let problem = judged.problem { throw Refused(description: words(problem)) }
        print("\(judged.counts.written) rows were written: import \(item.id).")
        return isSound
    }

    private func place(_ code: String, _ console: Principal) async throws -> ID<GridNode> {
        let grids = try await instance.database.read { try GridStore($0, town: console.town).everBelow(nil) }
        guard let grid = grids.first(where: { $0.code == code }) else {
            throw Refused(description: "There is no village \(code).")
        }
        return grid.id
    }

    /// Works on the import, or waits while a server does, and shows how far it is.
    private func work(_ id: ID<Import>, _ console: Principal, _ act: String) async throws -> Import {
        let bar = ProgressBar(act)
        let worker = WorkOnImport(instance.imports, worker: "console-\(id)") { bar.show($0) }
        while true {
            _ = try await worker(only: id)
            let item = try await instance.database.read { try ImportStore($0, town: console.town).find(id) }
            guard let item else { throw Refused(description: "The import is gone.") }
            if !item.state.isWork {
                bar.finish()
                return item
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    private func faults(_ faults: [RowFault], _ item: Import) -> String {
        var lines = faults.prefix(100).map { fault in
            let cell = fault.column.map { ImportRun.letters($0) + String(fault.row) } ?? "\(fault.row)"
            return "\(cell)\t" + words(fault.code, fault.values)
        }
        if faults.count > 100 { lines.append("…") }
        lines.append("\(item.counts.rows) rows: \(item.counts.sound) sound, \(item.counts.faulty) faulty.")
        for fate in RowFate.allCases {
            guard let count = item.counts.fates[fate] else { continue }
            lines.append("\(count)\t" + instance.site.catalogue.text("imports.fate.\(fate.rawValue)", in: language))
        }
        return lines.joined(separator: "\n")
    }

    private static func letters(_ column: Int) -> String {
        column < 26 ? String(UnicodeScalar(UInt8(65 + column))) : letters(column / 26 - 1) + letters(column % 26)
    }

    private func words(_ code: String, _ values: [String: String]) -> String {
        instance.site.catalogue.text("web.fault.\(code)", in: language, values)
    }

    /// A stored problem: a code and, behind a blank, its place.
    private func words(_ problem: String) -> String {
        let parts = problem.split(separator: " ", maxSplits: 1)
        return words(String(parts.first ?? ""), ["place": parts.count > 1 ? String(parts[1]) : ""])
    }

    private func telling<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let invalid as Invalid {
            throw Refused(
                description: invalid.faults.map { words($0.code, $0.values.merging(["field": $0.pointer]) { old, _ in old }) }
                    .joined(separator: "\n"))
        }
    }
}

/// A bar on standard error, where it is a terminal; else a line at the end.
struct ProgressBar: Sendable {
    private let act: String
    private let isTerminal = isatty(2) == 1

    init(_ act: String) { self.act = act }

    func show(_ thousandths: Int) {
        guard isTerminal else { return }
        let full = thousandths * 30 / 1000
        let bar = String(repeating: "#", count: full) + String(repeating: "·", count: 30 - full)
        FileHandle.standardError.write(Data("\r\(act) [\(bar)] \(thousandths / 10) %".utf8))
    }

    func finish() {
        if isTerminal { show(1000) }
        FileHandle.standardError.write(Data((isTerminal ? "\n" : "\(act): done\n").utf8))
    }
}
