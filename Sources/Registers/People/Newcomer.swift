package import Directory
package import Identity
package import Kernel
package import Storage

/// Somebody who is to be entered, with everything sealed and every key of the index made, so that none of it is done in a transaction.
package struct Newcomer: Sendable {
    package let record: PersonRecord
    let said: CheckedPerson
    let document: SealedDocument?
    let phones: SealedPhones
    let keys: [String]

    /// The mark by which the same document is found again; nil without a document.
    package var documentMark: String? { document?.mark }

    /// - Parameters:
    ///   - id: given by whoever asked, so that a retry enters once.
    ///   - household: where they are to live.
    /// - Throws: what ``Vault/seal(_:for:)`` throws.
    package init(
        _ id: ID<PersonNode>, _ person: CheckedPerson, in household: HouseholdRecord, _ vault: Vault, _ ambient: Ambient
    ) throws {
        said = person
        record = PersonRecord(
            id: id, name: person.name, sex: person.sex, birth: person.birth, document: person.document?.kind,
            isPartyMember: person.isPartyMember)
        document = try person.document.map { try SealedDocument($0, of: id, vault) }
        phones = try SealedPhones(person.phones, of: id, vault) { ambient.newID() }
        keys = PersonIndex.keys(
            of: FindKeys.Subject(
                name: person.name, phones: phones.digits, document: person.document?.number, addresses: [household.address.words],
                grids: [household.grid]), vault)
    }
}

/// Enters people and households into the registers within somebody's transaction: what one form and a whole spreadsheet share.
///
/// The caller checks scope and rules, looks for known people by ``PersonRecordStore/holders(ofDocuments:)``, and writes the history.
package struct RegisterBook {
    private let tx: any Transaction
    private let town: ID<Town>
    private let vault: Vault
    private let ambient: Ambient

    package init(_ tx: any Transaction, town: ID<Town>, vault: Vault, ambient: Ambient) {
        self.tx = tx
        self.town = town
        self.vault = vault
        self.ambient = ambient
    }

    package func enter(_ households: [HouseholdRecord]) throws {
        try HouseholdRecordStore(tx, town: town).insert(households)
    }

    /// Enters people nobody knew, with their residencies.
    package func enter(_ arrivals: [(newcomer: Newcomer, stay: Stay)]) throws {
        try PersonRecordStore(tx, town: town).insert(
            arrivals.map { ($0.newcomer.record, $0.newcomer.document, $0.newcomer.phones) }, at: ambient.now())
        try HouseholdRecordStore(tx, town: town).insert(arrivals.map(\.stay))
        try FindStore(tx, town: town).enqueue(arrivals.map { ($0.newcomer.record.id, $0.newcomer.keys) })
    }

    /// Takes back somebody whom nothing refers to.
    package func withdraw(_ person: ID<PersonNode>) throws {
        try FindStore(tx, town: town).remove(person)
        try PersonRecordStore(tx, town: town).delete(person)
    }

    /// Lets somebody who is known live here too, and fills in what nobody knew of them.
    @discardableResult
    package func welcome(_ known: ID<PersonNode>, as newcomer: Newcomer, _ stay: Stay) throws -> Filled? {
        try HouseholdRecordStore(tx, town: town).insert([stay])
        let filled = try fill(known, from: newcomer)
        if filled == nil { try refresh(known) }
        return filled
    }

    /// What was filled in of somebody, and the version their record has since.
    package struct Filled: Sendable, Hashable {
        package let gaps: Set<KnownRules.Gap>
        package let version: Int

        package init(_ gaps: Set<KnownRules.Gap>, version: Int) {
            self.gaps = gaps
            self.version = version
        }
    }

    /// Fills in what nobody knew of somebody.
    /// - Returns: nil when there was nothing to fill in.
    package func fill(_ known: ID<PersonNode>, from newcomer: Newcomer) throws -> Filled? {
        let people = PersonRecordStore(tx, town: town)
        guard var person = try people.find([known]).first else { throw NotFound() }
        let open = try people.open([known], vault)[known]
        let said = newcomer.said
        let gaps = KnownRules.gaps(
            of: person, hasDocument: open?.document != nil, hasPhone: open?.phones.isEmpty == false, saying: said)
        guard !gaps.isEmpty else { return nil }
        let version = person.version
        if gaps.contains(.sex) { person.sex = said.sex }
        if gaps.contains(.birth) { person.birth = said.birth }
        if gaps.contains(.party) { person.isPartyMember = true }
        person.version += 1
        guard try people.update(person, from: version) else { throw Conflict("stale") }
        if gaps.contains(.document), let document = said.document {
            try people.setDocument(try SealedDocument(document, of: known, vault), of: known)
        }
        if gaps.contains(.phones) {
            try people.setPhones(try SealedPhones(said.phones, of: known, vault) { ambient.newID() }, of: known)
        }
        try refresh(known)
        return Filled(gaps, version: person.version)
    }

    /// Takes back what was filled in.
    /// - Returns: false when the record has been changed since; then it stays as it is.
    package func empty(_ known: ID<PersonNode>, of filled: Filled) throws -> Bool {
        let people = PersonRecordStore(tx, town: town)
        guard var person = try people.find([known]).first, person.version == filled.version else { return false }
        if filled.gaps.contains(.sex) { person.sex = nil }
        if filled.gaps.contains(.birth) { person.birth = nil }
        if filled.gaps.contains(.party) { person.isPartyMember = false }
        person.version += 1
        guard try people.update(person, from: filled.version) else { return false }
        if filled.gaps.contains(.document) { try people.setDocument(nil, of: known) }
        if filled.gaps.contains(.phones) {
            try people.setPhones(try SealedPhones([], of: known, vault) { ambient.newID() }, of: known)
        }
        try refresh(known)
        return true
    }

    private func refresh(_ known: ID<PersonNode>) throws {
        try PersonIndex(tx, town: town, vault: vault).refresh([known], on: ambient.now().day())
    }
}
