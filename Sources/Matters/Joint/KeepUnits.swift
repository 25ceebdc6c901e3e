import Directory
import Identity
package import Kernel
import Storage

/// What is said of a unit.
package struct UnitDraft: Sendable {
    package var nameZh = ""
    package var nameEn = ""
    package var contact = ""
    package var phone = ""
    /// As ``TimeLimit`` reads them.
    package var respondWithin = ""
    package var finishWithin = ""
    package var isRetired = false
    /// The version that was seen; 0 for a new one.
    package var version = 0

    package init() {}

    fileprivate var fields: [String] {
        [nameZh, nameEn, contact, phone, respondWithin, finishWithin, String(isRetired), String(version)]
    }

    fileprivate func unit(_ id: ID<JointUnit>) throws(Invalid) -> JointUnit {
        var validation = Validation()
        let zh = validation.text(nameZh, at: "/nameZh", limit: JointUnit.nameLimit)
        let en = validation.text(nameEn, at: "/nameEn", limit: JointUnit.nameLimit * 2, required: false)
        let contact = validation.text(contact, at: "/contact", limit: JointUnit.nameLimit)
        let phone = phone.trimmed
        validation.check(!phone.isEmpty, at: "/phone", "required")
        validation.check(phone.isEmpty || Phone.isDialable(phone), at: "/phone", "not-a-phone")
        let respond = TimeLimit(respondWithin.trimmed), finish = TimeLimit(finishWithin.trimmed)
        validation.check(respond != nil, at: "/respondWithin", "time-limit")
        validation.check(finish != nil, at: "/finishWithin", "time-limit")
        try validation.finish()
        return JointUnit(
            id: id, nameZh: zh, nameEn: en, contact: contact, phone: phone, respondWithin: respond ?? .oneDay,
            finishWithin: finish ?? .threeDays, isRetired: isRetired, version: version + 1)
    }
}

/// The town office says which units it can ask, and who answers for them. 协办单位
package struct KeepUnits: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// Opens a unit, or changes one.
    /// - Throws: ``Invalid``, ``NotFound``, ``Conflict`` `stale` or `request-reused`.
    @discardableResult
    package func callAsFunction(
        _ draft: UnitDraft, of known: ID<JointUnit>? = nil, by principal: Principal, request: ID<UnitEvent>
    ) async throws -> ID<JointUnit> {
        let id = known ?? ID(request.uuid)
        try await change(draft.fields + [id.description], by: principal, request) { store in
            let before = try store.find(id)
            guard known == nil || before != nil else { throw NotFound() }
            let unit = try draft.unit(id)
            guard before?.version ?? 0 == draft.version else { throw Conflict("stale") }
            let isTaken = try store.all().contains { $0.id != id && $0.nameZh == unit.nameZh }
            guard !isTaken else { throw Invalid("/nameZh", "taken") }
            try store.put(unit)
            return (id, known == nil ? .opened : .edited, unit.nameZh)
        }
        return id
    }

    /// Lets somebody answer for a unit from today on. Whoever is not known yet is entered; the operator gives them an account.
    /// - Throws: ``NotFound``, ``Invalid`` for a bad name or number, or somebody who answers for it already.
    package func admit(
        _ name: String, phone: String, to unit: ID<JointUnit>, by principal: Principal, request: ID<UnitEvent>
    ) async throws {
        _ = try principal.scope(for: .keepUnits)
        let (desk, town) = (desk, principal.town)
        guard try await desk.database.read({ try UnitStore($0, town: town).find(unit) }) != nil else { throw NotFound() }
        var validation = Validation()
        validation.check(!phone.trimmed.isEmpty, at: "/phone", "required")
        validation.check(!name.trimmed.isEmpty, at: "/name", "required")
        try validation.finish()
        let person = try await RegisterPerson(database: desk.database, ambient: desk.ambient, vault: desk.vault)(
            name: name, phone: phone, by: principal, request: ID(request.uuid))
        let today = desk.ambient.now().day()
        try await change(["admit", unit.description, person.description], by: principal, request) { store in
            let members = try store.members(of: unit, on: today)
            guard !members.contains(where: { $0.member.person == person }) else { throw Invalid("/name", "already-member") }
            try store.insert(UnitMember(id: ID(request.uuid), unit: unit, person: person, from: today))
            return (unit, .admitted, name.trimmed)
        }
    }

    /// Ends somebody's answering for a unit with yesterday.
    /// - Throws: ``NotFound``.
    package func release(
        _ member: ID<UnitMember>, from unit: ID<JointUnit>, by principal: Principal, request: ID<UnitEvent>
    ) async throws {
        let today = desk.ambient.now().day()
        try await change(["release", unit.description, member.description], by: principal, request) { store in
            guard let known = try store.members(of: unit, on: today).first(where: { $0.member.id == member }) else {
                throw NotFound()
            }
            // Whoever was named only today leaves no term that ends before it begins; the history keeps both.
            if known.member.term.from >= today {
                try store.remove(member)
            } else {
                try store.end(member, on: today.adding(days: -1))
            }
            return (unit, .released, known.name)
        }
    }

    /// Once, with its history and the audit log.
    private func change(
        _ says: [String], by principal: Principal, _ request: ID<UnitEvent>,
        _ body: @escaping @Sendable (UnitStore) throws -> (ID<JointUnit>, UnitEvent.Act, String)
    ) async throws {
        _ = try principal.scope(for: .keepUnits)
        let desk = desk
        let digest = desk.digest(says)
        try await desk.database.write { tx in
            let store = UnitStore(tx, town: principal.town)
            if let done = try store.done(request) {
                guard done == digest else { throw Conflict("request-reused") }
                return
            }
            let (unit, act, detail) = try body(store)
            let event = UnitEvent(
                id: request, unit: unit, act: act, detail: detail, at: desk.ambient.now(), actor: .init(principal))
            try store.add(event, digest: digest)
            try AuditTrail(tx).record(
                "unit.\(act.rawValue)", by: principal, town: principal.town, subject: unit.description, ambient: desk.ambient)
        }
        // Routing rules may name it.
        desk.taxonomies.forget(principal.town)
    }
}
