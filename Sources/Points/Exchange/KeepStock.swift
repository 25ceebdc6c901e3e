import Directory
import Identity
package import Kernel
import Storage

/// Brings goods in, writes lost ones off, and counts what is there. 进货 报损 盘点
package struct KeepStock: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameters:
    ///   - kind: ``StockMovement/Kind/delivery`` or ``StockMovement/Kind/loss``.
    ///   - count: how many came or were lost, as it was typed; above 0.
    ///   - note: where from, or what happened; a loss needs one.
    /// - Throws: ``NotFound``, ``Invalid``, ``Conflict`` `less-than-nothing` or `request-reused`.
    package func move(
        _ id: ID<Good>, _ kind: StockMovement.Kind, count: String, note: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Good {
        let scope = try principal.scope(for: .keepExchange)
        var validation = Validation()
        validation.check([.delivery, .loss].contains(kind), at: "/kind", "not-a-choice")
        let number = WholeNumber.read(count, at: "/count", in: 1...Good.stockLimit, &validation)
        let note = validation.text(note, at: "/note", limit: 200, required: kind == .loss)
        try validation.finish()
        let detail = ["count": String(number)]
        return try await desk.database.write { tx in
            let store = GoodStore(tx, town: principal.town)
            guard let good = try store.find(id, in: scope) else { throw NotFound() }
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone("stock.\(kind.rawValue)", id, detail) { return good }
            guard good.stock + number <= Good.stockLimit || kind == .loss else {
                throw Invalid("/count", "not-in-range", ["from": "1", "to": String(Good.stockLimit - good.stock)])
            }
            let signed = kind == .loss ? -number : number
            guard try store.move(id, by: signed) else { throw Conflict("less-than-nothing") }
            try store.append(
                StockMovement(
                    id: change.newID(), good: id, kind: kind, change: signed, cause: ID(request.uuid), note: note,
                    at: desk.ambient.now()),
                of: good.village, by: principal)
            try change.record("stock.\(kind.rawValue)", id, village: good.village, detail)
            return try store.find(id, in: scope) ?? good
        }
    }

    /// One line of a count: what was on the shelf, and what the page had said would be there.
    package struct Counted: Sendable {
        package let good: ID<Good>
        /// As it was typed; blank for a good that was not counted.
        package let found: String
        package let seen: Int

        package init(good: ID<Good>, found: String, seen: Int) {
            self.good = good
            self.found = found
            self.seen = seen
        }
    }

    /// Sets the stock to what was counted, and writes down every difference.
    /// - Throws: ``NotFound``, ``Invalid`` with a fault at every line that is no number, or whose stock has moved since the page was
    ///   opened (`moved-meanwhile`): such a line is to be counted again. ``Conflict`` `request-reused`.
    /// - Returns: how many goods were counted, and how many of them were not what they should be.
    package func take(
        _ lines: [Counted], in village: ID<GridNode>, note: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> (counted: Int, wrong: Int) {
        let scope = try principal.scope(for: .keepExchange)
        var validation = Validation()
        let note = validation.text(note, at: "/note", limit: 200, required: false)
        let counted = lines.filter { !$0.found.trimmed.isEmpty }.map { line in
            (line, WholeNumber.read(line.found, at: "/found-\(line.good)", in: 0...Good.stockLimit, &validation))
        }
        validation.check(!counted.isEmpty, at: "/found", "nothing-counted")
        let checked = validation
        let detail = Dictionary(counted.map { ($0.0.good.description, String($0.1)) }) { first, _ in first }
        return try await desk.database.write { tx in
            let village = try desk.market(village, in: scope, tx, principal.town)
            let store = GoodStore(tx, town: principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let goods = Dictionary(try store.goods(of: village.id).map { ($0.id, $0) }) { first, _ in first }
            let subject = ID<Good>(request.uuid)
            let isDone = try change.isDone("stock.count", subject, detail)
            var validation = checked
            if !isDone {
                for (line, _) in counted {
                    guard let good = goods[line.good] else { throw NotFound() }
                    validation.check(
                        good.stock == line.seen, at: "/found-\(good.id)", "moved-meanwhile", ["stock": String(good.stock)])
                }
            }
            try validation.finish()
            let wrong = counted.filter { line, found in found != line.seen }
            guard !isDone else { return (counted.count, wrong.count) }
            for (line, found) in wrong {
                guard try store.move(line.good, by: found - line.seen) else { throw StorageError.serializationFailure }
                try store.append(
                    StockMovement(
                        id: desk.ambient.newID(), good: line.good, kind: .count, change: found - line.seen,
                        cause: ID(request.uuid),
                        note: note, at: desk.ambient.now()),
                    of: village.id, by: principal)
            }
            try change.record("stock.count", subject, village: village.id, detail)
            return (counted.count, wrong.count)
        }
    }
}
