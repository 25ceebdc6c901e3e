import Directory
import Identity
package import Kernel
import Storage

/// What a good is to be called and cost.
package struct GoodDraft: Sendable {
    package var nameZh: String
    package var nameEn: String
    /// In points, as it was typed.
    package var price: String
    package var isOffered: Bool

    package init(nameZh: String, nameEn: String = "", price: String, isOffered: Bool = true) {
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.price = price
        self.isOffered = isOffered
    }

    /// - Throws: ``Invalid`` with every fault.
    func checked() throws(Invalid) -> (nameZh: String, nameEn: String, price: Int) {
        var validation = Validation()
        let nameZh = validation.text(nameZh, at: "/nameZh", limit: 40)
        let nameEn = validation.text(nameEn, at: "/nameEn", limit: 80, required: false)
        let price = WholeNumber.read(self.price, at: "/price", in: 1...LedgerRules.limit, &validation)
        try validation.finish()
        return (nameZh, nameEn, price)
    }
}

/// Puts goods on the shelf of a village's exchange, and changes what they are called and cost. 物品管理
package struct KeepGoods: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// Adds a good without stock.
    /// - Throws: ``NotFound`` out of reach, ``Invalid`` (`taken` for a name the village has), ``Conflict`` `request-reused`.
    package func add(
        _ draft: GoodDraft, to village: ID<GridNode>, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Good {
        let scope = try principal.scope(for: .keepExchange)
        let (nameZh, nameEn, price) = try draft.checked()
        let detail = ["name": nameZh, "price": String(price)]
        return try await desk.database.write { tx in
            let village = try desk.market(village, in: scope, tx, principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let good = Good(
                id: change.newID(), village: village.id, nameZh: nameZh, nameEn: nameEn, price: price, isOffered: draft.isOffered)
            let store = GoodStore(tx, town: principal.town)
            if try change.isDone("good.add", good.id, detail) { return try store.find(good.id, in: scope) ?? good }
            guard try !store.isTaken(nameZh, in: village.id, besides: good.id), try store.insert(good) else {
                throw Invalid("/nameZh", "taken")
            }
            try change.record("good.add", good.id, village: village.id, detail)
            return good
        }
    }

    /// Changes names, price or whether it is offered. What was redeemed before keeps its price.
    /// - Throws: ``NotFound``, ``Invalid``, ``Conflict`` `stale` or `request-reused`.
    package func change(
        _ id: ID<Good>, to draft: GoodDraft, seen version: Int, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Good {
        let scope = try principal.scope(for: .keepExchange)
        let (nameZh, nameEn, price) = try draft.checked()
        let detail = ["name": nameZh, "price": String(price), "offered": draft.isOffered ? "yes" : "no"]
        return try await desk.database.write { tx in
            let store = GoodStore(tx, town: principal.town)
            guard let before = try store.find(id, in: scope) else { throw NotFound() }
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone("good.change", id, detail) { return before }
            guard try !store.isTaken(nameZh, in: before.village, besides: id) else { throw Invalid("/nameZh", "taken") }
            let after = Good(
                id: id, village: before.village, nameZh: nameZh, nameEn: nameEn, price: price, stock: before.stock,
                isOffered: draft.isOffered, version: version + 1)
            guard try store.update(after, from: version) else { throw Conflict("stale") }
            try change.record("good.change", id, village: before.village, detail)
            return after
        }
    }
}

/// Whole numbers as people type them.
enum WholeNumber {
    /// Full-width digits are read too; signs, fractions and words are not.
    static func read(_ text: String, at pointer: String, in range: ClosedRange<Int>, _ validation: inout Validation) -> Int {
        let text = String(
            String.UnicodeScalarView(
                text.trimmed.unicodeScalars.map {
                    (0xFF10...0xFF19).contains($0.value) ? Unicode.Scalar($0.value - 0xFEE0) ?? $0 : $0
                }))
        let isNumber = !text.isEmpty && text.utf8.count < 10 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isNumber, let number = Int(text) else {
            validation.check(false, at: pointer, text.isEmpty ? "required" : "whole-number")
            return range.lowerBound
        }
        validation.check(
            range.contains(number), at: pointer, "not-in-range",
            ["from": String(range.lowerBound), "to": String(range.upperBound)])
        return number
    }
}
