import Directory
import Foundation
import Identity
import Kernel
import Registers
import Storage

/// Enters people and their households; whoever has a document that is known already stays the same person (design.md rule 3).
final class PeopleSession: ImportSession {
    private let tx: any Transaction
    private let town: ID<Town>
    private let reader: PeopleReader
    private let context: ImportContext
    private let vault: Vault
    private let book: RegisterBook
    private let households: HouseholdRecordStore

    /// What one row says, sealed; its household as it would be if it began with this row.
    struct Ready: Sendable {
        let found: PeopleReader.Found
        let newcomer: Newcomer
        let household: HouseholdRecord
    }
    /// Households of the rows at hand, and those that rows before them have made.
    private var homes: [Door: HouseholdRecord] = [:]
    /// Households that are not entered yet: the first sound row of a door enters it.
    private var pending: Set<ID<Household>> = []
    /// Those entered here, so that a head who comes later is still noted.
    private var made: Set<ID<Household>> = []
    /// People entered here.
    private var entered: Set<ID<PersonNode>> = []
    private var known: [UUID: Result<KnownPeople.Match, Invalid>] = [:]
    private var ready: [UUID: Result<Ready, any Error>] = [:]
    /// What is written when the rows at hand are through, in the order in which one hangs on the other.
    private var waiting: (homes: [HouseholdRecord], arrivals: [(newcomer: Newcomer, stay: Stay)], events: [RegisterEvent]) = (
        [], [], []
    )

    init(_ tx: any Transaction, _ reader: PeopleReader, _ context: ImportContext, _ vault: Vault) {
        self.tx = tx
        town = context.principal.town
        self.reader = reader
        self.context = context
        self.vault = vault
        book = RegisterBook(tx, town: town, vault: vault, ambient: context.ambient)
        households = HouseholdRecordStore(tx, town: town)
    }

    /// Reads and seals, which takes half of the time and needs nothing of the database.
    var preparation: @Sendable (_ rows: [ImportRow]) -> [(id: UUID, ready: Result<Ready, any Error>)] {
        let (reader, vault, ambient) = (reader, vault, context.ambient)
        return { rows in
            rows.map { row in
                let ready = Result {
                    let found = try reader.read(row.values)
                    let home = HouseholdRecord(
                        id: ID(row.id), grid: found.grid, address: found.address, term: Term(from: found.from, to: nil))
                    let newcomer = try Newcomer(ID(row.id), found.person, in: home, vault, ambient)
                    return Ready(found: found, newcomer: newcomer, household: home)
                }
                return (row.id, ready)
            }
        }
    }

    /// Finds the households and the known people of all rows with one statement each.
    func prepare(_ rows: [ImportRow], _ prepared: [(id: UUID, ready: Result<Ready, any Error>)]) throws {
        // A register goes on from door to door, so the doors of long before are not needed any more.
        if homes.count > 20_000 {
            homes.removeAll(keepingCapacity: true)
            made.removeAll(keepingCapacity: true)
        }
        ready = Dictionary(uniqueKeysWithValues: prepared.map { ($0.id, $0.ready) })
        let sound = prepared.compactMap { try? $0.ready.get() }
        let unknown = sound.map(\.door).filter { homes[$0] == nil }
        for home in try households.find(at: unknown.map { ($0.grid, $0.words) }, on: context.today) {
            let door = Door(home.grid, home.address.words)
            if homes[door] == nil { homes[door] = home }
        }
        for row in sound where homes[row.door] == nil {
            homes[row.door] = row.household
            pending.insert(row.household.id)
        }
        try recognise(rows.map(\.id))
    }

    /// Finds out who is known already. In a household that is entered here nobody lives yet but those of rows before.
    private func recognise(_ ids: [UUID]) throws {
        let rows = ids.compactMap { id in (try? ready[id]?.get()).map { (id: id, ready: $0) } }
        let matches = try KnownPeople(tx, vault, context).match(
            rows.map { row in
                let home = (homes[row.ready.door] ?? row.ready.household).id
                return KnownPeople.Row(
                    person: row.ready.found.person, from: row.ready.found.from,
                    home: pending.contains(home) || made.contains(home) ? nil : home, mark: row.ready.newcomer.documentMark)
            }, except: entered)
        known = Dictionary(zip(rows.map(\.id), matches)) { first, _ in first }
    }

