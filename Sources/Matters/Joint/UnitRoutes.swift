import Directory
import Identity
import Kernel
import Storage
import Web

/// The town office's pages of units outside the grids.
struct UnitRoutes: Sendable {
    static let path = "/office/units"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.keepUnits)) { try await list($0, []) },
            Route(.post, Self.path, .holder(.keepUnits), bodyLimit: 64 << 10, handle: open),
            Route(.get, "\(Self.path)/{unit}", .holder(.keepUnits)) { try await show($0, [], in: "") },
            Route(.post, "\(Self.path)/{unit}", .holder(.keepUnits), bodyLimit: 64 << 10, handle: edit),
            Route(.post, "\(Self.path)/{unit}/members", .holder(.keepUnits), bodyLimit: 64 << 10, handle: admit),
            Route(
                .post, "\(Self.path)/{unit}/members/{member}/ending", .holder(.keepUnits), bodyLimit: 64 << 10, handle: release),
        ]
    }

    private func list(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (units, figures) = try await desk.database.read { tx in
            (try UnitStore(tx, town: call.town).all(), try JointStore(tx, town: call.town).figures())
        }
        return call.page(
            UnitsPage(units, figures, try await desk.wording(call), faults), status: faults.isEmpty ? 200 : 422)
    }

    private func show(_ call: Call, _ faults: [Fault], in section: String, status: Int = 422) async throws -> Answer {
        let id: ID<JointUnit> = try call.id("unit")
        let day = call.now.day()
        let (unit, members, history, figures) = try await desk.database.read { tx in
            let store = UnitStore(tx, town: call.town)
            guard let unit = try store.find(id) else { throw NotFound() }
            return (
                unit, try store.members(of: id, on: day), try store.history(of: id),
                try JointStore(tx, town: call.town).figures()[id] ?? UnitFigures()
            )
        }
        let wording = try await desk.wording(call)
        return call.page(
            UnitPage(unit, members: members, history: history, figures: figures, wording, faults, in: section),
            status: faults.isEmpty ? 200 : status)
    }

    private func open(_ call: Call) async throws -> Answer {
        do {
            let id = try await KeepUnits(desk)(Self.draft(call), by: try call.signedIn(), request: call.clientID())
            return call.done("\(Self.path)/\(id)", flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await list(call, invalid.faults)
        }
    }

    private func edit(_ call: Call) async throws -> Answer {
        let unit: ID<JointUnit> = try call.id("unit")
        do {
            try await KeepUnits(desk)(Self.draft(call), of: unit, by: try call.signedIn(), request: call.clientID())
            return call.done("\(Self.path)/\(unit)", flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults, in: "edit")
        } catch let conflict as Conflict where conflict.reason == "stale" {
            return try await show(call, [Fault("", "changed-meanwhile")], in: "edit", status: 409)
        }
    }

    private func admit(_ call: Call) async throws -> Answer {
        let unit: ID<JointUnit> = try call.id("unit")
        do {
            try await KeepUnits(desk).admit(
                call.form["name"] ?? "", phone: call.form["phone"] ?? "", to: unit, by: try call.signedIn(),
                request: call.clientID())
            return call.done("\(Self.path)/\(unit)", flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults, in: "member")
        }
    }

    private func release(_ call: Call) async throws -> Answer {
        let unit: ID<JointUnit> = try call.id("unit")
        try await KeepUnits(desk).release(
            try call.id("member"), from: unit, by: try call.signedIn(), request: call.clientID())
        return call.done("\(Self.path)/\(unit)", flash: "directory.done.saved")
    }

    private static func draft(_ call: Call) -> UnitDraft {
        var draft = UnitDraft()
        (draft.nameZh, draft.nameEn) = (call.sent("nameZh"), call.sent("nameEn"))
        (draft.contact, draft.phone) = (call.sent("contact"), call.sent("phone"))
        (draft.respondWithin, draft.finishWithin) = (call.sent("respondWithin"), call.sent("finishWithin"))
        (draft.isRetired, draft.version) = (call.form["retired"] != nil, Int(call.sent("version", else: "0")) ?? -1)
        return draft
    }
}
