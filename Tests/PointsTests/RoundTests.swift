import Directory
import Kernel
import Storage
import TestSupport
import Testing

@testable import Points

struct RoundTests {
    @Test(arguments: Engine.available)
    func `a week of three grids posts a hundred and eighty points to nine households`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let game = Game(scene)
            let round = try await game.open(scene.today)
            try await game.score(round)
            try await game.notice(round)
            await #expect(throws: Conflict("notice-runs")) { try await game.post(round) }
            scene.clock.advance(by: .days(4))
            try await game.post(round)
            #expect(try await scene.totals().outstanding == 180)
            let winners = try await game.read { try RoundStore($0, town: scene.town).models(of: round.id) }
            #expect(winners.count == 9 && Dictionary(grouping: winners, by: \.grid).values.allSatisfy { $0.count == 3 })
            for winner in winners { #expect(try await scene.balance(winner.household) == 20) }
            // Nothing of it happens twice.
            await #expect(throws: Conflict("already-posted")) { try await game.post(round) }
            #expect(try await scene.totals().outstanding == 180)
        }
    }

    @Test(arguments: Engine.available)
    func `nobody scores their own grid, and not another team's either`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let game = Game(scene)
            let round = try await game.open(scene.today)
            let pairs = try await game.pairs(round)
            for pair in pairs {
                let (own, team) = (scene.person(.gridWorker, [pair.target]), scene.person(.gridWorker, [pair.team]))
                await #expect(throws: Forbidden("own-grid")) { try await game.handIn(round, pair.target, by: own) }
                let third = try #require(scene.grids.first { $0 != pair.team && $0 != pair.target })
                let stranger = scene.person(.gridWorker, [third])
                await #expect(throws: NotFound()) { try await game.handIn(round, pair.target, by: stranger) }
                // A post on both grids does not help.
                let both = scene.person(.gridWorker, [pair.team, pair.target])
                await #expect(throws: Forbidden("own-grid")) { try await game.handIn(round, pair.target, by: both) }
                try await game.handIn(round, pair.target, by: team)
            }
            // The chief writes down a paper sheet for a team.
            try await game.handIn(round, pairs[0].target, by: scene.chief)
        }
    }

    @Test(arguments: Engine.available)
    func `a sheet sent again is handed in once, a later one takes its place, a faulty one tells all its faults`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let game = Game(scene)
            let round = try await game.open(scene.today)
            let pair = try #require(try await game.pairs(round).first)
            let team = scene.person(.gridWorker, [pair.team])
            let id = scene.ambient.newID(InspectionSheet.self)
            for _ in 0..<2 { try await game.handIn(round, pair.target, by: team, id: id) }
            #expect(try await game.sheets(round).count == 1)
            let households = scene.households[try #require(scene.grids.firstIndex(of: pair.target))]
            let other = [SheetRules.Line(household: households[0], seen: true, items: ["litter": 1])]
            await #expect(throws: Conflict("request-reused")) {
                try await HandInSheet(scene.desk)(id, round: round.id, target: pair.target, other, by: team)
            }
            try await HandInSheet(scene.desk)(scene.ambient.newID(), round: round.id, target: pair.target, other, by: team)
            #expect(try await game.sheets(round).map(\.number) == [2, 1])
            let elsewhere = scene.households[try #require(scene.grids.firstIndex(of: pair.team))][0]
            let faulty = [
                SheetRules.Line(household: elsewhere, seen: true, items: [:]),
                SheetRules.Line(household: households[1], seen: true, items: ["no-such": 1, "litter": -3]),
                SheetRules.Line(household: households[1], seen: false, items: ["weeds": 1]),
            ]
            let refused = await #expect(throws: Invalid.self) {
                try await HandInSheet(scene.desk)(scene.ambient.newID(), round: round.id, target: pair.target, faulty, by: team)
            }
            let codes = Set(refused?.faults.map(\.code) ?? [])
            #expect(codes == ["household-elsewhere", "rule-unknown", "times-out-of-range", "household-twice", "unseen-scored"])
        }
    }

    @Test(arguments: Engine.available)
    func `an upheld objection puts the sheet right on a new one and finds the result anew`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let game = Game(scene)
            let round = try await game.open(scene.today)
            try await game.score(round)
            try await game.notice(round)
            // The last household of grid 0 lost the most; it says the litter was the neighbour's.
            let resident = scene.resident(0, 6)
            try await ObjectToRound(scene.desk)(round.id, words: "垃圾不是我家的", by: resident, request: scene.ambient.newID())
            scene.clock.advance(by: .days(4))
            await #expect(throws: Conflict("objections-open")) { try await game.post(round) }
            let objection = try #require(
                try await game.read { try SheetStore($0, town: scene.town).objections(of: round.id).first })
            try await AnswerObjection(scene.desk)(
                objection.id, deducted: 0, answer: "核对过，改正", by: scene.chief, request: scene.ambient.newID())
            let winners = try await game.read { try RoundStore($0, town: scene.town).models(of: round.id) }
            #expect(winners.contains { $0.household == scene.households[0][6] })
            try await game.post(round)
            #expect(try await scene.balance(scene.households[0][6]) == 20)
            #expect(try await scene.totals().outstanding == 180)
            await #expect(throws: Conflict("not-on-notice")) {
                try await ObjectToRound(scene.desk)(round.id, words: "还有", by: resident, request: scene.ambient.newID())
            }
        }
    }

    @Test(arguments: Engine.available)
    func `rules changed in mid-round change nothing in that round`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let game = Game(scene)
            let round = try await game.open(scene.today)
            for (audience, old) in [(Audience.villagers, scene.villagers), (.tenants, scene.tenants)] {
                let id = scene.ambient.newID(PointsEvent.self)
                let draft = try await DraftRuleSet(scene.desk)(audience, of: scene.village, by: scene.chief, request: id)
                let model = try #require(old.rule(for: .modelHousehold))
                let doubled = PointRule(
                    id: scene.ambient.newID(), code: model.code, domain: model.domain, nameZh: model.nameZh, nameEn: model.nameEn,
                    points: 40, evidence: model.evidence, approver: model.approver, use: model.use)
                try await EditDraft(scene.desk)(draft.id, model.code, doubled, by: scene.chief, request: scene.ambient.newID())
                try await AdoptRuleSet(scene.desk)(
                    draft.id, decision: "瑶村决〔2026〕2号", decidedOn: scene.today, from: scene.today, allowsDebt: false,
                    by: scene.chief, request: scene.ambient.newID())
                await #expect(throws: Conflict("rules-decided")) {
                    try await EditDraft(scene.desk)(draft.id, model.code, nil, by: scene.chief, request: scene.ambient.newID())
                }
            }
            try await game.finish(round)
            #expect(try await scene.totals().outstanding == 180)
            scene.clock.advance(by: .days(7))
            try await game.finish(try await game.open(scene.today))
            #expect(try await scene.totals().outstanding == 180 + 360)
        }
    }

    @Test(arguments: Engine.available)
    func `a draft binds nobody before the number of the decision is recorded`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let id = scene.ambient.newID(PointsEvent.self)
            let draft = try await DraftRuleSet(scene.desk)(.villagers, of: scene.village, by: scene.chief, request: id)
            let today = scene.today
            let found = try await Game(scene).read {
                try RuleSetStore($0, town: scene.town).inForce(scene.village, .villagers, on: today)
            }
            #expect(found?.id == scene.villagers.id)
            await #expect(throws: Invalid("/decision", "required")) {
                try await AdoptRuleSet(scene.desk)(
                    draft.id, decision: "  ", decidedOn: today, from: today, allowsDebt: false, by: scene.chief,
                    request: scene.ambient.newID())
            }
            await #expect(throws: Invalid("/from", "before-decision")) {
                try await AdoptRuleSet(scene.desk)(
                    draft.id, decision: "1", decidedOn: today, from: today.adding(days: -1), allowsDebt: false, by: scene.chief,
                    request: scene.ambient.newID())
            }
        }
    }

    @Test(arguments: Engine.available, [("2026-02", 4, 870), ("2026-03", 5, 1050)])
    func `the article's month: four rounds give 870 points, five give 1,050`(
        _ engine: Engine, _ month: (key: String, rounds: Int, points: Int)
    ) async throws {
        try await Scene.run(engine) { scene in
            let game = Game(scene)
            let key = try #require(MonthKey(month.key))
            scene.clock.set(to: key.last.adding(days: 10).start())
            let mondays = (0..<31).map { key.first.adding(days: $0) }.filter { $0.weekday == 1 && MonthKey($0) == key }
            #expect(mondays.count == month.rounds)
            for (index, monday) in mondays.enumerated() {
                let round = try await game.open(monday)
                try await game.score(round, salt: index)
                try await game.notice(round)
                scene.clock.advance(by: .days(4))
                if index == 0 { await #expect(throws: Conflict("rounds-unposted")) { try await game.close(key) } }
                try await game.post(round)
            }
            let id = scene.ambient.newID(PointsEvent.self)
            let closed = try await CloseMonth(scene.desk)(key, of: scene.village, by: scene.chief, request: id)
            #expect(closed.rounds == month.rounds)
            #expect(try await scene.totals().outstanding == month.points)
            // Again with the same id: the same month. With another: refused.
            #expect(try await CloseMonth(scene.desk)(key, of: scene.village, by: scene.chief, request: id) == closed)
            await #expect(throws: Conflict("already-closed")) { try await game.close(key) }
            #expect(try await scene.totals().outstanding == month.points)
            let prizes = try await game.read { try MonthStore($0, town: scene.town).prizes(of: scene.village) }
            #expect(prizes.count == 3 && prizes.allSatisfy { $0.hasFlag && $0.flagReturned == nil })
        }
    }

    @Test(arguments: Engine.available)
    func `the flag is handed back before it goes on, and one for the village goes to one household`(_ engine: Engine) async throws
    {
        try await Scene.run(engine) { scene in
            let game = Game(scene)
            var scheme = PointsScheme()
            (scheme.noticeDays, scheme.flagScope) = (0, .village)
            try await SetScheme(scene.desk)(scheme, of: scene.village, by: scene.chief, request: scene.ambient.newID())
            for key in ["2026-02", "2026-03"].compactMap(MonthKey.init) {
                scene.clock.set(to: key.last.adding(days: 2).start())
                try await game.finish(try await game.open(key.first.adding(days: 10)), wait: 0)
                try await game.close(key)
            }
            let prizes = try await game.read { try MonthStore($0, town: scene.town).prizes(of: scene.village) }
            #expect(prizes.count == 6, "one household of every grid is rewarded all the same")
            #expect(prizes.filter(\.hasFlag).count == 2)
            let now = try #require(prizes.first { $0.hasFlag })
            let before = try #require(prizes.last { $0.hasFlag })
            #expect(now.flagReturned == nil && before.flagReturned != nil)
            try await ReturnFlag(scene.desk)(now.month, grid: now.grid, by: scene.chief, request: scene.ambient.newID())
            await #expect(throws: Conflict("flag-not-out")) {
                try await ReturnFlag(scene.desk)(now.month, grid: now.grid, by: scene.chief, request: scene.ambient.newID())
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a week has one round, and a village without points has none`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let game = Game(scene)
            _ = try await game.open(scene.today)
            await #expect(throws: Conflict("round-exists")) { _ = try await game.open(scene.today.adding(days: 0)) }
            await #expect(throws: Invalid("/week", "day-to-come")) { _ = try await game.open(scene.today.adding(days: 7)) }
            let office = scene.person(.townOffice, nil)
            await #expect(throws: NotFound()) {
                try await OpenRound(scene.desk)(scene.otherVillage, week: scene.today, by: office, request: scene.ambient.newID())
            }
            let worker = scene.person(.gridWorker, [scene.grids[0]])
            await #expect(throws: Forbidden()) {
                try await OpenRound(scene.desk)(scene.village, week: scene.today, by: worker, request: scene.ambient.newID())
            }
        }
    }
}

/// Plays a village's rounds.
struct Game {
    let scene: Scene
    init(_ scene: Scene) { self.scene = scene }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
        try await scene.database.read(body)
    }

    func open(_ day: Day) async throws -> InspectionRound {
        try await OpenRound(scene.desk)(scene.village, week: day, by: scene.chief, request: scene.ambient.newID())
    }

    func pairs(_ round: InspectionRound) async throws -> [InspectionPair] {
        let town = scene.town
        return try await read { try RoundStore($0, town: town).pairs(of: round.id) }
    }

    func sheets(_ round: InspectionRound) async throws -> [InspectionSheet] {
        let town = scene.town
        return try await read { try SheetStore($0, town: town).sheets(of: round.id) }
    }

    /// Households lose 0, 1, 2 … points in order, turned by `salt`.
    func handIn(
        _ round: InspectionRound, _ target: ID<GridNode>, by principal: Principal, id: ID<InspectionSheet>? = nil, salt: Int = 0
    ) async throws {
        let households = scene.households[scene.grids.firstIndex(of: target) ?? 0]
        let lines = households.enumerated().map { index, household in
            let points = (index + salt) % households.count
            return SheetRules.Line(household: household, seen: true, items: points == 0 ? [:] : ["weeds": min(points, 9)])
        }
        try await HandInSheet(scene.desk)(
            id ?? scene.ambient.newID(), round: round.id, target: target, lines, by: principal)
    }

    func score(_ round: InspectionRound, salt: Int = 0) async throws {
        for pair in try await pairs(round) {
            try await handIn(round, pair.target, by: scene.person(.gridWorker, [pair.team]), salt: salt)
        }
    }

    func notice(_ round: InspectionRound) async throws {
        try await GiveNotice(scene.desk)(round.id, by: scene.chief, request: scene.ambient.newID())
    }

    func post(_ round: InspectionRound) async throws {
        try await PostRound(scene.desk)(round.id, by: scene.chief, request: scene.ambient.newID())
    }

    func finish(_ round: InspectionRound, wait days: Int64 = 4) async throws {
        try await score(round)
        try await notice(round)
        scene.clock.advance(by: .days(days))
        try await post(round)
    }

    func close(_ month: MonthKey) async throws {
        try await CloseMonth(scene.desk)(month, of: scene.village, by: scene.chief, request: scene.ambient.newID())
    }
}
