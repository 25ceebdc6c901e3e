import Application
import ArgumentParser
import Exports
import Foundation
import Kernel
import Logging
import Spreadsheets
import Storage
import Web

struct ExportFile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes a list of the whole town into a spreadsheet: XLSX, or CSV by the file's name.")

    @OptionGroup var data: DataOptions
    @OptionGroup var town: TownOptions
    @Argument(help: "Which list, such as people, grids, matters or audit; a wrong name tells them all.") var list: String
    @Argument(help: "The file to write; must not exist.") var file: String
    @Option(help: "What to filter by, such as tab=closed; may be given several times.") var filter: [String] = []
    @Option(help: "Columns in order, with commas between them; the town's own choice when left out.") var columns: String?
    @Option(help: "zh or en.") var language = "zh"

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: file) else { throw Refused(description: "\(file) exists already.") }
        let keys = try data.keys()
        let configuration = data.configuration()
        try await data.withDatabase { database in
            let instance = try Instance(
                configuration: configuration, database: database, keys: keys, ambient: .system, logger: Logger(label: "jinlin"))
            try await export(instance)
        }
    }

    private func export(_ instance: Instance) async throws {
        let lists = instance.exports.lists
        guard let found = lists.first(where: { $0.name == list }) else {
            throw Refused(description: "There is no list \(list): \(lists.map(\.name).joined(separator: ", ")).")
        }
        let console = try await town.operator(instance.database).console(permissions: [found.permission] + found.further)
        let fields = filter.map { text -> (name: String, value: String) in
            let halves = text.split(separator: "=", maxSplits: 1)
            return (String(halves[0]), halves.count > 1 ? String(halves[1]) : "")
        }
        let question = ExportList.Question(
            principal: console, query: Form(fields: fields),
            words: Words(instance.site.catalogue, Language(rawValue: language) ?? .zh))
        let take = TakeList(database: instance.database, ambient: .system)
        let chosen = columns.map { $0.split(separator: ",").map(String.init) }
        for name in chosen ?? [] where !found.columns.contains(where: { $0.name == name }) {
            throw Refused(description: "\(list) has no column \(name): \(found.columns.map(\.name).joined(separator: ", ")).")
        }
        let format: SpreadsheetFormat = file.lowercased().hasSuffix(".csv") ? .csv : .xlsx
        let written = try await take(found, format, question, columns: chosen)
        try await written.copy(to: file)
        say("\(file) is written.")
    }
}
