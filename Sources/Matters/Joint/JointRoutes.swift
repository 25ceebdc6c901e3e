import Directory
import Identity
import Kernel
import Media
import Storage
import Web

/// Asking units outside the grids, and what becomes of it: the staff's side and the units' own.
struct JointRoutes: Sendable {
    static let tasks = "/office/joint-tasks"
    static let requests = "/unit/requests"
    let desk: MatterDesk
    let darkroom: Darkroom
    let photos: BlobStore

    var routes: [Route] {
        [
            Route(.get, Self.tasks, .holder(.readMatter)) { try await list($0, unit: false) },
            Route(.get, "\(Self.tasks)/{task}", .holder(.readMatter)) { try await show($0, unit: false) },
            Route(.get, "\(Self.tasks)/{task}/photos/{photo}", .holder(.readMatter)) { try await photo($0, unit: false) },
            Route(.post, "\(Self.tasks)/{task}/acts", .holder(.routeMatter), bodyLimit: 64 << 10) {
                try await act($0, unit: false)
            },
            Route(.get, "/office/matters/{matter}/joint-tasks", .holder(.routeMatter)) { try await form($0, []) },
            Route(.post, "/office/matters/{matter}/joint-tasks", .holder(.routeMatter), bodyLimit: 64 << 10, handle: ask),
            Route(.get, Self.requests, .holder(.answerForUnit)) { try await list($0, unit: true) },
            Route(.get, "\(Self.requests)/{request}", .holder(.answerForUnit)) { try await show($0, unit: true) },
            Route(.get, "\(Self.requests)/{request}/photos/{photo}", .holder(.answerForUnit)) { try await photo($0, unit: true) },
            Route(.post, "\(Self.requests)/{request}/acts", .holder(.answerForUnit), bodyLimit: ResidentRoutes.bodyLimit) {
                try await act($0, unit: true)
            },
        ]
    }

    // MARK: Lists

    private func list(_ call: Call, unit isUnit: Bool) async throws -> Answer {
        let wording = try await desk.wording(call)
        let isOpen = call.query["tab"] != "ended"
        let sight = try sight(call, isUnit)
        let unit = isUnit ? nil : ID<JointUnit>(call.query["unit"] ?? "")
        let briefs = try await desk.database.read { tx in
            try JointStore(tx, town: call.town).list(sight, isOpen: isOpen, unit: unit)
        }
        return call.page(JointTasksPage(briefs, isOpen: isOpen, isUnit: isUnit, unit: unit, wording))
    }

    private func sight(_ call: Call, _ isUnit: Bool) throws -> JointStore.Sight {
        isUnit ? .unit(try call.signedIn(), call.now.day()) : .staff(try call.signedIn())
    }

    // MARK: One task

    private func show(_ call: Call, unit isUnit: Bool, _ attempt: JointAttempt? = nil, status: Int = 200) async throws -> Answer {
        let id: ID<JointTask> = try call.id(isUnit ? "request" : "task")
        let sight = try await ReadJoint(desk: desk)(id, sight(call, isUnit), by: try call.signedIn())
        return call.page(JointTaskPage(sight, isUnit: isUnit, try await desk.wording(call), attempt), status: status)
    }

    private func photo(_ call: Call, unit isUnit: Bool) async throws -> Answer {
        let id: ID<JointTask> = try call.id(isUnit ? "request" : "task")
        let photo: ID<MatterPhoto> = try call.id("photo")
        let files = try await ReadJoint(desk: desk).picture(photo, of: id, sight(call, isUnit), town: call.town)
        return try await PhotoAnswer(photos: photos)(files, named: photo, call)
    }

    private func act(_ call: Call, unit isUnit: Bool) async throws -> Answer {
        let id: ID<JointTask> = try call.id(isUnit ? "request" : "task")
        guard let act = JointAct(rawValue: call.form["act"] ?? ""), act.isUnits == isUnit else {
            throw Invalid("/act", "not-a-choice")
        }
        let intake = isUnit ? try await PhotoIntake(call.form, darkroom, photos) : .none
        let order = JointOrder(
            id: call.clientID(), task: id, version: Int(call.form["seen"] ?? "") ?? 0, by: try call.signedIn(),
            address: call.address, photos: act == .finish ? intake.files : [], faults: intake.faults)
        do {
            try await ActOnJointTask(desk)(act, order, words: call.form["words"] ?? "")
            return call.done("\(isUnit ? Self.requests : Self.tasks)/\(id)", flash: "joint.flash.\(act.rawValue)")
        } catch let invalid as Invalid {
            return try await show(call, unit: isUnit, JointAttempt(act, call, invalid.faults), status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            let fault = Fault("/words", conflict.reason == "stale" ? "joint-stale" : conflict.reason)
            return try await show(call, unit: isUnit, JointAttempt(act, call, [fault]), status: 409)
        }
    }

    // MARK: Asking

    private func form(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let id: ID<Matter> = try call.id("matter")
        let principal = try call.signedIn()
        let wording = try await desk.wording(call)
        let (matter, units, photos) = try await desk.database.read { tx in
            guard let matter = try MatterStore(tx, town: call.town).find(id, for: principal) else { throw NotFound() }
            return (
                matter, try UnitStore(tx, town: call.town).all().filter { !$0.isRetired },
                try MatterPhotoStore(tx, town: call.town).photos(of: id)
            )
        }
        return call.page(
            JointAskPage(matter, units: units, photos: photos, principal, wording, faults), status: faults.isEmpty ? 200 : 422)
    }

    private func ask(_ call: Call) async throws -> Answer {
        let matter: ID<Matter> = try call.id("matter")
        let form = call.form
        let request = JointRequest(
            id: call.clientID(), matter: matter, unit: ID(form["unit"] ?? ""), asked: form["asked"] ?? "",
            reason: form["reason"] ?? "", limit: form["limit"] ?? "", photos: form.all("photo").compactMap { ID($0) })
        do {
            let task = try await AskUnit(desk)(request, by: try call.signedIn(), address: call.address)
            return call.done("\(Self.tasks)/\(task.id)", flash: "joint.flash.ask")
        } catch let invalid as Invalid {
            return try await self.form(call, invalid.faults)
        } catch let conflict as Conflict where conflict.reason == "closed" {
            return try await self.form(call, [Fault("/unit", "joint-matter-closed")])
        }
    }
}