    func write(_ row: ImportRow) throws -> RowOutcome {
        guard let ready = try ready[row.id]?.get(), let match = try known[row.id]?.get() else { throw NotFound() }
        let found = ready.found
        var home = homes[ready.door] ?? ready.household
        if case .here(let person, let gaps) = match {
            return gaps.isEmpty ? RowOutcome(.unchanged) : try complete(person, ready, home)
        }
        var entries: [ImportEntry] = []
        let person: ID<PersonNode> = if case .elsewhere(let known) = match { known } else { ID(row.id) }
        if pending.remove(home.id) != nil {
            if found.isHead { home.head = person }
            homes[ready.door] = home
            waiting.homes.append(home)
            made.insert(home.id)
            entries.append(ImportEntry("household", home.id.description))
        }
        let stay = Stay(
            Residency(id: ID(row.id), person: person, household: home.id, kind: found.kind, from: found.from),
            relation: found.relation)
        if case .elsewhere = match {
            // The household may be among those that wait.
            try settle()
            let filled = try book.welcome(person, as: ready.newcomer, stay)
            entries.append(ImportEntry("residency", stay.residency.id.description))
            if let filled { entries.append(Self.entry(filled, of: person)) }
        } else {
            waiting.arrivals.append((ready.newcomer, stay))
            entered.insert(person)
            entries.append(ImportEntry("person", person.description))
        }
        if found.isHead, home.head == nil, made.contains(home.id) { try lead(home, person, ready.door) }
        record("person.enter", person, found, home)
        return RowOutcome(match.fate, entries)
    }

    func settle() throws {
        try book.enter(waiting.homes)
        try book.enter(waiting.arrivals)
        try RegisterEventStore(tx, town: town).append(waiting.events)
        waiting = ([], [], [])
    }

    func measure() throws { try tx.measure("household, person, residency, person_find") }

    private func lead(_ home: HouseholdRecord, _ person: ID<PersonNode>, _ door: Door) throws {
        try settle()
        var led = home
        (led.head, led.version) = (person, home.version + 1)
        guard try households.update(led, from: home.version) else { throw Conflict("stale") }
        homes[door] = led
    }

    /// Fills in what nobody knew of somebody who lives here already.
    private func complete(_ person: ID<PersonNode>, _ ready: Ready, _ home: HouseholdRecord) throws -> RowOutcome {
        guard let filled = try book.fill(person, from: ready.newcomer) else { return RowOutcome(.unchanged) }
        record("person.fill", person, ready.found, home)
        return RowOutcome(.filled, [Self.entry(filled, of: person)])
    }

    // MARK: Taking back

    private static func entry(_ filled: RegisterBook.Filled, of person: ID<PersonNode>) -> ImportEntry {
        ImportEntry("filled", "\(person) \(filled.version) " + filled.gaps.map(\.rawValue).sorted().joined(separator: ","))
    }

    private func takeBack(filled subject: String) throws {
        let parts = subject.split(separator: " ").map(String.init)
        guard parts.count == 3, let person = ID<PersonNode>(parts[0]), let version = Int(parts[1]) else { return }
        let gaps = Set(parts[2].split(separator: ",").compactMap { KnownRules.Gap(rawValue: String($0)) })
        guard try book.empty(person, of: RegisterBook.Filled(gaps, version: version)) else { throw ChangedSince() }
    }

    /// A person goes with the residency of the same row, or both stay: nobody is left who lives nowhere.
    func undo(_ entry: ImportEntry) throws {
        switch entry.act {
        case "household": if let id = ID<Household>(entry.subject) { try households.delete(id) }
        case "person":
            guard let id = ID<PersonNode>(entry.subject) else { return }
            try households.delete(ID<Residency>(id.uuid))
            try book.withdraw(id)
        case "residency": if let id = ID<Residency>(entry.subject) { try households.delete(id) }
        case "filled": try takeBack(filled: entry.subject)
        default: return
        }
    }

    private func record(_ act: String, _ person: ID<PersonNode>, _ found: PeopleReader.Found, _ home: HouseholdRecord) {
        waiting.events.append(
            RegisterEvent(
                id: context.ambient.newID(), at: context.ambient.now(), account: context.principal.account,
                post: context.principal.post,
                act: act, subject: ID(person.uuid), grid: found.grid,
                detail: [
                    "household": home.id.description, "kind": found.kind.rawValue, "from": found.from.description,
                    "import": context.source,
                ], digest: context.source))
    }
}

extension PeopleSession.Ready {
    var door: Door { Door(found.grid, found.address.words) }
}
