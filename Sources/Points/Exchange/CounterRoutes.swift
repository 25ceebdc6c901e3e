import Directory
import Identity
import Kernel
import Storage
import Web

/// The till: whose card lies there, what they can have, the receipt, and undoing it.
struct CounterRoutes: Sendable {
    let desk: PointsDesk
    let redeem: RedeemPoints

    var routes: [Route] {
        [
            Route(.get, ExchangePath.counter, .holder(.sellPoints)) { call in try await counter(call) },
            Route(.post, ExchangePath.sales, .holder(.sellPoints), bodyLimit: 16_384, handle: sell),
            Route(.get, "\(ExchangePath.sales)/{redemption}", .holder(.sellPoints)) { call in try await receipt(call) },
            Route(.post, "\(ExchangePath.sales)/{redemption}/undoings", .holder(.sellPoints), bodyLimit: 16_384, handle: undo),
            Route(.get, ExchangePath.mine, .holder(.beResident)) { call in
                call.page(MyExchangePage(call, try await ReadExchange(desk: desk).mine(by: try call.signedIn())))
            },
        ]
    }

    /// - Parameter typed: what was written or scanned as the card.
    private func counter(
        _ call: Call, typed: String? = nil, faults: [Fault] = [], status: Int = 200
    ) async throws -> Answer {
        let typed = (typed ?? call.query["card"] ?? "").trimmed
        let (card, asked) = (PublicNumber(card: typed), call.query["village"])
        let read = ReadExchange(desk: desk)
        do {
            if !typed.isEmpty, card == nil { throw Invalid("/card", "card-wrong") }
            let sight = try await read.counter(asked, card: card, by: try call.signedIn())
            return call.page(CounterPage(call, sight, typed: typed, faults: faults), status: status)
        } catch let invalid as Invalid {
            let sight = try await read.counter(asked, card: nil, by: try call.signedIn())
            return call.page(CounterPage(call, sight, typed: typed, faults: invalid.faults), status: 422)
        }
    }

    private func sell(_ call: Call) async throws -> Answer {
        let typed = call.form["card"] ?? ""
        do {
            var validation = Validation()
            let card = PublicNumber(card: typed)
            let good = ID<Good>(call.form["good"] ?? "")
            validation.check(card != nil, at: "/card", "card-wrong")
            validation.check(good != nil, at: "/good", "not-a-choice")
            let count = WholeNumber.read(call.form["count"] ?? "1", at: "/count", in: 1...Redemption.countLimit, &validation)
            try validation.finish()
            guard let card, let good else { throw Invalid(validation.faults) }
            let redemption = try await redeem(
                SaleOrder(
                    id: call.clientID(), good: good, count: count, card: card, by: try call.signedIn(), address: call.address))
            return call.done(ExchangePath.redemption(redemption.id), flash: "points.exchange.flash.redeemed")
        } catch let invalid as Invalid {
            return try await counter(call, typed: typed, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict {
            return try await counter(call, typed: typed, faults: [Fault("/good", conflict.reason)], status: 409)
        }
    }

    private func receipt(_ call: Call, faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let sight = try await ReadExchange(desk: desk).redemption(try call.id("redemption"), by: try call.signedIn())
        return call.page(ReceiptPage(call, sight, today: desk.today, faults: faults), status: status)
    }

    private func undo(_ call: Call) async throws -> Answer {
        let id: ID<Redemption> = try call.id("redemption")
        let stage = Redemption.Stage(rawValue: call.form["stage"] ?? "") ?? .done
        do {
            _ = try await UndoRedemption(desk)(
                id, as: stage, isBack: call.form["back"] == "yes", reason: call.form["reason"] ?? "", by: try call.signedIn(),
                request: call.clientID())
            return call.done(ExchangePath.redemption(id), flash: "points.exchange.flash.\(stage.rawValue)")
        } catch let invalid as Invalid {
            return try await receipt(call, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict {
            return try await receipt(call, faults: [Fault("/stage", conflict.reason)], status: 409)
        }
    }
}
