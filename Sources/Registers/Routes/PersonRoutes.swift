import Directory
import Foundation
import Kernel
import Storage
import Web

/// People: finding them, one record, correcting it, what is sealed, care, consents, guardians, and one person's own file.
struct PersonRoutes: Sendable {
    let desk: RegisterDesk

    var routes: [Route] {
        [
            Route(.get, "/office/people", .holder(.readResident)) { try await find($0, $0.query["q"]) },
            Route(.post, "/office/people", .holder(.readResident), bodyLimit: HouseholdRoutes.formLimit, handle: ask),
            Route(.get, "/office/people/{person}", .holder(.readResident)) { try await show($0) },
            Route(.get, "/office/people/{person}/edit", .holder(.editResident)) { try await editForm($0, []) },
            post("edit", .editResident, edit), post("reveal", .revealResident, reveal), post("care", .editResident, mark),
            Route(
                .post, "/office/care/{mark}/ending", .holder(.editResident), bodyLimit: HouseholdRoutes.formLimit, handle: endMark
            ),
            post("consents", .editResident, consent), post("guardians", .editResident, guardian),
            post("file", .manageResident, file),
        ]
    }

    private func post(_ name: String, _ permission: Permission, _ handle: @escaping @Sendable (Call) async throws -> Answer)
        -> Route
    {
        Route(
            .post, "/office/people/{person}/\(name)", .holder(permission), bodyLimit: HouseholdRoutes.formLimit, handle: handle)
    }

    /// A question with a telephone or a document in it is answered at once: such a number has no place in an address, where the browser's
    /// history and every log keep it. Names and doors lead to a page that can be come back to.
    private func ask(_ call: Call) async throws -> Answer {
        let text = String((call.form["q"] ?? "").trimmed.prefix(80))
        guard text.count(where: \.isNumber) < 7 else { return try await find(call, text) }
        return .seeOther(text.isEmpty ? RegistersPath.people : "\(RegistersPath.people)?" + Form.query([("q", text)]))
    }

    private func find(_ call: Call, _ words: String?) async throws -> Answer {
        let text = String((words ?? "").trimmed.prefix(80))
        let (people, hasMore) = try await FindPeople(desk)(text, by: try call.signedIn())
        let (desk, town) = (desk, call.town)
        let tree = try await desk.database.read { try desk.tree($0, town) }
        return call.page(PeoplePage(call, tree: tree, text: text, people: people, hasMore: hasMore))
    }

