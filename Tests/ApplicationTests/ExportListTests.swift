import Demo
import Directory
import Exports
import Foundation
import Identity
import Kernel
import Logging
import Spreadsheets
import Storage
import TestSupport
import Testing
import Web

@testable import Application

/// Every list that somebody may take along, read from beginning to end. Made from the product's own list of them, so a new one is tried the
/// day it is written.
@Suite struct ExportListTests {
    @Test(arguments: Engine.available)
    func `every list has a cell for every column, words for every name, and nothing for whoever may not see it`(_ engine: Engine)
        async throws
    {
        try await withDatabase(engine, migrations: Schema.migrations) { database in
            let instance = try await Self.instance(database)
            let town = try #require(try await database.read { try TownStore($0).all().first?.id })
            let lists = instance.exports.lists
            #expect(Set(lists.map(\.name)).count == lists.count)
            var lengths: [String: Int] = [:]
            for list in lists {
                let console = Operator.console(of: town, [list.permission] + list.further)
                let keys = [list.titleKey] + list.columns.map(\.key)
                #expect(keys.allSatisfy { instance.site.catalogue.keys.contains($0) }, "\(list.name)")
                #expect(Set(list.columns.map(\.name)).count == list.columns.count, "\(list.name)")
                for language in Language.allCases {
                    lengths[list.name] = try await Self.length(of: list, by: console, Words(instance.site.catalogue, language))
                }
                let nobody = ExportList.Question(
                    principal: Operator.console(of: town, []), query: Form(), words: Words(instance.site.catalogue, .zh))
                await #expect(throws: Forbidden.self, "\(list.name)") {
                    _ = try await TakeList(database: database, ambient: .system)(list, .csv, nobody)
                }
            }
            for name in ["accounts", "phrases", "purposes", "units", "grids", "posts"] {
                #expect(lengths[name, default: 0] > 0, "\(name) is empty")
            }
            let known = [
                "balances", "stand-ins", "imports", "area-imports", "subscribers", "joint-tasks", "routing-rules", "samples",
            ]
            #expect(known.allSatisfy { lengths[$0] != nil })
        }
    }

    /// How many rows there are, each of them as long as the list has columns.
    private static func length(of list: ExportList, by principal: Principal, _ words: Words) async throws -> Int {
        let question = ExportList.Question(principal: principal, query: Form(), words: words)
        var (next, count) = (String?.none, 0)
        repeat {
            let stretch = try await list.rows(question, next)
            #expect(stretch.rows.allSatisfy { $0.count == list.columns.count }, "\(list.name)")
            count += stretch.rows.count
            next = stretch.next
        } while next != nil
        return count
    }

    private static func instance(_ database: any Database) async throws -> Instance {
        let ambient = Ambient.system
        let keys = try MasterKeys(parsing: "1:" + String(repeating: "ab", count: 32))
        _ = try await DemoTown(seed: 3, scale: 0, now: ambient.now()).build(
            in: database, vault: Vault(keys: keys.keys), password: "Longan-Tree-1978", progress: { _ in })
        let folder = FileManager.default.temporaryDirectory.appending(path: "jinlin-lists-\(ambient.newUUID())")
        return try Instance(
            configuration: Configuration(data: folder), database: database, keys: keys, ambient: ambient,
            logger: Logger(label: "test"))
    }
}
