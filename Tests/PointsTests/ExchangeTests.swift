import Directory
import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@testable import Points

struct ExchangeTests {
    private static let good = Good(
        id: ID(.version7(at: .testStart, random: (1, 2))), village: ID(.version7(at: .testStart, random: (3, 4))), nameZh: "大米",
        price: 50,
        stock: 3)

    @Test(
        arguments: [
            (1, 3, 50, nil), (1, 3, 49, "balance-too-low"), (2, 3, 100, nil), (2, 3, 99, "balance-too-low"), (3, 3, 150, nil),
            (4, 3, 1000, "sold-out"), (1, 0, 1000, "sold-out"), (0, 3, 1000, "/count sale-count"),
            (-1, 3, 1000, "/count sale-count"),
            (99, 99, 4950, nil), (100, 200, 9999, "/count sale-count"), (Int.max, 3, 1000, "/count sale-count"),
        ] as [(Int, Int, Int, String?)])
    func `a sale needs enough goods and enough points`(_ count: Int, _ stock: Int, _ balance: Int, _ expected: String?) async {
        let found = await refusal { try ExchangeRules.check(count, of: Self.good, stock: stock, balance: balance) }
        #expect(found == expected)
    }

    @Test(
        arguments: [
            (Redemption.Stage.cancelled, 0, nil), (.cancelled, 1, "cancel-same-day"), (.returned, 0, nil), (.returned, 7, nil),
            (.returned, 8, "return-too-late"),
        ] as [(Redemption.Stage, Int, String?)])
    func `a slip is undone on the same day, goods come back within seven days`(
        _ stage: Redemption.Stage, _ days: Int, _ expected: String?
    ) async throws {
        let day = try #require(Day("2026-02-25"))
        let redemption = Redemption(
            id: ID(.version7(at: .testStart, random: (1, 2))), village: Self.good.village, number: PublicNumber(random: 1),
            household: ID(.version7(at: .testStart, random: (5, 6))), good: Self.good.id, count: 1, price: 50, at: .testStart,
            account: nil,
            post: "", stage: .done, reason: "", endedAt: nil)
        let found = await refusal {
            try ExchangeRules.checkUndoing(redemption, as: stage, on: day.adding(days: days), takenOn: day)
        }
        #expect(found == expected)
    }

