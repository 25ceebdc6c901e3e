import Directory
import Kernel
import Web

/// The till: a field for the card, then what the household can have. 兑换柜台
struct CounterPage: Page {
    static let template = "points-exchange-counter"

    struct Customer: Sendable {
        let address: String
        let balance: String
        let card: String
        let latest: [Line]
    }
    struct Item: Sendable {
        let id: String
        let request: String
        let name: String
        let price: String
        let stock: String
        let isAvailable: Bool
        /// Why it cannot be had: sold out, or too few points.
        let why: String
        let most: Int
    }
    struct Line: Sendable {
        let href: String
        let what: String
        let where_: String
        let time: String
        let points: String
        let undone: String?
    }

    let village: String?
    let villageId: String
    let villages: [ChoicePart]
    let typed: String
    let customer: Customer?
    let items: [Item]
    let today: [Line]
    let mayKeep: Bool
    let shelfHref: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: CounterSight, typed: String, faults found: [Fault]) {
        let wording = Wording(call: call)
        let shown = ShownFaults(found, call, fields: ["good": "goods", "count": "goods"])
        village = sight.village?.name(in: call.language)
        villageId = sight.village?.id.description ?? ""
        villages =
            sight.villages.count < 2
            ? []
            : sight.villages.map {
                ChoicePart(value: $0.id.description, label: $0.name(in: call.language), chosen: $0.id == sight.village?.id)
            }
        self.typed = sight.customer?.wallet.card.description ?? String(typed.prefix(80))
        func line(_ redemption: Redemption, _ place: String) -> Line {
            let good = sight.names[redemption.good]?.name(in: call.language) ?? ""
            let time = redemption.at.clock()
            return Line(
                href: ExchangePath.redemption(redemption.id), what: "\(good) × \(redemption.count)", where_: place,
                time: redemption.at.day() == call.now.day()
                    ? "\(time.hour):\(time.minute < 10 ? "0" : "")\(time.minute)" : redemption.at.day().description,
                points: wording.signed(-redemption.points),
                undone: redemption.stage == .done ? nil : call.text("points.exchange.stage.\(redemption.stage.rawValue)"))
        }
        customer = sight.customer.map { customer in
            Customer(
                address: customer.door.address, balance: wording.plain(customer.wallet.balance),
                card: customer.wallet.card.digits, latest: customer.latest.map { line($0, "") })
        }
        let balance = sight.customer?.wallet.balance ?? 0
        items = sight.goods.filter(\.isOffered).map { good in
            let most = ExchangeRules.most(of: good, balance: balance)
            return Item(
                id: good.id.description, request: call.newRequest,
                name: good.name(in: call.language), price: call.count(good.price), stock: call.count(good.stock),
                isAvailable: most > 0,
                why: call.text(good.stock == 0 ? "points.exchange.sold-out" : "points.exchange.too-few"), most: most)
        }
        today = sight.today.map { line($0, sight.addresses[$0.household] ?? "") }
        mayKeep = call.principal?.may(.keepExchange) ?? false
        shelfHref = sight.village.map { ExchangePath.shelf($0.id) } ?? ExchangePath.shelf
        faults = shown.lines
        fault = shown.byField
    }
}

/// What was redeemed, the number for asking later, and the way to undo it. 兑换凭条
struct ReceiptPage: Page {
    static let template = "points-exchange-receipt"

    let number: String
    let good: String
    let points: String
    let address: String
    let when: String
    let iso: String
    let balance: String
    let by: String
    let undone: String?
    let reason: String
    let counterHref: String
    let nextHref: String
    let action: String
    let request: String
    let mayCancel: Bool
    let mayReturn: Bool
    let returnUntil: String
    let typedReason: String
    let isOpen: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: RedemptionSight, today: Day, faults found: [Fault]) {
        let (redemption, wording) = (sight.redemption, Wording(call: call))
        let shown = ShownFaults(found, call)
        let taken = redemption.at.day()
        func may(_ stage: Redemption.Stage) -> Bool {
            (try? ExchangeRules.checkUndoing(redemption, as: stage, on: today, takenOn: taken)) != nil
        }
        number = redemption.number.description
        good = "\(sight.good.name(in: call.language)) × \(redemption.count)"
        points = wording.signed(-redemption.points)
        address = sight.door.address
        when = redemption.at.stamp()
        iso = redemption.at.rfc3339
        balance = wording.plain(sight.wallet.balance)
        by = call.posts(redemption.post)
        undone = redemption.stage == .done ? nil : call.text("points.exchange.stage.\(redemption.stage.rawValue)")
        reason = redemption.reason
        counterHref = ExchangePath.counter(card: sight.wallet.card)
        nextHref = ExchangePath.counter(redemption.village)
        action = "\(ExchangePath.redemption(redemption.id))/undoings"
        request = call.freshRequest
        mayCancel = may(.cancelled)
        mayReturn = may(.returned)
        returnUntil = taken.adding(days: ExchangeRules.returnDays).description
        typedReason = call.form["reason"] ?? ""
        isOpen = !found.isEmpty
        faults = shown.lines
        fault = shown.byField
    }
}
