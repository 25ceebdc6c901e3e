import Foundation
import Kernel
import Testing

@testable import Directory

@Suite struct OverviewTests {
    typealias Town = SmallTown

    private static let posts: [Post] = [
        Town.post(1, 1, .townLead, on: Town.anping), Town.post(2, 1, .townLead, on: Town.yaoqian),
        Town.post(3, 2, .townDeputy, on: Town.anping),
        Town.post(4, 3, .instructor, on: Town.anpingOne), Town.post(5, 3, .instructor, on: Town.anpingTwo),
        Town.post(6, 4, .gridWorker, on: Town.anping), Town.post(7, 5, .gridWorker, on: Town.anpingOne),
        Town.post(8, 5, .gridWorker, on: Town.anpingTwo), Town.post(9, 5, .gridWorker, on: Town.estate),
        Town.post(10, 6, .townOffice, on: nil),
        Town.post(11, 7, .gridWorker, on: Town.estate, to: Town.today.adding(days: -1)),
    ]

    @Test func `counts grids, and people once however many posts they hold`() throws {
        let overview = Overview(of: GridTree(town: Town.town, day: Town.today, grids: Town.grids, posts: Self.posts))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(overview), as: UTF8.self)
        let cadres = #""cadres":{"instructors":1,"total":3,"townDeputies":1,"townLeads":1}"#
        let grids = #""grids":{"level1":2,"level2":3,"level3":1}"#
        let anping = #"{"code":"350582101006","level2":2,"level3":1,"name":"安平社区"}"#
        let yaoqian = #"{"code":"350582101221","level2":1,"level3":0,"name":"瑶前村"}"#
        let workers = #""workers":{"level1":1,"level2":1,"level3":1,"total":2}"#
        #expect(text == "{\(cadres),\(grids),\"villages\":[\(anping),\(yaoqian)],\(workers)}")
    }

    @Test func `a scope counts its own part`() {
        let tree = GridTree(town: Town.town, day: Town.today, grids: Town.grids, posts: Self.posts)
        let overview = Overview(of: tree, in: .grids([Town.yaoqian]))
        #expect(overview.grids.level1 == 1 && overview.grids.level2 == 1 && overview.grids.level3 == 0)
        #expect(overview.cadres.townLeads == 1 && overview.cadres.total == 1 && overview.workers.total == 0)
    }
}
