import Directory
import Kernel
import Storage
import Web

/// Enterprises and small shops: the list, one of them, entering and changing, visits, the telephone.
struct EnterpriseRoutes: Sendable {
    let desk: RegisterDesk

    var routes: [Route] {
        [
            Route(.get, "/office/enterprises", .holder(.readResident), handle: list),
            Route(.get, "/office/enterprises/new", .holder(.editResident)) { try await form($0, nil, []) },
            Route(.post, "/office/enterprises/new", .holder(.editResident), bodyLimit: HouseholdRoutes.formLimit, handle: enter),
            Route(.get, "/office/enterprises/{enterprise}", .holder(.readResident)) { try await show($0) },
            Route(.get, "/office/enterprises/{enterprise}/edit", .holder(.editResident)) { call in
                try await form(call, try await editable(call), [])
            },
            Route(
                .post, "/office/enterprises/{enterprise}/edit", .holder(.editResident), bodyLimit: HouseholdRoutes.formLimit,
                handle: edit),
            Route(
                .post, "/office/enterprises/{enterprise}/visits", .holder(.editResident), bodyLimit: HouseholdRoutes.formLimit,
                handle: visit),
            Route(
                .post, "/office/enterprises/{enterprise}/reveal", .holder(.revealResident), bodyLimit: HouseholdRoutes.formLimit,
                handle: reveal),
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let grid = (call.query["grid"] ?? "").trimmed
        guard grid.isEmpty || ID<GridNode>(grid) != nil else { throw NotFound() }
        let filter = EnterpriseFilter(
            kind: Enterprise.Kind(rawValue: call.query["kind"] ?? ""), text: String((call.query["text"] ?? "").trimmed.prefix(40))
        )
        let after = call.query["after"].flatMap { NameCursor($0) }
        let found = try await ReadEnterprises(desk)(filter, in: ID(grid), after: after, by: principal)
        return call.page(EnterprisesPage(call, principal, found, grid: grid, filter: filter))
    }

    private func show(_ call: Call, _ section: String? = nil, _ faults: [Fault] = []) async throws -> Answer {
        let principal = try call.signedIn()
        let sight = try await ReadEnterprise(desk)(try call.id("enterprise"), by: principal)
        return call.page(
            EnterprisePage(call, principal, sight, section: section, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    /// The enterprise in the path, for whoever may change it.
    private func editable(_ call: Call) async throws -> EnterpriseSight {
        let principal = try call.signedIn()
        let sight = try await ReadEnterprise(desk)(try call.id("enterprise"), by: principal)
        guard sight.tree.isIn(try principal.scope(for: .editResident), sight.firm.grid) else { throw NotFound() }
        return sight
    }

    private func form(_ call: Call, _ sight: EnterpriseSight?, _ faults: [Fault], isStale: Bool = false) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .editResident)
        let (desk, town) = (desk, call.town)
        let tree = try await desk.database.read { try desk.tree($0, town) }
        return call.page(
            EnterpriseForm(
                call, tree: tree, scope: scope, firm: sight?.firm, maskedPhone: sight?.maskedPhone, faults: faults,
                isStale: isStale),
            status: isStale ? 409 : faults.isEmpty ? 200 : 422)
    }

    /// - Parameter isNew: then the telephone is what the form says; else a blank one stays as it was.
    private func draft(_ call: Call, isNew: Bool) throws(Invalid) -> EnterpriseDraft {
        var validation = Validation()
        let grid = ID<GridNode>(call.form["grid"] ?? "")
        validation.check(grid != nil, at: "/grid", "not-a-choice")
        let kind = call.choice("kind", &validation, Enterprise.Kind.self)
        let trade = call.choice("trade", &validation, Enterprise.Trade.self)
        let count = call.filled("headcount")
        validation.check(count == nil || Int(count ?? "") != nil, at: "/headcount", "not-a-number")
        try validation.finish()
        guard let grid, let kind, let trade else { throw Invalid("/grid", "not-a-choice") }
        let phone = call.form["phone"] ?? ""
        return EnterpriseDraft(
            grid: grid, kind: kind, trade: trade, name: call.form["name"] ?? "", code: call.form["code"] ?? "",
            noCodeReason: call.form["reason"] ?? "", address: call.form["address"] ?? "", contact: call.form["contact"] ?? "",
            phone: !isNew && phone.trimmed.isEmpty && call.form["noPhone"] == nil ? nil : phone,
            headcount: count.flatMap { Int($0) })
    }

    private func enter(_ call: Call) async throws -> Answer {
        do {
            let id = try await KeepEnterprise(desk).enter(
                try draft(call, isNew: true), by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.enterprise(id), flash: "registers.flash.enterprise")
        } catch let invalid as Invalid {
            return try await form(call, nil, invalid.faults)
        }
    }

    private func edit(_ call: Call) async throws -> Answer {
        let sight = try await editable(call)
        do {
            var validation = Validation()
            let closed = call.day("closed", &validation)
            try validation.finish()
            try await KeepEnterprise(desk).edit(
                sight.firm.id, try draft(call, isNew: false), closedOn: closed, seen: call.seen, by: try call.signedIn(),
                request: call.clientID())
            return call.done(RegistersPath.enterprise(sight.firm.id), flash: "registers.flash.saved")
        } catch let invalid as Invalid {
            return try await form(call, sight, invalid.faults)
        } catch let conflict as Conflict where conflict.reason == "stale" {
            return try await form(call, sight, [], isStale: true)
        }
    }

    private func visit(_ call: Call) async throws -> Answer {
        let id = try call.id("enterprise", of: Enterprise.self)
        do {
            let (channel, at) = try VisitForm.read(call)
            try await RecordVisit(desk)(
                to: .enterprise(id), channel, at: at, note: call.form["note"], by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.enterprise(id), flash: "registers.flash.visit")
        } catch let invalid as Invalid {
            return try await show(call, "visit", invalid.faults)
        }
    }

    private func reveal(_ call: Call) async throws -> Answer {
        let id = try call.id("enterprise", of: Enterprise.self)
        do {
            let (firm, phone) = try await RevealPerson(desk)(
                id, by: try call.signedIn(), reason: call.form["reason"] ?? "", address: call.address)
            return call.page(
                SealedShownPage(
                    name: firm.name, back: RegistersPath.enterprise(id), document: nil, documentKind: nil, birth: nil,
                    phones: phone.map { [LinkPart(href: "tel:\($0)", name: $0)] } ?? []))
        } catch let invalid as Invalid {
            return try await show(call, "reveal", invalid.faults)
        }
    }
}
