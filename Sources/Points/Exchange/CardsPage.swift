import Directory
import Kernel
import Media
import Web

/// Households' cards to print and cut out, and the form for a lost one. 积分卡
struct CardsPage: Page {
    static let template = "points-exchange-cards"

    struct Card: Sendable {
        let address: String
        let number: String
        let qr: String?
    }

    let village: String?
    let villageId: String
    let villages: [ChoicePart]
    let grids: [ChoicePart]
    let grid: String
    let cards: [Card]
    let next: String?
    let shelfHref: String
    let request: String
    let card: String
    let reason: String
    let isOpen: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sheet: CardSheet, faults found: [Fault]) {
        let shown = ShownFaults(found, call)
        village = sheet.village?.name(in: call.language)
        villageId = sheet.village?.id.description ?? ""
        villages = call.options(sheet.villages, chosen: sheet.village)
        grids = sheet.grids.map {
            ChoicePart(value: $0.id.description, label: $0.name(in: call.language), chosen: $0.id == sheet.grid?.id)
        }
        grid = sheet.grid?.name(in: call.language) ?? ""
        cards = sheet.cards.map { door, wallet in
            Card(
                address: door.address, number: wallet.card.description,
                qr: call.absolute(PointsPath.door(wallet.card)).flatMap { QRCode($0) }?.svg(label: ""))
        }
        next = sheet.next.map { after in
            "\(ExchangePath.cards)?"
                + Form.query([
                    ("village", sheet.village?.id.description ?? ""), ("grid", sheet.grid?.id.description ?? ""),
                    ("after", after.description),
                ])
        }
        shelfHref = sheet.village.map { ExchangePath.shelf($0.id) } ?? ExchangePath.shelf
        request = call.freshRequest
        card = call.sent("card")
        reason = call.sent("reason")
        isOpen = !found.isEmpty
        faults = shown.lines
        fault = shown.byField
    }
}
