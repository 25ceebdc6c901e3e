package import Kernel
package import Storage

/// Writes down a figure of a village as somebody gave it. A figure of the same kind for the same day is corrected; the history keeps both.
package struct ReportFigure: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Throws: ``NotFound`` for a grid out of scope or not of level 1, ``Invalid``, ``Conflict``.
    package func callAsFunction(_ figure: ReportedFigure, by principal: Principal, request: ID<DirectoryEvent>) async throws {
        let scope = try principal.scope(for: .directoryEdit)
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            guard try GridStore(tx, town: change.town).find(figure.village, in: scope)?.level == .one else { throw NotFound() }
            let detail = Dictionary(known: [
                "key": figure.key.rawValue, "value": figure.value.map(String.init), "words": figure.reportedText,
                "source": figure.source, "asOf": figure.asOf.description,
            ])
            if try change.isDone("figure.report", figure.village, detail) { return }
            let faults = FactRules.faults(in: figure, today: ambient.now().day())
            guard faults.isEmpty else { throw Invalid(faults) }
            try VillageStore(tx, town: change.town).put(figure)
            try change.record("figure.report", figure.village, grid: figure.village, detail)
        }
    }
}
