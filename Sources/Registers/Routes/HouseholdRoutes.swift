import Directory
import Kernel
import Storage
import Web

/// Households: the list, one on one page, entering and changing them, who comes and who leaves, visits.
struct HouseholdRoutes: Sendable {
    let desk: RegisterDesk
    static let formLimit = 16_384

    var routes: [Route] {
        [
            Route(.get, "/office/households", .holder(.readResident), handle: list),
            Route(.get, "/office/households/new", .holder(.editResident)) { try await form($0, []) },
            Route(.post, "/office/households/new", .holder(.editResident), bodyLimit: Self.formLimit, handle: enter),
            Route(.get, "/office/households/{household}", .holder(.readResident)) { try await show($0) },
            Route(.get, "/office/households/{household}/edit", .holder(.editResident)) { try await editForm($0, []) },
            Route(.post, "/office/households/{household}/edit", .holder(.editResident), bodyLimit: Self.formLimit, handle: edit),
            Route(.get, "/office/households/{household}/residents", .holder(.editResident)) { try await residentForm($0, []) },
            Route(
                .post, "/office/households/{household}/residents", .holder(.editResident), bodyLimit: Self.formLimit,
                handle: enterResident),
            Route(
                .post, "/office/households/{household}/departures", .holder(.editResident), bodyLimit: Self.formLimit,
                handle: leave),
            Route(
                .post, "/office/households/{household}/visits", .holder(.editResident), bodyLimit: Self.formLimit, handle: visit),
        ]
    }

    private func tree(_ call: Call) async throws -> GridTree {
        let (desk, town) = (desk, call.town)
        return try await desk.database.read { try desk.tree($0, town) }
    }

    private func list(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let grid = (call.query["grid"] ?? "").trimmed
        guard grid.isEmpty || ID<GridNode>(grid) != nil else { throw NotFound() }
        let address = String((call.query["address"] ?? "").trimmed.prefix(40))
        let (lines, next) = try await ReadHouseholds(desk)(
            in: ID(grid), address: address, after: call.query["after"].flatMap { VisitCursor($0) }, by: principal)
        return call.page(
            HouseholdsPage(
                call, principal, tree: try await tree(call), grid: grid, address: address, lines: lines, next: next))
    }