    /// The page of one person, with the words of a form that could not be carried out.
    private func show(_ call: Call, _ section: String? = nil, _ faults: [Fault] = []) async throws -> Answer {
        let principal = try call.signedIn()
        let sight = try await ReadPerson(desk)(try call.id("person"), by: principal)
        return call.page(
            PersonPage(call, principal, sight, section: section, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    /// Carries out what a form on the page asks, or shows the page again with what is wrong.
    private func act(
        _ call: Call, _ section: String, flash: String, _ perform: (ID<PersonNode>) async throws -> Void
    ) async throws -> Answer {
        let id = try call.id("person", of: PersonNode.self)
        do {
            try await perform(id)
            return call.done(RegistersPath.person(id), flash: flash)
        } catch let invalid as Invalid {
            return try await show(call, section, invalid.faults)
        }
    }

    // MARK: Correcting

    private func editForm(_ call: Call, _ faults: [Fault], isStale: Bool = false) async throws -> Answer {
        let principal = try call.signedIn()
        let (id, scope, town) = (
            try call.id("person", of: PersonNode.self), try principal.scope(for: .editResident), call.town
        )
        let mayEdit = try await desk.database.read { [desk] in
            try PersonRecordStore($0, town: town).find(id, in: scope, on: desk.today) != nil
        }
        guard mayEdit else { throw NotFound() }
        let sight = try await ReadPerson(desk)(id, by: principal)
        return call.page(
            PersonForm(call, sight: sight, faults: faults, isStale: isStale), status: isStale ? 409 : faults.isEmpty ? 200 : 422)
    }

    private func edit(_ call: Call) async throws -> Answer {
        let id = try call.id("person", of: PersonNode.self)
        do {
            var validation = Validation()
            let birth = call.day("birth", &validation)
            try validation.finish()
            let edit = PersonEdit(
                name: call.form["name"] ?? "", sex: PersonRecord.Sex(rawValue: call.form["sex"] ?? ""),
                birth: call.form["newBirth"] == nil ? nil : .some(birth), isPartyMember: call.form["party"] != nil,
                skills: Set(call.form.all("skill").compactMap { Skill(rawValue: $0) }),
                document: call.form["newDocument"] == nil ? nil : call.form["document"] ?? "",
                documentKind: DocumentKind(rawValue: call.form["documentKind"] ?? ""),
                phones: call.form["newPhones"] == nil ? nil : [call.form["phone"] ?? "", call.form["phone2"] ?? ""])
            try await EditPerson(desk)(id, edit, seen: call.seen, by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.person(id), flash: "registers.flash.saved")
        } catch let invalid as Invalid {
            return try await editForm(call, invalid.faults)
        } catch let conflict as Conflict where conflict.reason == "stale" {
            return try await editForm(call, [], isStale: true)
        }
    }

    // MARK: Sealed data

    private func reveal(_ call: Call) async throws -> Answer {
        let id = try call.id("person", of: PersonNode.self)
        do {
            let (person, open) = try await RevealPerson(desk)(
                id, by: try call.signedIn(), reason: call.form["reason"] ?? "", address: call.address)
            return call.page(
                SealedShownPage(
                    name: person.name, back: RegistersPath.person(id), document: open.document,
                    documentKind: person.document.map(call.label), birth: person.birth?.description,
                    phones: open.phones.map { LinkPart(href: "tel:\($0)", name: $0) }))
        } catch let invalid as Invalid {
            return try await show(call, "reveal", invalid.faults)
        }
    }

    private func file(_ call: Call) async throws -> Answer {
        let id = try call.id("person", of: PersonNode.self)
        do {
            let file = try await ExportPerson(desk)(
                id, by: try call.signedIn(), reason: call.form["reason"] ?? "", address: call.address)
            guard call.form["form"] == "json" else { return call.page(PersonFilePage(call, file)) }
            var answer = try Answer.json(PersonFileDocument(file))
            answer.headers.append(("Content-Disposition", "attachment; filename=\"person-\(id).json\""))
            return answer
        } catch let invalid as Invalid {
            return try await show(call, "file", invalid.faults)
        }
    }

    // MARK: Care, consent, guardians

    private func mark(_ call: Call) async throws -> Answer {
        try await act(call, "care", flash: "registers.flash.care") { id in
            var validation = Validation()
            let kind = call.choice("kind", &validation, CareMark.Kind.self)
            let audience = call.choice("audience", &validation, CareMark.Audience.self)
            let from = call.day("from", &validation) ?? call.now.day()
            let to = call.day("to", &validation, required: true)
            try validation.finish()
            guard let kind, let audience else { throw Invalid("/kind", "not-a-choice") }
            try await KeepCare(desk).mark(
                id,
                CareDraft(
                    kind, purpose: call.form["purpose"] ?? "", audience: audience, note: call.filled("note"), from: from, to: to),
                by: try call.signedIn(), request: call.clientID())
        }
    }

    private func endMark(_ call: Call) async throws -> Answer {
        let person = try await KeepCare(desk).end(
            try call.id("mark"), by: try call.signedIn(), request: call.clientID())
        return call.done(RegistersPath.person(person), flash: "registers.flash.care-ended")
    }

    private func consent(_ call: Call) async throws -> Answer {
        try await act(call, "consent", flash: "registers.flash.consent") { id in
            var validation = Validation()
            let action = call.choice("act", &validation, Consent.Act.self)
            let way = call.choice("way", &validation, Consent.Way.self)
            try validation.finish()
            guard let action, let way else { throw Invalid("/act", "not-a-choice") }
            try await KeepConsent(desk).record(
                action, of: id, for: call.form["purpose"] ?? "", way: way, guardian: ID(call.form["guardian"] ?? ""),
                by: try call.signedIn(), request: call.clientID())
        }
    }

    /// The guardian is named by what finds exactly one person: a document, or a name with a telephone's tail or a door.
    private func guardian(_ call: Call) async throws -> Answer {
        try await act(call, "guardian", flash: "registers.flash.guardian") { id in
            let guardian = try await OnePerson(desk).find(call.form["guardian"] ?? "", at: "/guardian", by: try call.signedIn())
            try await KeepConsent(desk).appoint(
                guardian, for: id, relation: call.form["relation"] ?? "", by: try call.signedIn(), request: call.clientID())
        }
    }
}

/// Takes words of a form for one person of the registers.
struct OnePerson: Sendable {
    private let desk: RegisterDesk

    init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` at `pointer` when nobody or more than one fits.
    func find(_ text: String, at pointer: String, by principal: Principal) async throws -> ID<PersonNode> {
        let words = text.trimmed
        guard !words.isEmpty else { throw Invalid(pointer, "required") }
        let found = try await FindPeople(desk)(words, by: principal).people
        let exact = found.filter { $0.person.name == words }
        let fitting = exact.isEmpty ? found : exact
        guard let first = fitting.first else { throw Invalid(pointer, "person-unknown") }
        guard fitting.count == 1 else { throw Invalid(pointer, "person-several") }
        return first.person.id
    }
}
