import Directory
import Identity
import Kernel
import Storage

/// Moves what two records of one person have to the one that is kept, and back.
struct Merging {
    private let tx: any Transaction
    private let desk: RegisterDesk
    private let town: ID<Town>
    private let kept: PersonRecord
    private let gone: PersonRecord

    init(_ tx: any Transaction, _ desk: RegisterDesk, _ town: ID<Town>, kept: PersonRecord, gone: PersonRecord) {
        self.tx = tx
        self.desk = desk
        self.town = town
        self.kept = kept
        self.gone = gone
    }

    /// - Returns: what moved, and what the kept record lacked or had before, by field.
    /// - Throws: ``Conflict``, ``Invalid``.
    func join() throws -> (PersonMerge.Moved, [String: String]) {
        let people = PersonRecordStore(tx, town: town)
        guard kept.mergedInto == nil, gone.mergedInto == nil, kept.destroyedAt == nil, gone.destroyedAt == nil else {
            throw Conflict("merged")
        }
        guard try PostStore(tx, town: town).ever(of: gone.id).isEmpty else { throw Invalid("/gone", "holds-a-post") }
        let open = try people.open([kept.id, gone.id], desk.vault)
        let (mine, theirs) = (open[kept.id], open[gone.id])
        if let mine = mine?.document, let theirs = theirs?.document, mine != theirs {
            throw Invalid("/gone", "two-documents")
        }
        let moved = try move()
        var replaced: [String: String] = [:]
        var after = kept
        if after.sex == nil, gone.sex != nil { after.sex = gone.sex; replaced["sex"] = "" }
        if after.birth == nil, gone.birth != nil { after.birth = gone.birth; replaced["birth"] = "" }
        if !after.isPartyMember, gone.isPartyMember { after.isPartyMember = true; replaced["party"] = "0" }
        if after.deceasedOn == nil, gone.deceasedOn != nil { after.deceasedOn = gone.deceasedOn; replaced["deceased"] = "" }
        try update(after, from: kept.version)
        if mine?.document == nil, let number = theirs?.document, let kind = gone.document {
            replaced["document"] = ""
            try people.setDocument(try SealedDocument(try Document(kind, number), of: kept.id, desk.vault), of: kept.id)
        }
        let phones = mine?.phones ?? []
        let more = (theirs?.phones ?? []).filter { !phones.contains($0) }
        if !more.isEmpty {
            replaced["phones"] = phones.joined(separator: " ")
            try setPhones(Array((phones + more).prefix(PersonRules.phoneLimit)))
        }
        let organisations = OrganisationStore(tx, town: town)
        let skills = try organisations.skills(of: kept.id)
        let union = try skills.union(organisations.skills(of: gone.id))
        if union != skills {
            replaced["skills"] = skills.map(\.rawValue).sorted().joined(separator: " ")
            try organisations.setSkills(union, of: kept.id)
        }
        var joined = gone
        joined.mergedInto = kept.id
        try update(joined, from: gone.version)
        return (moved, replaced)
    }

    /// Residencies in a household where the kept person lives at the same time say nothing new and stay behind.
    private func move() throws -> PersonMerge.Moved {
        let households = HouseholdRecordStore(tx, town: town)
        let stays = try households.stays(of: [kept.id, gone.id]).map(\.residency)
        let mine = stays.filter { $0.person == kept.id }
        let fresh = stays.filter { stay in
            stay.person == gone.id
                && !mine.contains { $0.household == stay.household && $0.kind == stay.kind && $0.term.overlaps(stay.term) }
        }.map(\.id)
        try households.give(fresh, to: kept.id)
        let care = CareStore(tx, town: town, vault: desk.vault)
        let marks = try care.all(of: [gone.id]).map(\.id)
        try care.give(marks, to: kept.id)
        let organisations = OrganisationStore(tx, town: town)
        let members = try organisations.memberships(of: [gone.id]).map(\.member.id)
        try organisations.give(members, to: kept.id)
        let merges = MergeStore(tx, town: town)
        let (guardians, children) = try merges.guardianships(of: gone.id, notWith: kept.id)
        try merges.give(guardians: guardians, children: children, to: kept.id)
        return PersonMerge.Moved(
            stays: fresh.map(\.description), marks: marks.map(\.description), memberships: members.map(\.description),
            guardians: guardians.map(\.description), children: children.map(\.description))
    }

    /// Moves back what moved, and takes from the kept record what it has of the other alone.
    func separate(_ moved: PersonMerge.Moved, _ replaced: [String: String]) throws {
        let people = PersonRecordStore(tx, town: town)
        try HouseholdRecordStore(tx, town: town).give(moved.stays.compactMap { ID($0) }, to: gone.id)
        try CareStore(tx, town: town, vault: desk.vault).give(moved.marks.compactMap { ID($0) }, to: gone.id)
        try OrganisationStore(tx, town: town).give(moved.memberships.compactMap { ID($0) }, to: gone.id)
        try MergeStore(tx, town: town).give(
            guardians: moved.guardians.compactMap { ID($0) }, children: moved.children.compactMap { ID($0) }, to: gone.id)
        let open = try people.open([kept.id, gone.id], desk.vault)
        var after = kept
        if replaced["sex"] != nil, after.sex == gone.sex { after.sex = nil }
        if replaced["birth"] != nil, after.birth == gone.birth { after.birth = nil }
        if replaced["party"] != nil { after.isPartyMember = false }
        if replaced["deceased"] != nil, after.deceasedOn == gone.deceasedOn { after.deceasedOn = nil }
        try update(after, from: kept.version)
        if replaced["document"] != nil, open[kept.id]?.document == open[gone.id]?.document {
            try people.setDocument(nil, of: kept.id)
        }
        if let before = replaced["phones"] {
            let own = Set(before.split(separator: " ").map(String.init))
            let theirs = Set(open[gone.id]?.phones ?? []).subtracting(own)
            try setPhones((open[kept.id]?.phones ?? []).filter { !theirs.contains($0) })
        }
        if let before = replaced["skills"] {
            let organisations = OrganisationStore(tx, town: town)
            let own = Set(before.split(separator: " ").compactMap { Skill(rawValue: String($0)) })
            let theirs = try organisations.skills(of: gone.id).subtracting(own)
            try organisations.setSkills(try organisations.skills(of: kept.id).subtracting(theirs), of: kept.id)
        }
        var free = gone
        free.mergedInto = nil
        try update(free, from: gone.version)
    }

    private func setPhones(_ phones: [String]) throws {
        try PersonRecordStore(tx, town: town).setPhones(
            try SealedPhones(phones.compactMap { Telephone($0) }, of: kept.id, desk.vault) { desk.ambient.newID() }, of: kept.id)
    }

    private func update(_ person: PersonRecord, from version: Int) throws {
        var person = person
        person.version = version + 1
        guard try PersonRecordStore(tx, town: town).update(person, from: version) else { throw Conflict("stale") }
    }
}
