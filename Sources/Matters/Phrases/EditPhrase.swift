import Directory
import Identity
package import Kernel
import Storage

/// Changes a phrase, adds one, or switches one off; every edition is kept. The town's are for the town office, a village may have its own.
/// Whoever keeps the categories keeps the phrases 常用语.
package struct EditPhrase: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    package struct Draft: Sendable {
        /// Nil for a new one.
        package var code: String?
        /// The edition that was seen.
        package var edition = 0
        package var village: ID<GridNode>?
        package var step: Phrase.Step?
        package var title = ""
        package var words = ""
        package var isOff = false

        package init() {}
    }

    /// - Throws: ``Invalid``, ``NotFound`` out of reach, ``Conflict`` `stale`, `request-reused`.
    package func callAsFunction(
        _ draft: Draft, by principal: Principal, request: ID<Phrase>, address: String? = nil
    ) async throws {
        let scope = try principal.scope(for: .editCategory)
        let (desk, town) = (desk, principal.town)
        try await desk.database.write { tx in
            let store = PhraseStore(tx, town: town)
            if let made = try store.made(by: request) {
                guard made.code == draft.code ?? request.description, made.title == draft.title.trimmed,
                    made.words == draft.words.trimmed, made.isOff == draft.isOff
                else { throw Conflict("request-reused") }
                return
            }
            let known = try draft.code.map { code in
                guard let phrase = try store.phrases().first(where: { $0.code == code }) else { throw NotFound() }
                return phrase
            }
            try EditCategory.check(scope, known.map(\.village) ?? draft.village, try desk.tree(tx, town))
            let faults = PhraseRules.faults(step: known?.step ?? draft.step, title: draft.title, words: draft.words)
            guard faults.isEmpty else { throw Invalid(faults) }
            guard let step = known?.step ?? draft.step else { throw Invalid("/step", "required") }
            guard draft.edition == known?.edition ?? 0 else { throw Conflict("stale") }
            let phrase = Phrase(
                code: known?.code ?? request.description, edition: draft.edition + 1,
                village: known.map(\.village) ?? draft.village,
                step: step, title: draft.title.trimmed, words: draft.words.trimmed, isOff: draft.isOff)
            guard try store.add(phrase, request, by: MatterEvent.Actor(principal), at: desk.ambient.now()) else {
                throw Conflict("stale")
            }
            try AuditTrail(tx).record(
                "matter.phrase", by: principal, town: town, subject: phrase.code,
                detail: ["edition": String(phrase.edition), "off": String(phrase.isOff)], address: address, ambient: desk.ambient)
        }
    }
}
