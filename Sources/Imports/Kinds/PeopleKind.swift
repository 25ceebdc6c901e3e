package import Directory
import Foundation
package import Identity
package import Kernel
import Registers
import Spreadsheets
package import Storage

/// People with the households they live in: a village's 花名册. 居民
package struct PeopleKind: ImportKind {
    let directory: DirectoryCache
    let vault: Vault

    package init(directory: DirectoryCache, vault: Vault) {
        self.directory = directory
        self.vault = vault
    }

    package let name = "people"
    package let permission = Permission.editResident
    package let fields = [
        ImportField("village", .text(limit: 60), names: ColumnNames.village),
        ImportField("grid", .text(limit: 60), isRequired: true, names: ColumnNames.grid),
        ImportField("address", .text(limit: 120), isRequired: true, names: ColumnNames.address),
        ImportField("name", .name(limit: 40), isRequired: true, names: ColumnNames.person),
        ImportField("document", .identity, isUnique: true, names: ColumnNames.document),
        ImportField("sex", .choice([("male", ["男", "男性", "M"]), ("female", ["女", "女性", "F"])]), names: ColumnNames.sex),
        ImportField("birth", .day, "出生日期", "出生年月日", "出生年月", "生日", "Birth", "Date of birth"),
        ImportField("phone", .phone, names: ColumnNames.phone),
        ImportField("relation", .text(limit: 20), names: ColumnNames.relation),
        ImportField(
            "kind",
            .choice([
                ("registered", ["户籍", "户籍人口", "常住", "常住人口", "本地", "Registered"]),
                ("floating", ["流动人口", "流动", "外来", "外来人口", "Floating"]),
                ("tenant", ["租户", "租客", "承租人", "Tenant"]), ("owner", ["业主", "房主", "Owner"]),
            ]), names: ColumnNames.residence),
        ImportField("party", .flag, names: ColumnNames.party),
        ImportField("from", .day, names: ColumnNames.since),
    ]

    package func session(_ tx: any Transaction, _ context: ImportContext) throws -> any ImportSession {
        let tree = try directory.tree(tx, town: context.principal.town, day: context.today)
        return PeopleSession(tx, PeopleReader(tree, context), context, vault)
    }

    package func checker(_ tx: any Transaction, _ context: ImportContext) throws -> (any RowChecker)? {
        let tree = try directory.tree(tx, town: context.principal.town, day: context.today)
        return PeopleChecker(reader: PeopleReader(tree, context), context: context, vault: vault)
    }
}

/// Judges people without entering them: by the rules, then by who is known already.
private struct PeopleChecker: RowChecker {
    let reader: PeopleReader
    let context: ImportContext
    let vault: Vault

    func fates(of rows: [ImportValues], _ tx: any Transaction) throws -> [Result<RowFate, Invalid>] {
        let read = rows.map { row in Result { () throws(Invalid) in try reader.read(row) } }
        let found = read.compactMap { try? $0.get() }
        let homes = try HouseholdRecordStore(tx, town: context.principal.town).find(
            at: found.map { ($0.grid, $0.address.words) }, on: context.today)
        let doors = Dictionary(homes.map { (Door($0.grid, $0.address.words), $0.id) }) { first, _ in first }
        let known = KnownPeople(tx, vault, context)
        let matches = try known.match(
            found.map { row in
                KnownPeople.Row(
                    person: row.person, from: row.from, home: doors[Door(row.grid, row.address.words)],
                    mark: row.person.document.map { SealedDocument.mark($0.number, vault) })
            })
        var next = matches.makeIterator()
        return read.map { row in
            switch row {
            case .failure(let invalid): .failure(invalid)
            case .success: next.next().map { $0.map(\.fate) } ?? .success(.new)
            }
        }
    }
}

/// Where a household is: the words of its address within its grid.
struct Door: Hashable {
    let grid: ID<GridNode>
    let words: String

    init(_ grid: ID<GridNode>, _ words: String) {
        self.grid = grid
        self.words = words
    }
}

/// What one row says, by the rules of the registers.
struct PeopleReader: Sendable {
    struct Found: Sendable {
        let grid: ID<GridNode>
        let address: Address
        let person: CheckedPerson
        let kind: Residency.Kind
        let relation: String?
        let from: Day
        var isHead: Bool { relation == "户主" || relation == "本人" }
    }

    private let finder: GridFinder
    private let today: Day

    init(_ tree: GridTree, _ context: ImportContext) {
        finder = GridFinder(tree, in: context.scope)
        today = context.today
    }

    func read(_ row: ImportValues) throws(Invalid) -> Found {
        var faults: [Fault] = []
        var grid: ID<GridNode>?
        do throws(Invalid) {
            let village: ID<GridNode>? =
                if let text = row["village"] { try finder.find(text, levels: [.one], field: "village") } else { nil }
            grid = try finder.find(row["grid"] ?? "", in: village, levels: [.one, .two, .three], field: "grid")
        } catch {
            faults += error.faults
        }
        let draft = PersonDraft(
            name: row["name"] ?? "", sex: row["sex"].flatMap { PersonRecord.Sex(rawValue: $0) }, birth: row.day("birth"),
            document: row["document"] ?? "", phones: row["phone"].map { [$0] } ?? [], isPartyMember: row["party"] == "1")
        let from = row.day("from") ?? today
        faults += PersonRules.faults(of: Term(from: from, to: nil), today: today)
        do throws(Invalid) {
            let person = try PersonRules.check(draft, on: today)
            guard faults.isEmpty, let grid else { throw Invalid(faults) }
            return Found(
                grid: grid, address: Address(reading: row["address"] ?? ""), person: person,
                kind: row["kind"].flatMap { Residency.Kind(rawValue: $0) } ?? .registered, relation: row["relation"], from: from)
        } catch {
            throw Invalid(faults == error.faults ? faults : faults + error.faults).naming(["phones/0": "phone"])
        }
    }
}
