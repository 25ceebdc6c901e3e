import Directory
import Kernel
import Web

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
    let villages: [ChoicePart]
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
        request = found.isEmpty ? call.freshRequest : call.newRequest
        faults = shown.lines
    }
}

extension Call {
    /// Villages to choose from; none when there is no choice.
    func options(_ villages: [Grid], chosen: Grid?) -> [ChoicePart] {
        villages.count < 2
            ? []
            : villages.map { ChoicePart(value: $0.id.description, label: $0.name(in: language), chosen: $0.id == chosen?.id) }
    }
}
