import Directory
import Identity
package import Kernel
import Storage

/// What somebody wrote down about why a person needs looking after.
package struct CareDraft: Sendable, Hashable {
    package var kind: CareMark.Kind
    package var purpose: String
    package var audience: CareMark.Audience
    package var note: String?
    package var from: Day
    package var to: Day?

    package init(
        _ kind: CareMark.Kind, purpose: String, audience: CareMark.Audience = .grid, note: String? = nil, from: Day, to: Day?
    ) {
        self.kind = kind
        self.purpose = purpose
        self.audience = audience
        self.note = note
        self.from = from
        self.to = to
    }
}

/// Sets and ends key-care marks. 关爱标记
package struct KeepCare: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope, ``Invalid`` by ``CareRules`` or when the purpose needs a consent that was not given.
    @discardableResult
    package func mark(
        _ person: ID<PersonNode>, _ draft: CareDraft, by principal: Principal, request: ID<RegisterEvent>
    ) async throws -> ID<CareMark> {
        let reach = try CareReach(principal)
        let scope = try principal.scope(for: .editResident)
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "care.mark",
                says: [
                    person.description, draft.kind.rawValue, draft.purpose, draft.audience.rawValue, draft.note,
                    draft.from.description, draft.to?.description,
                ])
            guard let found = try PersonRecordStore(tx, town: change.town).find(person, in: scope, on: desk.today),
                found.mergedInto == nil, found.destroyedAt == nil
            else { throw NotFound() }
            if try change.isDone() { return change.newID() }
            let purpose = try DataPurposeStore(tx, town: change.town).find(draft.purpose)
            var faults = CareRules.faults(
                draft.kind, draft.audience, purpose: purpose, from: draft.from, to: draft.to, today: desk.today)
            if !reach.audiences.contains(draft.audience) { faults.append(Fault("/audience", "not-permitted")) }
            if (draft.note?.count ?? 0) > 300 { faults.append(Fault("/note", "too-long", ["limit": "300"])) }
            if let purpose, purpose.basis == .consent {
                let entries = try ConsentStore(tx, town: change.town).all(of: [person])
                let holds = ConsentRules.holds(entries, for: purpose.code)
                if !holds { faults.append(Fault("/purpose", "consent-missing")) }
            }
            guard faults.isEmpty, let to = draft.to else { throw Invalid(faults) }
            let mark = CareMark(
                id: change.newID(), person: person, kind: draft.kind, purpose: draft.purpose, audience: draft.audience,
                note: draft.note?.trimmed.isEmpty == false ? draft.note?.trimmed : nil, from: draft.from, to: to)
            try CareStore(tx, town: change.town, vault: desk.vault).insert(mark)
            // What somebody needs is itself personal: the history says that a mark was set, not which.
            try change.record(
                person, grid: nil, ["mark": mark.id.description, "purpose": mark.purpose, "to": mark.to.description])
            return mark.id
        }
    }

    /// Ends a mark with yesterday: it does not hold any more.
    /// - Returns: whose it was.
    @discardableResult
    package func end(_ id: ID<CareMark>, by principal: Principal, request: ID<RegisterEvent>) async throws -> ID<PersonNode> {
        let reach = try CareReach(principal)
        let scope = try principal.scope(for: .editResident)
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(tx, desk, by: principal, request, "care.end", says: [id.description])
            let store = CareStore(tx, town: change.town, vault: desk.vault)
            guard let mark = try store.find(id, reach, on: desk.today),
                try PersonRecordStore(tx, town: change.town).find(mark.person, in: scope, on: desk.today) != nil
            else { throw NotFound() }
            if try change.isDone() { return mark.person }
            guard mark.to >= desk.today else { throw Conflict("already-ended") }
            try store.end(id, on: desk.today.adding(days: -1))
            try change.record(mark.person, grid: nil, ["mark": id.description, "purpose": mark.purpose])
            return mark.person
        }
    }
}
