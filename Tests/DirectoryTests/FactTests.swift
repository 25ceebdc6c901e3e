import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct FactTests {
    typealias Town = SmallTown

    private func figure(_ value: Int64?, _ words: String, on day: Day = Town.today, in village: ID<GridNode> = Town.anping)
        -> ReportedFigure
    {
        ReportedFigure(village: village, key: .floating, value: value, reportedText: words, source: "村报", asOf: day)
    }

    @Test func `a figure is not negative, not from the future and never without words`() {
        #expect(FactRules.faults(in: figure(0, "没有"), today: Town.today) == [])
        #expect(FactRules.faults(in: figure(-1, "负一"), today: Town.today).map(\.code) == ["not-a-count"])
        #expect(
            FactRules.faults(in: figure(nil, "近1万", on: Town.today.adding(days: 1)), today: Town.today).map(\.code) == [
                "in-the-future"
            ])
        #expect(FactRules.faults(in: figure(1, " "), today: Town.today).map(\.code) == ["required"])
    }

    @Test(arguments: Engine.available)
    func `a figure is reported, corrected for its day, and both are in the history`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let report = ReportFigure(database: database, ambient: .fixed())
            let chief = Town.principal(.grids([Town.anping]))
            for _ in 1...2 { try await report(figure(nil, "近1万"), by: chief, request: Town.id(40)) }
            try await report(figure(10_500, "10500"), by: chief, request: Town.id(41))
            let (figures, seen) = try await database.read { tx in
                (
                    try VillageStore(tx, town: Town.town).figures(of: Town.anping),
                    try DirectoryEventStore(tx, town: Town.town).sighting(of: "figure.report", on: Town.anping)
                )
            }
            #expect(figures.map(\.value) == [10_500] && seen == Sighting(changes: 2))
            await #expect(throws: NotFound()) {
                try await report(figure(1, "1", in: Town.yaoqian), by: chief, request: Town.id(42))
            }
            await #expect(throws: NotFound()) {
                try await report(figure(1, "1", in: Town.anpingOne), by: Town.principal(), request: Town.id(43))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `natural villages are added, exchanged and taken away together`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let name = NameNaturalVillages(database: database, ambient: .fixed())
            func natural(_ number: UInt8, _ zh: String) -> NaturalVillage {
                NaturalVillage(id: Town.id(number), village: Town.yaoqian, nameZh: zh)
            }
            func names() async throws -> [String] {
                try await database.read { try VillageStore($0, town: Town.town).naturalVillages(of: Town.yaoqian).map(\.nameZh) }
            }
            let chief = Town.principal(.grids([Town.yaoqian]))
            try await name(
                [natural(50, "前埔"), natural(51, "林厝")], in: Town.yaoqian, by: chief, request: Town.id(40), seen: .nothing)
            try await name(
                [natural(50, "林厝"), natural(51, "前埔")], in: Town.yaoqian, by: chief, request: Town.id(41),
                seen: Sighting(changes: 1))
            #expect(try await names() == ["林厝", "前埔"])
            let refused1 = try await codes {
                try await name([natural(50, "侯厝"), natural(52, "侯厝")], in: Town.yaoqian, by: chief, request: Town.id(42))
            }
            #expect(refused1 == ["taken"])
            let refused2 = try await codes {
                try await name([], in: Town.yaoqian, by: chief, request: Town.id(43), seen: .nothing)
            }
            #expect(refused2 == ["changed-meanwhile"])
            try await name([natural(51, "前埔")], in: Town.yaoqian, by: chief, request: Town.id(44))
            #expect(try await names() == ["前埔"])
            await #expect(throws: NotFound()) { try await name([], in: Town.anping, by: chief, request: Town.id(45)) }
        }
    }
}