    @Test(arguments: Engine.available)
    func `50 points of 70 are redeemed and 20 are left, once however often it is sent`(_ engine: Engine) async throws {
        try await Market.run(engine) { market in
            let good = try await market.good(stock: 3)
            let household = market.scene.households[0][0]
            let card = try await market.card(household, points: 70)
            let order = market.order(good, card)
            let first = try await market.redeem(order)
            let again = try await market.redeem(order)
            #expect(first == again)
            #expect(try await market.scene.balance(household) == 20)
            #expect(try await market.stock(good) == 2)
            #expect(await refusal { _ = try await market.redeem(market.order(good, card)) } == "balance-too-low")
            #expect(
                await refusal { _ = try await market.redeem(market.order(good, card, count: 2, id: order.id)) }
                    == "request-reused")
            #expect(try await market.isProven())
        }
    }

    @Test(arguments: Engine.available)
    func `a double tap that arrives at the same moment redeems once`(_ engine: Engine) async throws {
        try await Market.run(engine) { market in
            let good = try await market.good(stock: 5)
            let card = try await market.card(market.scene.households[0][0], points: 500)
            // Two processes, each with a queue of its own.
            let others = RedeemPoints(market.scene.desk)
            let order = market.order(good, card)
            let numbers = try await withThrowingTaskGroup(of: PublicNumber.self) { group in
                for index in 0..<8 { group.addTask { try await (index % 2 == 0 ? market.redeem : others)(order).number } }
                return try await group.reduce(into: Set<PublicNumber>()) { $0.insert($1) }
            }
            #expect(numbers.count == 1)
            #expect(try await market.stock(good) == 4)
            #expect(try await market.scene.balance(market.scene.households[0][0]) == 450)
            #expect(try await market.isProven())
        }
    }

    @Test(arguments: Engine.available)
    func `two tills sell the last of a popular good exactly as often as there were any`(_ engine: Engine) async throws {
        try await Market.run(engine, households: 20) { market in
            let popular = try await market.good("大米", price: 5, stock: 100)
            let other = try await market.good("肥皂", price: 3, stock: 100_000)
            var cards: [PublicNumber] = []
            for household in market.scene.households.flatMap(\.self) {
                cards.append(try await market.card(household, points: 1000))
            }
            let (known, second) = (cards, RedeemPoints(market.scene.desk))
            let sold = await withTaskGroup(of: [Int].self) { group in
                for task in 0..<32 {
                    group.addTask {
                        var sold = [0, 0, 0]
                        for turn in 0..<6 {
                            let isPopular = turn % 3 != 2
                            let till = task % 2 == 0 ? market.redeem : second
                            let card = known[(task * 7 + turn) % known.count]
                            let found = await refusal { _ = try await till(market.order(isPopular ? popular : other, card)) }
                            switch found {
                            case nil: sold[isPopular ? 0 : 1] += 1
                            case "sold-out" where isPopular: sold[2] += 1
                            default: Issue.record("\(found ?? "")")
                            }
                        }
                        return sold
                    }
                }
                return await group.reduce(into: [0, 0, 0]) { all, some in all = zip(all, some).map(+) }
            }
            #expect(sold == [100, 64, 28])
            #expect(try await market.stock(popular) == 0)
            #expect(try await market.stock(other) == 100_000 - 64)
            #expect(try await market.scene.totals().sum == 0)
            #expect(try await market.isProven())
        }
    }

    @Test(arguments: Engine.available)
    func `one household at two tills never spends what it has not`(_ engine: Engine) async throws {
        try await Market.run(engine) { market in
            let good = try await market.good(price: 30, stock: 100)
            let household = market.scene.households[0][0]
            let card = try await market.card(household, points: 100)
            let second = RedeemPoints(market.scene.desk)
            let sold = await withTaskGroup(of: Bool.self) { group in
                for task in 0..<12 {
                    group.addTask {
                        await refusal { _ = try await (task % 2 == 0 ? market.redeem : second)(market.order(good, card)) } == nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(sold == 3)
            #expect(try await market.scene.balance(household) == 10)
            #expect(try await market.stock(good) == 97)
            #expect(try await market.isProven())
        }
    }

    @Test(arguments: Engine.available)
    func `what is undone comes back once, to the shelf and to the household`(_ engine: Engine) async throws {
        try await Market.run(engine) { market in
            let good = try await market.good(stock: 3)
            let household = market.scene.households[0][0]
            let card = try await market.card(household, points: 170)
            let undo = UndoRedemption(market.scene.desk)
            let slip = try await market.redeem(market.order(good, card, count: 2))
            let request = market.scene.ambient.newID(PointsEvent.self)
            for _ in 0..<2 {
                let back = try await undo(
                    slip.id, as: .cancelled, isBack: false, reason: "点错了", by: market.seller, request: request)
                #expect(back.stage == .cancelled)
            }
            #expect(try await market.scene.balance(household) == 170)
            #expect(try await market.stock(good) == 3)
            let again = await refusal {
                _ = try await undo(
                    slip.id, as: .returned, isBack: true, reason: "再退", by: market.seller, request: market.scene.ambient.newID())
            }
            #expect(again == "already-undone")

            // Broken goods give the points back and do not return to the shelf.
            let broken = try await market.redeem(market.order(good, card))
            market.scene.clock.advance(by: .days(7))
            _ = try await undo(
                broken.id, as: .returned, isBack: false, reason: "碎了", by: market.seller, request: market.scene.ambient.newID())
            #expect(try await market.scene.balance(household) == 170)
            #expect(try await market.stock(good) == 2)
            let late = try await market.redeem(market.order(good, card))
            market.scene.clock.advance(by: .days(8))
            let tooLate = await refusal {
                _ = try await undo(
                    late.id, as: .returned, isBack: true, reason: "不要了", by: market.seller, request: market.scene.ambient.newID())
            }
            #expect(tooLate == "return-too-late")
            let noReason = await refusal {
                _ = try await undo(
                    late.id, as: .returned, isBack: true, reason: " ", by: market.seller, request: market.scene.ambient.newID())
            }
            #expect(noReason == "/reason required")
            #expect(try await market.isProven())
        }
    }

    @Test(arguments: Engine.available)
    func `a counter serves its own village and nobody else's`(_ engine: Engine) async throws {
        try await Market.run(engine) { market in
            let good = try await market.good(stock: 3)
            let card = try await market.card(market.scene.households[0][0], points: 100)
            let stranger = market.scene.person(.gridWorker, [market.scene.otherVillage])
            #expect(await refusal { _ = try await market.redeem(market.order(good, card, by: stranger)) } == "not-found")
            let resident = market.scene.resident(0, 0)
            #expect(await refusal { _ = try await market.redeem(market.order(good, card, by: resident)) } == "not-permitted")
            #expect(await refusal { _ = try await market.redeem(market.order(good, PublicNumber(random: 5))) } == "not-found")
            let offShelf = try await KeepGoods(market.scene.desk).change(
                good.id, to: GoodDraft(nameZh: "大米", price: "50", isOffered: false), seen: good.version, by: market.keeper,
                request: market.scene.ambient.newID())
            #expect(await refusal { _ = try await market.redeem(market.order(offShelf, card)) } == "not-offered")
            #expect(try await market.stock(good) == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `a lost card opens nothing any more, and the new one what it did`(_ engine: Engine) async throws {
        try await Market.run(engine) { market in
            let good = try await market.good(stock: 3)
            let household = market.scene.households[0][0]
            let lost = try await market.card(household, points: 100)
            let request = market.scene.ambient.newID(PointsEvent.self)
            let fresh = try await RenewCard(market.scene.desk)(household, reason: "丢了", by: market.keeper, request: request).card
            #expect(fresh != lost)
            #expect(
                try await RenewCard(market.scene.desk)(household, reason: "丢了", by: market.keeper, request: request).card == fresh
            )
            #expect(await refusal { _ = try await market.redeem(market.order(good, lost)) } == "not-found")
            _ = try await market.redeem(market.order(good, fresh))
            #expect(try await market.scene.balance(household) == 50)
        }
    }

    @Test(arguments: Engine.available)
    func `counting writes every difference down and refuses what moved meanwhile`(_ engine: Engine) async throws {
        try await Market.run(engine) { market in
            let rice = try await market.good("大米", stock: 10)
            let soap = try await market.good("肥皂", price: 5, stock: 20)
            let card = try await market.card(market.scene.households[0][0], points: 100)
            let keep = KeepStock(market.scene.desk)
            func take(_ lines: [KeepStock.Counted], _ request: ID<PointsEvent>? = nil) async throws -> (counted: Int, wrong: Int)
            {
                try await keep.take(
                    lines, in: market.scene.village, note: "月底", by: market.keeper,
                    request: request ?? market.scene.ambient.newID())
            }
            let request = market.scene.ambient.newID(PointsEvent.self)
            let lines = [
                KeepStock.Counted(good: rice.id, found: "９", seen: 10), KeepStock.Counted(good: soap.id, found: "20", seen: 20),
            ]
            for _ in 0..<2 {
                let outcome = try await take(lines, request)
                #expect(outcome.counted == 2 && outcome.wrong == 1)
            }
            #expect(try await market.stock(rice) == 9)
            _ = try await market.redeem(market.order(rice, card))
            let moved = await refusal { _ = try await take([KeepStock.Counted(good: rice.id, found: "9", seen: 9)]) }
            #expect(moved == "/found-\(rice.id) moved-meanwhile")
            for bad in ["-1", "1.5", "很多", "100001", "9999999999999999999"] {
                let found = await refusal { _ = try await take([KeepStock.Counted(good: rice.id, found: bad, seen: 8)]) }
                #expect(found?.hasPrefix("/found-") == true, "\(bad)")
            }
            #expect(
                await refusal { _ = try await take([KeepStock.Counted(good: rice.id, found: " ", seen: 8)]) }
                    == "/found nothing-counted")
            #expect(try await market.isProven())
        }
    }

    @Test(arguments: Engine.available)
    func `the month's report accounts for every piece`(_ engine: Engine) async throws {
        try await Market.run(engine) { market in
            let (scene, keep) = (market.scene, KeepStock(market.scene.desk))
            let rice = try await market.good("大米", stock: 10)
            let card = try await market.card(scene.households[0][0], points: 900)
            _ = try await market.redeem(market.order(rice, card, count: 2))
            scene.clock.advance(by: .days(31))
            let slip = try await market.redeem(market.order(rice, card, count: 3))
            _ = try await UndoRedemption(scene.desk)(
                slip.id, as: .cancelled, isBack: true, reason: "点错了", by: market.seller, request: scene.ambient.newID())
            _ = try await market.redeem(market.order(rice, card))
            _ = try await keep.move(rice.id, .delivery, count: "5", note: "", by: market.keeper, request: scene.ambient.newID())
            _ = try await keep.move(rice.id, .loss, count: "1", note: "受潮", by: market.keeper, request: scene.ambient.newID())
            let (town, village) = (scene.town, scene.village)
            let (from, to) = (try #require(Day("2026-04-01")), try #require(Day("2026-04-30")))
            let report = try await scene.database.read {
                try MonthReportStore($0, town: town).report(of: village, from: from, to: to)
            }
            let line = try #require(report.lines.first)
            let pieces = [line.opening, line.delivered, line.redeemed, line.putBack, line.lost, line.counted]
            #expect(pieces == [8, 5, 4, 3, 1, 0])
            let stock = try await market.stock(rice)
            #expect(line.closing == stock)
            let totals = [report.points, report.refunded, report.households, report.redemptions]
            #expect(totals == [200, 150, 1, 1])
        }
    }

    @Test(arguments: Engine.available)
    func `prices and counts are whole numbers of a sensible size`(_ engine: Engine) async throws {
        try await Market.run(engine) { market in
            let (desk, ambient) = (market.scene.desk, market.scene.ambient)
            for price in ["0", "-5", "2.5", "10001", "", "五十", "１０００１"] {
                let found = await refusal {
                    _ = try await KeepGoods(desk).add(
                        GoodDraft(nameZh: "大米", price: price), to: market.scene.village, by: market.keeper,
                        request: ambient.newID())
                }
                #expect(found?.hasPrefix("/price") == true, "\(price)")
            }
            let good = try await market.good(price: 10_000, stock: 1)
            let twice = await refusal { _ = try await market.good(stock: 0) }
            #expect(twice == "/nameZh taken")
            for count in ["0", "-1", "1e3", "100001"] {
                let found = await refusal {
                    _ = try await KeepStock(desk).move(
                        good.id, .delivery, count: count, note: "", by: market.keeper, request: ambient.newID())
                }
                #expect(found?.hasPrefix("/count") == true, "\(count)")
            }
            let tooMany = await refusal {
                _ = try await KeepStock(desk).move(
                    good.id, .loss, count: "2", note: "丢了", by: market.keeper, request: ambient.newID())
            }
            #expect(tooMany == "less-than-nothing")
        }
    }

    @Test(arguments: [
        "1234 5678 9012", "https://jinlin.example/door/123456789012", "https://jinlin.example/door/123456789012?x=1#y",
    ])
    func `a till reads the number and the whole address from the card`(_ text: String) throws {
        let card = PublicNumber(random: 98_765)
        let typed = text.replacingOccurrences(of: "123456789012", with: card.digits).replacingOccurrences(
            of: "1234 5678 9012", with: card.description)
        #expect(PublicNumber(card: typed) == card)
        #expect(PublicNumber(card: typed.replacingOccurrences(of: card.digits.suffix(1), with: "x")) != card)
    }
}
