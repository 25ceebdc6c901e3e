import Directory
import Kernel
import Web

/// What one's households can have for their points. 我能兑换什么
struct MyExchangePage: Page {
    static let template = "points-exchange-mine"

    struct Item: Sendable {
        let name: String
        let price: String
        let stock: String
        let isEnough: Bool
        let isThere: Bool
        let missing: String
    }
    struct Line: Sendable {
        let what: String
        let when: String
        let points: String
        let number: String
        let undone: String?
    }
    struct Home: Sendable {
        let address: String
        let balance: String
        let items: [Item]
        let lines: [Line]
    }

    let homes: [Home]

    init(_ call: Call, _ mine: [(door: Door, balance: Int, goods: [Good], latest: [Redemption])]) {
        let wording = Wording(call: call)
        homes = mine.map { door, balance, goods, latest in
            let names = Dictionary(goods.map { ($0.id, $0.name(in: call.language)) }) { first, _ in first }
            return Home(
                address: door.address, balance: wording.plain(balance),
                items: goods.map { good in
                    Item(
                        name: good.name(in: call.language), price: call.count(good.price), stock: call.count(good.stock),
                        isEnough: balance >= good.price, isThere: good.stock > 0,
                        missing: call.count(max(0, good.price - balance)))
                },
                lines: latest.map { redemption in
                    Line(
                        what: "\(names[redemption.good] ?? call.text("points.exchange.no-longer")) × \(redemption.count)",
                        when: redemption.at.day().description, points: wording.signed(-redemption.points),
                        number: redemption.number.description,
                        undone: redemption.stage == .done ? nil : call.text("points.exchange.stage.\(redemption.stage.rawValue)"))
                })
        }
    }
}
