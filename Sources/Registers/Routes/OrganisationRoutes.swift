import Directory
import Kernel
import Storage
import Web

/// Organisations and who belongs to them, and who can help with what.
struct OrganisationRoutes: Sendable {
    let desk: RegisterDesk

    var routes: [Route] {
        [
            Route(.get, "/office/organisations", .holder(.readResident)) { try await list($0, []) },
            Route(.post, "/office/organisations", .holder(.manageResident), bodyLimit: HouseholdRoutes.formLimit, handle: open),
            Route(.get, "/office/organisations/{organisation}", .holder(.readResident)) { try await show($0, []) },
            Route(
                .post, "/office/organisations/{organisation}/members", .holder(.manageResident),
                bodyLimit: HouseholdRoutes.formLimit,
                handle: admit),
            Route(
                .post, "/office/organisations/{organisation}/members/{member}/ending", .holder(.manageResident),
                bodyLimit: HouseholdRoutes.formLimit, handle: release),
        ]
    }

    private func list(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let principal = try call.signedIn()
        let scope = try principal.scope(for: .readResident)
        let skill = Skill(rawValue: call.query["skill"] ?? "")
        let (desk, town) = (desk, call.town)
        let (tree, list, helpers) = try await desk.database.read { tx in
            let store = OrganisationStore(tx, town: town)
            return (
                try desk.tree(tx, town), try store.list(in: scope, on: desk.today),
                try skill.map { try store.people(with: $0, in: scope, on: desk.today) } ?? []
            )
        }
        return call.page(
            OrganisationsPage(call, principal, tree: tree, list: list, skill: skill, helpers: helpers, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func open(_ call: Call) async throws -> Answer {
        do {
            var validation = Validation()
            let grid = ID<GridNode>(call.form["grid"] ?? "")
            validation.check(grid != nil, at: "/grid", "not-a-choice")
            let kind = call.choice("kind", &validation, Organisation.Kind.self)
            try validation.finish()
            guard let grid, let kind else { throw Invalid("/grid", "not-a-choice") }
            let id = try await KeepOrganisation(desk).open(
                kind, named: call.form["name"] ?? "", address: call.filled("address"), in: grid, by: try call.signedIn(),
                request: call.clientID())
            return call.done(RegistersPath.organisation(id), flash: "registers.flash.saved")
        } catch let invalid as Invalid {
            return try await list(call, invalid.faults)
        }
    }

    private func show(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let principal = try call.signedIn()
        let scope = try principal.scope(for: .readResident)
        let (id, desk, town) = (try call.id("organisation", of: Organisation.self), desk, call.town)
        let (tree, found, members, names) = try await desk.database.read { tx in
            let store = OrganisationStore(tx, town: town)
            guard let found = try store.find(id, in: scope) else { throw NotFound() }
            let members = try store.members(of: id, on: desk.today)
            return (
                try desk.tree(tx, town), found, members, try PersonStore(tx, town: town).names(of: Set(members.map(\.person)))
            )
        }
        return call.page(
            OrganisationPage(
                call, principal, tree: tree, organisation: found, members: members, names: names, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func admit(_ call: Call) async throws -> Answer {
        let id = try call.id("organisation", of: Organisation.self)
        do {
            var validation = Validation()
            let role = call.choice("role", &validation, OrganisationMember.Role.self)
            try validation.finish()
            guard let role else { throw Invalid("/role", "not-a-choice") }
            let person = try await OnePerson(desk).find(call.form["person"] ?? "", at: "/person", by: try call.signedIn())
            try await KeepOrganisation(desk).admit(
                person, to: id, as: role, by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.organisation(id), flash: "registers.flash.saved")
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults)
        }
    }

    private func release(_ call: Call) async throws -> Answer {
        let id = try call.id("organisation", of: Organisation.self)
        try await KeepOrganisation(desk).release(
            try call.id("member"), from: id, by: try call.signedIn(), request: call.clientID())
        return call.done(RegistersPath.organisation(id), flash: "registers.flash.saved")
    }
}
