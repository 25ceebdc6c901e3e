import Directory
import Kernel
import Storage
import Web

/// What keeps the registers in order: the key-care list, look-alikes, who stands in for whom, purposes and destruction.
struct OfficeRoutes: Sendable {
    let desk: RegisterDesk

    var routes: [Route] {
        [
            Route(.get, "/office/care", .holder(.readCare), handle: care),
            Route(.get, "/office/duplicates", .holder(.manageResident)) { try await duplicates($0, []) },
            form("/office/duplicates", .manageResident, merge), form("/office/duplicates/apart", .manageResident, keepApart),
            form("/office/merges/{merge}/undoing", .manageResident, separate),
            Route(.get, "/office/stand-ins", .holder(.arrangeStandIn)) { try await standIns($0, []) },
            form("/office/stand-ins", .arrangeStandIn, arrange),
            form("/office/stand-ins/{standIn}/ending", .arrangeStandIn, endStandIn),
            Route(.get, "/office/purposes", .holder(.managePurposes)) { try await purposes($0, []) },
            form("/office/purposes", .managePurposes, keepPurpose),
        ]
    }

    private func form(_ path: String, _ permission: Permission, _ handle: @escaping @Sendable (Call) async throws -> Answer)
        -> Route
    {
        Route(.post, path, .holder(permission), bodyLimit: HouseholdRoutes.formLimit, handle: handle)
    }

    private func care(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let grid = (call.query["grid"] ?? "").trimmed
        guard grid.isEmpty || ID<GridNode>(grid) != nil else { throw NotFound() }
        let (kind, onlyDue) = (CareMark.Kind(rawValue: call.query["kind"] ?? ""), call.query["due"] == "1")
        let lines = try await ReadCare(desk)(in: ID(grid), kind: kind, onlyDue: onlyDue, by: principal)
        let (desk, town) = (desk, call.town)
        let tree = try await desk.database.read { try desk.tree($0, town) }
        return call.page(
            CarePage(
                call, tree: tree, scope: try principal.scope(for: .readCare), grid: grid, kind: kind, onlyDue: onlyDue,
                lines: lines))
    }

    // MARK: One person twice

    private func duplicates(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let pairs = try await ReadDuplicates(desk)(by: try call.signedIn())
        return call.page(DuplicatesPage(call, pairs, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    /// The two people a form names.
    private func pair(_ call: Call) throws(Invalid) -> (ID<PersonNode>, ID<PersonNode>) {
        guard let kept = ID<PersonNode>(call.form["kept"] ?? ""), let gone = ID<PersonNode>(call.form["gone"] ?? "") else {
            throw Invalid("/kept", "not-a-choice")
        }
        return (kept, gone)
    }

    private func merge(_ call: Call) async throws -> Answer {
        do {
            let (kept, gone) = try pair(call)
            try await MergePeople(desk)(kept, gone, by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.person(kept), flash: "registers.flash.merged")
        } catch let invalid as Invalid {
            return try await duplicates(call, invalid.faults)
        }
    }

    private func keepApart(_ call: Call) async throws -> Answer {
        do {
            let (one, other) = try pair(call)
            try await MergePeople(desk).keepApart(one, other, by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.duplicates, flash: "registers.flash.apart")
        } catch let invalid as Invalid {
            return try await duplicates(call, invalid.faults)
        }
    }

    private func separate(_ call: Call) async throws -> Answer {
        let merge = try await MergePeople(desk).undo(
            try call.id("merge"), by: try call.signedIn(), request: call.clientID())
        return call.done(RegistersPath.person(merge.kept), flash: "registers.flash.separated")
    }

    // MARK: Standing in

    private func standIns(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .arrangeStandIn)
        let (desk, town) = (desk, call.town)
        let (tree, list, names) = try await desk.database.read { tx in
            let list = try StandInStore(tx, town: town).coming(in: scope, on: desk.today)
            let people = PersonStore(tx, town: town)
            let names = try people.names(ofHoldersIn: scope, on: desk.today)
            return (
                try desk.tree(tx, town), list,
                names.merging(try people.names(of: Set(list.map(\.person)))) { first, _ in first }
            )
        }
        return call.page(
            StandInsPage(call, tree: tree, scope: scope, standIns: list, names: names, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func arrange(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        do {
            var validation = Validation()
            let (post, person) = (ID<Post>(call.form["post"] ?? ""), ID<PersonNode>(call.form["person"] ?? ""))
            validation.check(post != nil, at: "/post", "not-a-choice")
            validation.check(person != nil, at: "/person", "not-a-choice")
            let from = call.day("from", &validation, required: true)
            let to = call.day("to", &validation, required: true)
            try validation.finish()
            guard let post, let person, let from, let to else { throw Invalid("/post", "not-a-choice") }
            try await ArrangeStandIn(database: desk.database, ambient: desk.ambient, cache: desk.directory)(
                for: post, by: person, from: from, to: to, reason: call.form["reason"] ?? "",
                in: try principal.scope(for: .arrangeStandIn), as: principal, request: call.clientID())
            return call.done(RegistersPath.standIns, flash: "registers.flash.stand-in")
        } catch let invalid as Invalid {
            return try await standIns(call, invalid.faults)
        }
    }

    private func endStandIn(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        try await ArrangeStandIn(database: desk.database, ambient: desk.ambient, cache: desk.directory).end(
            try call.id("standIn"), in: try principal.scope(for: .arrangeStandIn), as: principal, request: call.clientID())
        return call.done(RegistersPath.standIns, flash: "registers.flash.stand-in-ended")
    }

    // MARK: Purposes

    private func purposes(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let town = call.town
        let (purposes, destroyed) = try await desk.database.read { tx in
            (try DataPurposeStore(tx, town: town).all(), try DestructionStore(tx, town: town).latest(50))
        }
        return call.page(
            PurposesPage(call, purposes: purposes, destroyed: destroyed, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func keepPurpose(_ call: Call) async throws -> Answer {
        do {
            var validation = Validation()
            let ends = call.day("ends", &validation)
            let basis = call.choice("basis", &validation, DataPurpose.Basis.self)
            let days = Int(call.form["retention"] ?? "")
            validation.check(days != nil, at: "/retention", "not-a-number")
            try validation.finish()
            guard let basis, let days else { throw Invalid("/basis", "not-a-choice") }
            try await KeepPurpose(desk)(
                call.filled("code"), nameZh: call.form["nameZh"] ?? "", nameEn: call.form["nameEn"] ?? "", basis: basis,
                isEmergency: call.form["emergency"] != nil, retentionDays: days, endsOn: ends, seen: call.seen,
                by: try call.signedIn(), request: call.clientID())
            return call.done(RegistersPath.purposes, flash: "registers.flash.saved")
        } catch let invalid as Invalid {
            return try await purposes(call, invalid.faults)
        }
    }
}
