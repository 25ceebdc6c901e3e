import Directory
import Kernel
import Storage
import Web

/// Keeping the shelf: goods and prices, deliveries and losses, counting, the month's report.
struct ShelfRoutes: Sendable {
    let desk: PointsDesk

    var routes: [Route] {
        let access = Access.holder(.keepExchange)
        return [
            Route(.get, ExchangePath.shelf, access) { call in try await shelf(call) },
            Route(.post, ExchangePath.shelf, access, bodyLimit: 16_384, handle: add),
            Route(.get, "\(ExchangePath.shelf)/{good}", access) { call in try await good(call) },
            Route(.post, "\(ExchangePath.shelf)/{good}", access, bodyLimit: 16_384, handle: change),
            Route(.post, "\(ExchangePath.shelf)/{good}/deliveries", access, bodyLimit: 16_384) { try await move($0, .delivery) },
            Route(.post, "\(ExchangePath.shelf)/{good}/losses", access, bodyLimit: 16_384) { try await move($0, .loss) },
            Route(.get, ExchangePath.stockTake, access) { call in try await stockTake(call) },
            Route(.post, ExchangePath.stockTake, access, bodyLimit: 262_144, handle: take),
            Route(.get, ExchangePath.report, access) { call in try await report(call) },
        ]
    }

    // MARK: Goods

    private func shelf(_ call: Call, faults: [Fault] = []) async throws -> Answer {
        let asked = call.form["village"] ?? call.query["village"]
        let (villages, village, goods) = try await ReadExchange(desk: desk).shelf(asked, by: try call.signedIn())
        return call.page(ShelfPage(call, villages, village, goods, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func draft(_ call: Call) -> GoodDraft {
        GoodDraft(
            nameZh: call.form["nameZh"] ?? "", nameEn: call.form["nameEn"] ?? "", price: call.form["price"] ?? "",
            isOffered: call.form["offered"] != "no")
    }

    private func add(_ call: Call) async throws -> Answer {
        guard let village = ID<GridNode>(call.form["village"] ?? "") else {
            return try await shelf(call, faults: [Fault("/village", "required")])
        }
        do {
            let good = try await KeepGoods(desk).add(draft(call), to: village, by: try call.signedIn(), request: call.clientID())
            return call.done(ExchangePath.good(good.id), flash: "points.exchange.flash.added")
        } catch let invalid as Invalid {
            return try await shelf(call, faults: invalid.faults)
        }
    }

    private func good(_ call: Call, section: String = "", faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let (good, movements) = try await ReadExchange(desk: desk).good(try call.id("good"), by: try call.signedIn())
        return call.page(GoodPage(call, good, movements, section: section, faults: faults), status: status)
    }

    private func change(_ call: Call) async throws -> Answer {
        let id: ID<Good> = try call.id("good")
        do {
            _ = try await KeepGoods(desk).change(
                id, to: draft(call), seen: Int(call.form["seen"] ?? "") ?? 0, by: try call.signedIn(), request: call.clientID())
            return call.done(ExchangePath.good(id), flash: "points.exchange.flash.changed")
        } catch let invalid as Invalid {
            return try await good(call, section: "change", faults: invalid.faults, status: 422)
        } catch let conflict as Conflict {
            return try await good(call, section: "change", faults: [Fault("/nameZh", conflict.reason)], status: 409)
        }
    }

    private func move(_ call: Call, _ kind: StockMovement.Kind) async throws -> Answer {
        let id: ID<Good> = try call.id("good")
        do {
            _ = try await KeepStock(desk).move(
                id, kind, count: call.form["count"] ?? "", note: call.form["note"] ?? "", by: try call.signedIn(),
                request: call.clientID())
            return call.done(ExchangePath.good(id), flash: "points.exchange.flash.\(kind.rawValue)")
        } catch let invalid as Invalid {
            return try await good(call, section: kind.rawValue, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict {
            return try await good(call, section: kind.rawValue, faults: [Fault("/count", conflict.reason)], status: 409)
        }
    }

    // MARK: Counting

    private func stockTake(_ call: Call, faults: [Fault] = []) async throws -> Answer {
        let asked = call.form["village"] ?? call.query["village"]
        let (villages, village, goods) = try await ReadExchange(desk: desk).shelf(asked, by: try call.signedIn())
        return call.page(StockTakePage(call, villages, village, goods, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func take(_ call: Call) async throws -> Answer {
        guard let village = ID<GridNode>(call.form["village"] ?? "") else {
            return try await stockTake(call, faults: [Fault("/village", "required")])
        }
        let lines = call.form.fields.compactMap { field -> KeepStock.Counted? in
            guard field.name.hasPrefix("found-"), let good = ID<Good>(String(field.name.dropFirst(6))) else { return nil }
            return KeepStock.Counted(good: good, found: field.value, seen: Int(call.form["seen-\(good)"] ?? "") ?? -1)
        }
        do {
            let outcome = try await KeepStock(desk).take(
                lines, in: village, note: call.form["note"] ?? "", by: try call.signedIn(), request: call.clientID())
            let flash = outcome.wrong == 0 ? "points.exchange.flash.counted-right" : "points.exchange.flash.counted"
            return call.done(ExchangePath.shelf(village), flash: flash)
        } catch let invalid as Invalid {
            return try await stockTake(call, faults: invalid.faults)
        }
    }

    // MARK: The month

    private func report(_ call: Call) async throws -> Answer {
        let sight = try await ReadMonthReport(desk: desk)(
            village: call.query["village"], month: call.query["month"], by: try call.signedIn())
        return call.page(MonthReportPage(call, sight, today: desk.today))
    }
}
