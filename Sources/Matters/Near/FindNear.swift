import Directory
package import Kernel
import Storage

/// Finds what may be the same as something that is about to be reported. Reads only, and before the report's own transaction.
package struct FindNear: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameters:
    ///   - place: as found for the report.
    ///   - reader: a member of the staff, who sees more of what they may read.
    ///   - except: not this one.
    /// - Returns: at most ``NearRules/shownLimit``, the nearest first.
    package func callAsFunction(
        _ category: Category, at place: MatterPlace, for reader: Principal? = nil, except: ID<Matter>? = nil, in town: ID<Town>
    ) async throws -> [NearMatter] {
        guard category.nearWithin > 0 else { return [] }
        return try await desk.database.read { tx in
            try near(category, place, reader, except, try desk.tree(tx, town), tx)
        }
    }

    /// The same, for what a form or a program says of the place and the category; empty while it says too little.
    package func callAsFunction(
        _ code: String, _ place: MatterReport.Place, for reader: Principal? = nil, in town: ID<Town>
    ) async throws -> [NearMatter] {
        try await desk.database.read { tx in
            let tree = try desk.tree(tx, town)
            guard let category = try desk.taxonomy(tx, town)[code], case .success(let found) = PlaceRules.find(place, in: tree)
            else { return [] }
            return try near(category, found, reader, nil, tree, tx)
        }
    }

    func near(
        _ category: Category, _ place: MatterPlace, _ reader: Principal?, _ except: ID<Matter>?, _ tree: GridTree,
        _ tx: any Transaction
    ) throws -> [NearMatter] {
        guard category.nearWithin > 0 else { return [] }
        let (now, store) = (desk.ambient.now(), NearStore(tx, town: tree.town))
        let found = try store.candidates(place, category, at: now).compactMap { matter in
            NearRules.distance(of: matter, to: place, as: category, at: now).map { (matter, $0) }
        }
        let shown = found.filter { $0.0.id != except }.sorted {
            NearRules.isBefore(($0.1, $0.0.reportedAt), ($1.1, $1.0.reportedAt))
        }.prefix(NearRules.shownLimit)
        let scope = reader?.grants[.readMatter]
        let readable = shown.filter { matter, _ in scope.map { tree.isIn($0, matter.place.grid) } ?? false }.map(\.0.id)
        let pictures = try store.pictures(of: readable)
        let open = try store.pictures(of: shown.map(\.0.id), shown: true)
        return shown.map { matter, distance in
            let inside = NearMatter.Inside(
                number: matter.number, words: matter.words, version: matter.version, picture: pictures[matter.id])
            return NearMatter(
                matter, distance, inside: readable.contains(matter.id) ? inside : nil, picture: open[matter.id])
        }
    }
}
