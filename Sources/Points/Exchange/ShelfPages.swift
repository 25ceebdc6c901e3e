import Directory
import Kernel
import Web

/// A village's goods, and the form for a new one. 物品
struct ShelfPage: Page {
    static let template = "points-exchange-shelf"

    struct Item: Sendable {
        let href: String
        let name: String
        let price: String
        let stock: String
        let isLow: Bool
        let isOffered: Bool
    }

    let village: String?
    let villageId: String
    let villages: [OptionPart]
    let items: [Item]
    let counterHref: String
    let stockTakeHref: String
    let reportHref: String
    let cardsHref: String
    let request: String
    let nameZh: String
    let nameEn: String
    let price: String
    let isOpen: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    /// So few are worth a mark.
    private static let low = 5

    init(_ call: Call, _ villages: [Grid], _ village: Grid?, _ goods: [Good], faults found: [Fault]) {
        let shown = ShownFaults(found, call)
        let query = village.map { "?village=\($0.id)" } ?? ""
        self.village = village?.name(in: call.language)
        villageId = village?.id.description ?? ""
        self.villages = call.options(villages, chosen: village)
        items = goods.map { good in
            Item(
                href: ExchangePath.good(good.id), name: good.name(in: call.language), price: call.thousands(good.price),
                stock: call.thousands(good.stock), isLow: good.isOffered && good.stock < Self.low, isOffered: good.isOffered)
        }
        counterHref = ExchangePath.counter + query
        stockTakeHref = ExchangePath.stockTake + query
        reportHref = ExchangePath.report + query
        cardsHref = ExchangePath.cards + query
        request = call.freshRequest
        nameZh = call.sent("nameZh")
        nameEn = call.sent("nameEn")
        price = call.sent("price")
        isOpen = !found.isEmpty || goods.isEmpty
        faults = shown.lines
        fault = shown.byField
    }
}

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
        stock = call.thousands(good.stock)
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

/// The sheet for counting what is on the shelf. 盘点
struct StockTakePage: Page {
    static let template = "points-exchange-count"

    struct Item: Sendable {
        let id: String
        let name: String
        let seen: Int
        let found: String
        let fault: String?
    }

    let village: String?
    let villageId: String
    let villages: [OptionPart]
    let items: [Item]
    let note: String
    let shelfHref: String
    let request: String
    let faults: [ShownFaults.Line]

    init(_ call: Call, _ villages: [Grid], _ village: Grid?, _ goods: [Good], faults found: [Fault]) {
        let shown = ShownFaults(found, call, fields: ["found": "main"])
        self.village = village?.name(in: call.language)
        villageId = village?.id.description ?? ""
        self.villages = call.options(villages, chosen: village)
        items = goods.map { good in
            Item(
                id: good.id.description, name: good.name(in: call.language), seen: good.stock,
                found: call.sent("found-\(good.id)"),
                fault: shown.byField["found-\(good.id)"])
        }
        note = call.sent("note")
        shelfHref = village.map { ExchangePath.shelf($0.id) } ?? ExchangePath.shelf
        // A sheet that was refused comes again with other numbers.
        request = found.isEmpty ? call.freshRequest : call.site.ambient.newID(PointsEvent.self).description
        faults = shown.lines
    }
}

extension Call {
    /// Villages to choose from; none when there is no choice.
    func options(_ villages: [Grid], chosen: Grid?) -> [OptionPart] {
        villages.count < 2
            ? []
            : villages.map { OptionPart(value: $0.id.description, label: $0.name(in: language), chosen: $0.id == chosen?.id) }
    }
}
