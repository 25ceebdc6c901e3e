import Directory
import Exports
import Kernel
import Spreadsheets
import TestSupport
import Testing
import Web

@testable import Points

@Suite struct BalanceListTests {
    private static func rows(
        _ scene: Scene, by principal: Principal, _ fields: [(name: String, value: String)] = []
    ) async throws -> [[Cell]] {
        let question = ExportList.Question(
            principal: principal, query: Form(fields: fields), words: Words(Catalogue(), .zh))
        let list = BalanceList(desk: scene.desk).list
        var (next, rows) = (String?.none, [[Cell]]())
        repeat {
            let stretch = try await list.rows(question, next)
            rows += stretch.rows
            next = stretch.next
        } while next != nil
        return rows
    }

    @Test(arguments: Engine.available)
    func `balances go along by address, each household once, and of one's own grids only`(_ engine: Engine) async throws {
        try await Scene.run(engine, households: 200) { scene in
            let office = scene.person(.townOffice, nil)
            let all = try await Self.rows(scene, by: office)
            let addresses = all.map { $0[2].shown }
            #expect(all.count == 600 && Set(addresses).count == 600 && addresses == addresses.sorted())
            #expect(all.allSatisfy { $0.count == 4 && $0[0].shown == "瑶前村" && $0[3] == .whole(0) })
            let asked: [(name: String, value: String)] = [("village", scene.village.description)]
            let own = try await Self.rows(scene, by: scene.person(.gridWorker, [scene.grids[1]]), asked)
            #expect(own.count == 200 && own.allSatisfy { $0[1].shown == "瑶前 02" })
            #expect(try await Self.rows(scene, by: office, [("text", "路1001号")]).count == 1)
            let elsewhere = scene.person(.gridChief, [scene.otherVillage])
            #expect(try await Self.rows(scene, by: elsewhere) == [])
            await #expect(throws: NotFound()) { _ = try await Self.rows(scene, by: elsewhere, asked) }
        }
    }
}
