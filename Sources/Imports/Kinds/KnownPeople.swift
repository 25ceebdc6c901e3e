import Directory
import Foundation
import Identity
import Kernel
import Registers
import Storage

/// Finds out who of some rows the registers know already, for all of them at once: by the document, or by the name at the same door.
struct KnownPeople {
    private let tx: any Transaction
    private let town: ID<Town>
    private let vault: Vault
    private let context: ImportContext

    /// One row as far as it is needed to recognise somebody.
    struct Row {
        let person: CheckedPerson
        let from: Day
        /// The household at its door, if there is one already.
        let home: ID<Household>?
        let mark: String?
    }

    enum Match {
        case nobody
        /// Nobody for certain, though somebody of this name has the same birth or telephone.
        case alike
        /// Known, and lives elsewhere.
        case elsewhere(ID<PersonNode>)
        /// Lives here already; with what nobody knew.
        case here(ID<PersonNode>, Set<KnownRules.Gap>)

        var fate: RowFate {
            switch self {
            case .nobody: .new
            case .alike: .alike
            case .elsewhere: .moves
            case .here(_, let gaps): gaps.isEmpty ? .unchanged : .filled
            }
        }
    }

    init(_ tx: any Transaction, _ vault: Vault, _ context: ImportContext) {
        self.tx = tx
        town = context.principal.town
        self.vault = vault
        self.context = context
    }

    /// - Parameter own: people whom the same import has entered: they are no strangers to themselves.
    /// - Returns: for each row who it is, or what speaks against that.
    func match(_ rows: [Row], except own: Set<ID<PersonNode>> = []) throws -> [Result<Match, Invalid>] {
        let people = PersonRecordStore(tx, town: town)
        let holders = try people.holders(ofDocuments: Set(rows.compactMap(\.mark)))
        let stays = Dictionary(
            grouping: try HouseholdRecordStore(tx, town: town).stays(in: Set(rows.compactMap(\.home)).sorted()).map(\.residency),
            by: \.household)
        let ids = Set(stays.values.joined().map(\.person)).union(holders.values).subtracting(own).sorted()
        let records = Dictionary(try people.find(ids).filter { $0.mergedInto == nil }.map { ($0.id, $0) }) { first, _ in first }
        let traits = try MergeStore(tx, town: town).traits(of: ids)
        var found: [Result<Match, Invalid>] = rows.map { row in
            let residents = row.home.flatMap { stays[$0] } ?? []
            let here = Set(residents.filter { $0.term.to.map { $0 >= row.from } ?? true }.map(\.person))
            let said = trait(row)
            let holder = row.mark.flatMap { holders[$0] }
            // Records that were joined to others live here no more.
            let namesake = here.sorted().first { id in
                records[id] != nil && traits[id].map { KnownRules.isSame(said, $0) } ?? false
            }
            guard let id = holder ?? namesake, let record = records[id], let trait = traits[id] else { return .success(.nobody) }
            let faults = holder == nil ? [] : KnownRules.faults(of: record, named: row.person.name)
            guard faults.isEmpty else { return .failure(Invalid(faults)) }
            guard here.contains(id) else { return .success(.elsewhere(id)) }
            return .success(
                .here(
                    id,
                    KnownRules.gaps(
                        of: record, hasDocument: trait.document != nil, hasPhone: !trait.phones.isEmpty, saying: row.person)))
        }
        try markAlike(&found, rows, except: own)
        return found
    }

    /// Says of whom nobody knows who they look like.
    private func markAlike(_ found: inout [Result<Match, Invalid>], _ rows: [Row], except own: Set<ID<PersonNode>>) throws {
        let strangers = rows.indices.filter { if case .success(.nobody) = found[$0] { true } else { false } }
        let said = strangers.map { (place: $0, trait: trait(rows[$0], withPhone: true)) }
        let merges = MergeStore(tx, town: town)
        let ids = try merges.namesakes(said.map(\.trait), in: context.scope, on: context.today, limit: 2000).filter {
            !own.contains($0)
        }
        let known = Dictionary(grouping: try merges.traits(of: ids).values, by: \.name)
        for (place, trait) in said
        where known[trait.name, default: []].contains(where: { DuplicateRules.reason(trait, $0) != nil }) {
            found[place] = .success(.alike)
        }
    }

    /// What of a row is compared. The telephone counts only where no birth is known.
    private func trait(_ row: Row, withPhone: Bool = false) -> DuplicateRules.Trait {
        let phones = withPhone && row.person.birth == nil ? row.person.phones.map { vault.mark($0.digits, kind: "phone") } : []
        return DuplicateRules.Trait(
            id: ID(Self.nobody), name: row.person.name, birth: row.person.birth, document: row.mark, phones: Set(phones))
    }

    private static let nobody = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}