    /// The page of one household, with the words of a form that could not be carried out.
    private func show(_ call: Call, _ section: String? = nil, _ faults: [Fault] = []) async throws -> Answer {
        let principal = try call.signedIn()
        let sight = try await ReadHousehold(desk)(try call.id("household"), by: principal)
        return call.page(
            HouseholdPage(call, principal, sight, section: section, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    // MARK: Households

    private func form(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .editResident)
        return call.page(
            HouseholdForm(call, tree: try await tree(call), scope: scope, household: nil, members: [], faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func draft(_ call: Call) throws(Invalid) -> HouseholdDraft {
        guard let grid = ID<GridNode>(call.form["grid"] ?? "") else { throw Invalid("/grid", "not-a-choice") }
        let head = call.filled("head")
        guard head == nil || ID<PersonNode>(head ?? "") != nil else { throw Invalid("/head", "not-a-choice") }
        return HouseholdDraft(
            grid: grid, address: Address(reading: String((call.form["address"] ?? "").prefix(200))), place: try place(call),
            head: head.flatMap { ID($0) })
    }

    /// Longitude and latitude as a telephone shows them, with any comma or blank between.
    private func place(_ call: Call) throws(Invalid) -> Coordinate? {
        guard let text = call.filled("place") else { return nil }
        let numbers = text.split { ",，、; ".contains($0) }.map { Double($0) }
        guard numbers.count == 2, let longitude = numbers[0], let latitude = numbers[1],
            let place = Coordinate(longitude: longitude, latitude: latitude)
        else { throw Invalid("/place", "household-place") }
        return place
    }

    private func enter(_ call: Call) async throws -> Answer {
        do {
            let id = try await KeepHousehold(desk).enter(try draft(call), by: try call.signedIn(), request: call.clientID())
            return call.done("\(RegistersPath.household(id))/residents", flash: "registers.flash.household")
        } catch let invalid as Invalid {
            return try await form(call, invalid.faults)
        }
    }

    private func editForm(_ call: Call, _ faults: [Fault], isStale: Bool = false) async throws -> Answer {
        let principal = try call.signedIn()
        let scope = try principal.scope(for: .editResident)
        let sight = try await ReadHousehold(desk)(try call.id("household"), by: principal)
        guard sight.tree.isIn(scope, sight.household.grid) else { throw NotFound() }
        return call.page(
            HouseholdForm(
                call, tree: sight.tree, scope: scope, household: sight.household, members: sight.members.map(\.person.person),
                faults: faults, isStale: isStale), status: isStale ? 409 : faults.isEmpty ? 200 : 422)
    }

    private func edit(_ call: Call) async throws -> Answer {
        let id = try call.id("household", of: Household.self)
        do {
            try await KeepHousehold(desk).edit(
                id, try draft(call), seen: call.seen, by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.household(id), flash: "registers.flash.saved")
        } catch let invalid as Invalid {
            return try await editForm(call, invalid.faults)
        } catch let conflict as Conflict where conflict.reason == "stale" {
            return try await editForm(call, [], isStale: true)
        }
    }

    // MARK: Who lives there

    private func residentForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .editResident)
        let (id, town) = (try call.id("household", of: Household.self), call.town)
        let household = try await desk.database.read { try HouseholdRecordStore($0, town: town).find(id, in: scope) }
        guard let household else { throw NotFound() }
        return call.page(PersonForm(call, household: household, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func enterResident(_ call: Call) async throws -> Answer {
        let id = try call.id("household", of: Household.self)
        do {
            var validation = Validation()
            let kind = call.choice("kind", &validation, Residency.Kind.self)
            let from = call.day("from", &validation, required: true)
            let birth = call.day("birth", &validation)
            try validation.finish()
            guard let kind, let from else { throw Invalid("/from", "required") }
            let draft = PersonDraft(
                name: call.form["name"] ?? "", sex: PersonRecord.Sex(rawValue: call.form["sex"] ?? ""), birth: birth,
                documentKind: DocumentKind(rawValue: call.form["documentKind"] ?? ""), document: call.form["document"] ?? "",
                phones: [call.form["phone"] ?? "", call.form["phone2"] ?? ""], isPartyMember: call.form["party"] != nil)
            let (_, wasKnown) = try await EnterResident(desk)(
                Arrival(draft, as: kind, relation: call.filled("relation"), from: from), in: id, by: try call.signedIn(),
                request: call.clientID())
            return call.done(
                RegistersPath.household(id), flash: wasKnown ? "registers.flash.known" : "registers.flash.entered")
        } catch let invalid as Invalid {
            return try await residentForm(call, invalid.faults)
        }
    }

    private func leave(_ call: Call) async throws -> Answer {
        let id = try call.id("household", of: Household.self)
        do {
            var validation = Validation()
            let ending = call.choice("ending", &validation, Stay.Ending.self)
            let day = call.day("day", &validation, required: true)
            let person = ID<PersonNode>(call.form["person"] ?? "")
            validation.check(person != nil, at: "/person", "not-a-choice")
            try validation.finish()
            guard let ending, let day, let person else { throw Invalid("/person", "not-a-choice") }
            try await EndResidency(desk)(
                of: person, in: id, ending, on: day, by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.household(id), flash: "registers.flash.left")
        } catch let invalid as Invalid {
            return try await show(call, "leave", invalid.faults)
        }
    }

    // MARK: Visits

    private func visit(_ call: Call) async throws -> Answer {
        let id = try call.id("household", of: Household.self)
        do {
            let (channel, at) = try VisitForm.read(call)
            try await RecordVisit(desk)(
                to: .household(id), channel, at: at, note: call.form["note"], by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.household(id), flash: "registers.flash.visit")
        } catch let invalid as Invalid {
            return try await show(call, "visit", invalid.faults)
        }
    }
}

/// The form by which a visit is written down, at households and enterprises alike.
enum VisitForm {
    /// A visit of today was just now, one of another day at noon.
    static func read(_ call: Call) throws(Invalid) -> (HomeVisit.Channel, Instant) {
        var validation = Validation()
        let channel = call.choice("channel", &validation, HomeVisit.Channel.self)
        let day = call.day("day", &validation, required: true)
        try validation.finish()
        guard let channel, let day else { throw Invalid("/day", "required") }
        return (channel, day == call.now.day() ? call.now : day.start() + .hours(12))
    }
}
