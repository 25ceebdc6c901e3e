import Directory
import Kernel
import Web

/// One good: what it is called and costs, bringing some in, writing some off, and how its stock moved. 物品详情
struct GoodPage: Page {
    static let template = "points-exchange-good"

    struct Movement: Sendable {
        let kind: String
        let change: String
        let when: String
        let iso: String
        let note: String
    }
    struct Open: Sendable {
        let change: Bool
        let delivery: Bool
        let loss: Bool
    }

    let name: String
    let stock: String
    let shelfHref: String
    let action: String
    let request: String
    let seen: Int
    let nameZh: String
    let nameEn: String
    let price: String
    let isOffered: Bool
    let count: String
    let note: String
    let open: Open
    let movements: [Movement]
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ good: Good, _ movements: [StockMovement], section: String, faults found: [Fault]) {
        let wording = Wording(call: call)
        let isMove = ["delivery", "loss"].contains(section)
        let names = isMove ? ["count": "\(section)-count", "note": "\(section)-note"] : [:]
        let shown = ShownFaults(found, call, fields: names)
        name = good.name(in: call.language)
        stock = call.count(good.stock)
        shelfHref = ExchangePath.shelf(good.village)
        action = ExchangePath.good(good.id)
        request = call.freshRequest
        seen = good.version
        nameZh = call.sent("nameZh", else: good.nameZh)
        nameEn = call.sent("nameEn", else: good.nameEn)
        price = call.sent("price", else: String(good.price))
        isOffered = section == "change" ? call.form["offered"] != "no" : good.isOffered
        count = call.sent("count")
        note = call.sent("note")
        open = Open(change: section == "change", delivery: section == "delivery", loss: section == "loss")
        self.movements = movements.map { movement in
            Movement(
                kind: call.text("points.exchange.movement.\(movement.kind.rawValue)"), change: wording.signed(movement.change),
                when: movement.at.stamp(), iso: movement.at.rfc3339, note: movement.note)
        }
        faults = shown.lines
        fault = shown.byField
    }
}
