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

    private struct Door: Hashable {
        let grid: ID<GridNode>
        let words: String
    }
    private struct Ready {
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
    private var known: [String: ID<PersonNode>] = [:]
    private var ready: [UUID: Result<Ready, any Error>] = [:]

    init(_ tx: any Transaction, _ reader: PeopleReader, _ context: ImportContext, _ vault: Vault) {
        self.tx = tx
        town = context.principal.town
        self.reader = reader
        self.context = context
        self.vault = vault
        book = RegisterBook(tx, town: town, vault: vault, ambient: context.ambient)
        households = HouseholdRecordStore(tx, town: town)
    }

    /// Finds the households and the known people of all rows with one statement each, and seals on every processor.
    func prepare(_ rows: [(values: ImportValues, id: UUID)]) throws {
        let read = rows.map { row in (id: row.id, found: Result { try reader.read(row.values) }) }
        let found = read.compactMap { row in (try? row.found.get()).map { (row.id, $0) } }
        // A register goes on from door to door, so the doors of long before are not needed any more.
        if homes.count > 20_000 {
            homes.removeAll(keepingCapacity: true)
            made.removeAll(keepingCapacity: true)
        }
        let unknown = found.filter { homes[Door(grid: $1.grid, words: $1.address.words)] == nil }
        for home in try households.find(at: unknown.map { ($1.grid, $1.address.words) }, on: context.today) {
            let door = Door(grid: home.grid, words: home.address.words)
            if homes[door] == nil { homes[door] = home }
        }
        var places: [(UUID, PeopleReader.Found, HouseholdRecord)] = []
        for (id, found) in found {
            let door = Door(grid: found.grid, words: found.address.words)
            let home: HouseholdRecord
            if let known = homes[door] {
                home = known
            } else {
                home = HouseholdRecord(
                    id: ID(id), grid: found.grid, address: found.address, term: Term(from: found.from, to: nil))
                homes[door] = home
                pending.insert(home.id)
            }
            places.append((id, found, home))
        }
        ready = Dictionary(
            uniqueKeysWithValues: read.compactMap { row in
                if case .failure(let error) = row.found { (row.id, .failure(error)) } else { nil }
            })
        for (id, result) in seal(places) { ready[id] = result }
        let marks = ready.values.compactMap { try? $0.get().newcomer.documentMark }
        known = try PersonRecordStore(tx, town: town).holders(ofDocuments: Set(marks))
    }

    /// Sealing takes most of the time and needs nothing of the database.
    private func seal(_ places: [(UUID, PeopleReader.Found, HouseholdRecord)]) -> [(UUID, Result<Ready, any Error>)] {
        let (vault, ambient) = (vault, context.ambient)
        let sealed = Guarded<[(UUID, Result<Ready, any Error>)]>([])
        let width = 4
        DispatchQueue.concurrentPerform(iterations: width) { lane in
            var own: [(UUID, Result<Ready, any Error>)] = []
            for index in stride(from: lane, to: places.count, by: width) {
                let (id, found, home) = places[index]
                own.append(
                    (
                        id,
                        Result {
                            Ready(
                                found: found, newcomer: try Newcomer(ID(id), found.person, in: home, vault, ambient),
                                household: home)
                        }
                    ))
            }
            let finished = own
            sealed.withLock { $0 += finished }
        }
        return sealed.withLock { $0 }
    }

    func write(_ row: ImportValues, as id: UUID) throws -> [ImportEntry] {
        guard let ready = try ready[id]?.get() else { throw NotFound() }
        let found = ready.found
        let door = Door(grid: found.grid, words: found.address.words)
        var home = homes[door] ?? ready.household
        let holder = ready.newcomer.documentMark.flatMap { known[$0] }
        if let holder, try lives(holder, in: home.id, on: found.from) { throw Invalid("/document", "already-here") }
        var entries: [ImportEntry] = []
        if pending.remove(home.id) != nil {
            try book.enter(home)
            made.insert(home.id)
            entries.append(ImportEntry("household", home.id.description))
        }
        let person = holder ?? ID(id)
        let stay = Stay(
            Residency(id: ID(id), person: person, household: home.id, kind: found.kind, from: found.from),
            relation: found.relation)
        if let holder {
            try book.welcome(holder, as: ready.newcomer, stay)
        } else {
            try book.enter(ready.newcomer, stay)
            entries.append(ImportEntry("person", person.description))
        }
        entries.append(ImportEntry("residency", stay.residency.id.description))
        if found.isHead, home.head == nil, made.contains(home.id) {
            let version = home.version
            (home.head, home.version) = (person, version + 1)
            guard try households.update(home, from: version) else { throw Conflict("stale") }
            homes[door] = home
        }
        try record(person, found, home)
        return entries
    }

    private func lives(_ person: ID<PersonNode>, in household: ID<Household>, on day: Day) throws -> Bool {
        try households.stays(of: [person]).contains { stay in
            stay.residency.household == household && (stay.residency.term.to.map { $0 >= day } ?? true)
        }
    }

    private func record(_ person: ID<PersonNode>, _ found: PeopleReader.Found, _ home: HouseholdRecord) throws {
        try RegisterEventStore(tx, town: town).append(
            RegisterEvent(
                id: context.ambient.newID(), at: context.ambient.now(), account: context.principal.account,
                post: context.principal.post,
                act: "person.enter", subject: ID(person.uuid), grid: found.grid,
                detail: [
                    "household": home.id.description, "kind": found.kind.rawValue, "from": found.from.description,
                    "import": context.source,
                ], digest: context.source))
    }

    func undo(_ entry: ImportEntry) throws {
        switch entry.act {
        case "household": if let id = ID<Household>(entry.subject) { try households.delete(id) }
        case "person": if let id = ID<PersonNode>(entry.subject) { try book.withdraw(id) }
        case "residency": if let id = ID<Residency>(entry.subject) { try households.delete(id) }
        default: return
        }
    }
}
