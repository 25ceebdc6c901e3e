import Directory
import Kernel
import Storage

extension PointsDesk {
    /// The villages whose exchange somebody may stand at: whoever serves in a part of a village serves at its counter.
    func markets(in scope: Scope, _ tx: any Transaction, _ town: ID<Town>) throws -> [Grid] {
        try villages(in: scope, tx, town)
    }

    /// The village of this id among ``markets(in:_:_:)``.
    /// - Throws: ``NotFound``.
    func market(_ id: ID<GridNode>, in scope: Scope, _ tx: any Transaction, _ town: ID<Town>) throws -> Grid {
        guard let village = try markets(in: scope, tx, town).first(where: { $0.id == id }) else { throw NotFound() }
        return village
    }

    /// The village that was asked for, or the first; nil when somebody reaches none.
    /// - Throws: ``NotFound`` for one out of reach.
    func market(asked: String?, in scope: Scope, _ tx: any Transaction, _ town: ID<Town>) throws -> Grid? {
        let markets = try markets(in: scope, tx, town)
        guard let asked, !asked.isEmpty else { return markets.first }
        guard let village = markets.first(where: { $0.id.description == asked }) else { throw NotFound() }
        return village
    }
}

extension PublicNumber {
    /// Reads what a till was given: the number typed by hand, or the whole address that a hand scanner reads off the card.
    init?(card text: String) {
        let text = text.trimmed
        let tail =
            text.contains("/") ? text.split(separator: "/").last.map { $0.prefix { $0 != "?" && $0 != "#" } } ?? "" : text[...]
        self.init(tail)
    }
}
