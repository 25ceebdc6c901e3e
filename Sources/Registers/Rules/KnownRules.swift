package import Directory
package import Kernel

/// What may be filled in of somebody who is known, and whether somebody who has their document is them. Pure.
package enum KnownRules {
    package enum Gap: String, Sendable, Hashable, CaseIterable { case sex, birth, party, document, phones }

    /// What `said` says that nobody knew of `known`.
    package static func gaps(
        of known: PersonRecord, hasDocument: Bool, hasPhone: Bool, saying said: CheckedPerson
    ) -> Set<Gap> {
        var gaps: Set<Gap> = []
        if known.sex == nil, said.sex != nil { gaps.insert(.sex) }
        if known.birth == nil, said.birth != nil { gaps.insert(.birth) }
        if !known.isPartyMember, said.isPartyMember { gaps.insert(.party) }
        if !hasDocument, said.document != nil { gaps.insert(.document) }
        if !hasPhone, !said.phones.isEmpty { gaps.insert(.phones) }
        return gaps
    }

    /// What speaks against somebody who is said to have the document of `known`. A number copied from the line above is sound by itself;
    /// the name tells.
    package static func faults(of known: PersonRecord, named name: String) -> [Fault] {
        if known.deceasedOn != nil { return [Fault("/document", "known-deceased")] }
        return plain(known.name) == plain(name) ? [] : [Fault("/document", "known-otherwise")]
    }

    /// Whether somebody who lives at the same door is the one who is said to live there: the same name, and nothing that says otherwise.
    package static func isSame(_ said: DuplicateRules.Trait, _ resident: DuplicateRules.Trait) -> Bool {
        if let mine = said.document, let theirs = resident.document { return mine == theirs }
        guard plain(said.name) == plain(resident.name) else { return false }
        if let mine = said.birth, let theirs = resident.birth { return mine == theirs }
        return true
    }

    private static func plain(_ name: String) -> String { name.filter { !$0.isWhitespace && $0 != "·" && $0 != "." } }
}
