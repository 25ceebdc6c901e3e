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
    let villages: [ChoicePart]
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
                href: ExchangePath.good(good.id), name: good.name(in: call.language), price: call.count(good.price),
                stock: call.count(good.stock), isLow: good.isOffered && good.stock < Self.low, isOffered: good.isOffered)
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
