import Directory
import Foundation
import Identity
package import Kernel
import Storage

/// Joins two records that turn out to be one person, without losing anything: the other record stays, empty-handed, and says who it is
/// now; what moved is noted, so that it can be moved back. 合并重复人员
package struct MergePeople: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Parameters:
    ///   - kept: the record that stays.
    ///   - gone: the one that is joined to it.
    /// - Throws: ``NotFound`` when one of them is out of scope, ``Conflict`` `merged`, ``Invalid`` when documents or posts say that they are two.
    /// - Returns: the merge's id, by which it is undone.
    @discardableResult
    package func callAsFunction(
        _ kept: ID<PersonNode>, _ gone: ID<PersonNode>, by principal: Principal, request: ID<RegisterEvent>
    ) async throws -> ID<PersonMerge> {
        let scope = try principal.scope(for: .manageResident)
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "person.merge", says: [kept.description, gone.description])
            let people = PersonRecordStore(tx, town: change.town)
            guard kept != gone, let keptBefore = try people.find(kept, in: scope, on: desk.today),
                let goneBefore = try people.find(gone, in: scope, on: desk.today)
            else { throw NotFound() }
            if try change.isDone() { return change.newID() }
            let merge = Merging(tx, desk, change.town, kept: keptBefore, gone: goneBefore)
            let (moved, replaced) = try merge.join()
            let record = PersonMerge(
                id: change.newID(), kept: kept, gone: gone, at: desk.ambient.now(), moved: moved, undoneAt: nil)
            try MergeStore(tx, town: change.town).insert(record)
            try PersonIndex(tx, town: change.town, vault: desk.vault).refresh([kept, gone], on: desk.today)
            try change.record(kept, grid: nil, ["joined": gone.description, "merge": record.id.description], replaced: replaced)
            return record.id
        }
    }

    /// Separates two records again. What was changed since stays with the record that was kept.
    package func undo(_ id: ID<PersonMerge>, by principal: Principal, request: ID<RegisterEvent>) async throws -> PersonMerge {
        let scope = try principal.scope(for: .manageResident)
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(tx, desk, by: principal, request, "person.separate", says: [id.description])
            let store = MergeStore(tx, town: change.town)
            let people = PersonRecordStore(tx, town: change.town)
            guard let merge = try store.find(id), let kept = try people.find(merge.kept, in: scope, on: desk.today),
                let gone = try people.find([merge.gone]).first
            else { throw NotFound() }
            if try change.isDone() { return merge }
            guard merge.undoneAt == nil, gone.mergedInto == merge.kept else { throw Conflict("already-separated") }
            let replaced = try change.history.replaced(by: ID(id.uuid), desk.vault) ?? [:]
            try Merging(tx, desk, change.town, kept: kept, gone: gone).separate(merge.moved, replaced)
            try store.undo(id, at: desk.ambient.now())
            try PersonIndex(tx, town: change.town, vault: desk.vault).refresh([merge.kept, merge.gone], on: desk.today)
            try change.record(merge.kept, grid: nil, ["separated": merge.gone.description, "merge": id.description])
            return merge
        }
    }

    /// Writes down that two records look alike and are two people, so that they are not suggested again.
    package func keepApart(
        _ one: ID<PersonNode>, _ other: ID<PersonNode>, by principal: Principal, request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .manageResident)
        try await desk.database.write { [desk] tx in
            let (first, second) = (min(one, other), max(one, other))
            let change = RegisterChange(
                tx, desk, by: principal, request, "person.apart", says: [first.description, second.description])
            let people = PersonRecordStore(tx, town: change.town)
            guard one != other, try people.find(one, in: scope, on: desk.today) != nil,
                try people.find(other, in: scope, on: desk.today) != nil
            else { throw NotFound() }
            if try change.isDone() { return }
            try MergeStore(tx, town: change.town).keepApart(first, second, at: desk.ambient.now(), by: principal.account)
            try change.record(first, grid: nil, ["apart": second.description])
        }
    }
}
