import Directory
import Kernel
import Storage
import Web

/// Properties: the list, one of them, entering and changing, who lives there, the owner's telephone.
struct PropertyRoutes: Sendable {
    let desk: RegisterDesk

    var routes: [Route] {
        [
            Route(.get, RegistersPath.properties, .holder(.readResident), handle: list),
            Route(.get, "/office/properties/new", .holder(.editResident)) { try await form($0, nil, []) },
            Route(.post, "/office/properties/new", .holder(.editResident), bodyLimit: HouseholdRoutes.formLimit, handle: enter),
            Route(.get, "/office/properties/{property}", .holder(.readResident)) { try await show($0) },
            Route(.get, "/office/properties/{property}/edit", .holder(.editResident)) { call in
                try await form(call, try await editable(call), [])
            },
            Route(
                .post, "/office/properties/{property}/edit", .holder(.editResident), bodyLimit: HouseholdRoutes.formLimit,
                handle: edit),
            Route(
                .post, "/office/properties/{property}/households", .holder(.editResident), bodyLimit: HouseholdRoutes.formLimit,
                handle: settle),
            Route(
                .post, "/office/properties/{property}/reveal", .holder(.revealResident), bodyLimit: HouseholdRoutes.formLimit,
                handle: reveal),
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let grid = (call.query["grid"] ?? "").trimmed
        guard grid.isEmpty || ID<GridNode>(grid) != nil else { throw NotFound() }
        let filter = PropertyFilter(
            kind: Property.Kind(rawValue: call.query["kind"] ?? ""), use: Property.Use(rawValue: call.query["use"] ?? ""),
            text: String((call.query["text"] ?? "").trimmed.prefix(40)))
        let after = call.query["after"].flatMap { NameCursor($0) }
        let found = try await ReadProperties(desk)(filter, in: ID(grid), after: after, by: principal)
        return call.page(PropertiesPage(call, principal, found, grid: grid, filter: filter))
    }

    private func show(_ call: Call, _ section: String? = nil, _ faults: [Fault] = [], isStale: Bool = false) async throws
        -> Answer
    {
        let principal = try call.signedIn()
        let sight = try await ReadProperty(desk)(try call.id("property"), by: principal)
        return call.page(
            PropertyPage(call, principal, sight, section: section, faults: faults, isStale: isStale),
            status: isStale ? 409 : faults.isEmpty ? 200 : 422)
    }

    /// The property in the path, for whoever may change it.
    private func editable(_ call: Call) async throws -> PropertySight {
        let principal = try call.signedIn()
        let sight = try await ReadProperty(desk)(try call.id("property"), by: principal)
        guard sight.tree.isIn(try principal.scope(for: .editResident), sight.property.grid) else { throw NotFound() }
        return sight
    }

    private func form(_ call: Call, _ sight: PropertySight?, _ faults: [Fault], isStale: Bool = false) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .editResident)
        let (desk, town) = (desk, call.town)
        let tree = try await desk.database.read { try desk.tree($0, town) }
        return call.page(
            PropertyForm(call, tree: tree, scope: scope, sight: sight, faults: faults, isStale: isStale),
            status: isStale ? 409 : faults.isEmpty ? 200 : 422)
    }

    /// - Parameter isNew: then the telephone is what the form says; else a blank one stays as it was.
    private func draft(_ call: Call, isNew: Bool) throws(Invalid) -> PropertyDraft {
        var validation = Validation()
        let grid = ID<GridNode>(call.form["grid"] ?? "")
        validation.check(grid != nil, at: "/grid", "not-a-choice")
        let kind = call.choice("kind", &validation, Property.Kind.self)
        let use = call.choice("use", &validation, Property.Use.self)
        let rooms = call.filled("rooms")
        validation.check(rooms == nil || Int(rooms ?? "") != nil, at: "/rooms", "not-a-number")
        try validation.finish()
        guard let grid, let kind, let use else { throw Invalid("/grid", "not-a-choice") }
        let phone = call.form["phone"] ?? ""
        return PropertyDraft(
            grid: grid, address: Address(reading: String((call.form["address"] ?? "").prefix(200))), kind: kind, use: use,
            roomsLet: rooms.flatMap { Int($0) }, ownerKind: Property.Owner.Kind(rawValue: call.form["ownerKind"] ?? ""),
            owner: call.form["owner"] ?? "", phone: !isNew && phone.trimmed.isEmpty ? nil : phone)
    }

    private func enter(_ call: Call) async throws -> Answer {
        do {
            let id = try await KeepProperty(desk).enter(
                try draft(call, isNew: true), by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.property(id), flash: "registers.property.entered")
        } catch let invalid as Invalid {
            return try await form(call, nil, invalid.faults)
        }
    }

    private func edit(_ call: Call) async throws -> Answer {
        let sight = try await editable(call)
        do {
            var validation = Validation()
            let gone = call.day("gone", &validation)
            try validation.finish()
            try await KeepProperty(desk).edit(
                sight.property.id, try draft(call, isNew: false), goneOn: gone, seen: call.seen, by: try call.signedIn(),
                request: call.clientID())
            return call.done(RegistersPath.property(sight.property.id), flash: "registers.flash.saved")
        } catch let invalid as Invalid {
            return try await form(call, sight, invalid.faults)
        } catch let conflict as Conflict where conflict.reason == "stale" {
            return try await form(call, sight, [], isStale: true)
        }
    }

    private func settle(_ call: Call) async throws -> Answer {
        let id = try call.id("property", of: Property.self)
        do {
            try await KeepProperty(desk).settle(
                call.form.all("household").compactMap { ID($0) }, in: id, seen: call.seen, by: try call.signedIn(),
                request: call.clientID())
            return call.done(RegistersPath.property(id), flash: "registers.flash.saved")
        } catch let invalid as Invalid {
            return try await show(call, "settle", invalid.faults)
        } catch let conflict as Conflict where conflict.reason == "stale" {
            return try await show(call, "settle", isStale: true)
        }
    }

    private func reveal(_ call: Call) async throws -> Answer {
        let id = try call.id("property", of: Property.self)
        do {
            let (property, phone) = try await RevealPerson(desk)(
                id, by: try call.signedIn(), reason: call.form["reason"] ?? "", address: call.address)
            return call.page(
                SealedShownPage(
                    name: property.owner?.name ?? property.address.words, back: RegistersPath.property(id), document: nil,
                    documentKind: nil, birth: nil, phones: phone.map { [LinkPart(href: "tel:\($0)", name: $0)] } ?? []))
        } catch let invalid as Invalid {
            return try await show(call, "reveal", invalid.faults)
        }
    }
}
