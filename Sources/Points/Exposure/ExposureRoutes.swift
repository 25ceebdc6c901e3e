import Directory
import Identity
import Kernel
import Media
import Storage
import Web

/// The notice board: what villagers see of it, and how the staff warn, show and end.
struct ExposureRoutes: Sendable {
    let desk: PointsDesk
    let darkroom: Darkroom
    let photos: BlobStore

    var routes: [Route] {
        let own = Access.holders([.beResident, .awardPoints])
        return [
            Route(.get, ExposurePath.board, .holders([.beResident, .readPoints])) { call in
                call.page(BoardPage(call, try await ReadExposures(desk: desk).board(by: try call.signedIn())))
            },
            Route(.get, "\(ExposurePath.board)/{exposure}/picture", .holders([.beResident, .readPoints]), handle: shownPicture),
            Route(.get, "/points/exposures/{exposure}/appeal", own) { call in try await appealForm(call) },
            Route(.post, "/points/exposures/{exposure}/appeal", own, bodyLimit: 16_384, handle: appeal),
            Route(.get, ExposurePath.office, .holder(.awardPoints)) { call in try await list(call) },
            Route(.post, ExposurePath.office, .holder(.awardPoints), bodyLimit: 16_384, handle: warn),
            Route(.post, ExposurePath.policy, .holder(.managePoints), bodyLimit: 16_384, handle: setPolicy),
            Route(.get, "\(ExposurePath.office)/{exposure}", .holder(.awardPoints)) { call in try await show(call) },
            Route(.get, "\(ExposurePath.office)/{exposure}/picture", .holder(.awardPoints), handle: picture),
            Route(
                .post, "\(ExposurePath.office)/{exposure}/picture", .holder(.managePoints),
                bodyLimit: Photograph.byteLimit + 1 << 20,
                handle: upload),
            Route(
                .post, "\(ExposurePath.office)/{exposure}/publication", .holder(.managePoints), bodyLimit: 16_384, handle: publish
            ),
            Route(.post, "\(ExposurePath.office)/{exposure}/ending", .holder(.awardPoints), bodyLimit: 16_384, handle: end),
        ]
    }

    // MARK: For villagers

    private func shownPicture(_ call: Call) async throws -> Answer {
        let exposure = try await ReadExposures(desk: desk).shown(try call.id("exposure"), by: try call.signedIn())
        guard let picture = exposure.picture else { throw NotFound() }
        var answer = try await Answer.photo(picture, from: photos)
        // Gone tomorrow, so nobody keeps it today.
        answer.headers = [("Content-Type", "image/jpeg"), ("Cache-Control", "no-store")]
        return answer
    }

    private func appealForm(_ call: Call, faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let (id, principal) = (try call.id("exposure", of: Exposure.self), try call.signedIn())
        let (exposure, made) = try await desk.database.read { tx in
            guard let exposure = try ExposureStore(tx, town: principal.town).find(id, in: .town) else { throw NotFound() }
            _ = try AppealReach(desk: desk).check(exposure.household, principal, tx)
            return (exposure, try AppealStore(tx, town: principal.town).appeal(to: .exposure, id))
        }
        return call.page(
            AppealFormPage(
                call, what: call.text("points.appeal.exposure"), facts: exposure.words, made: made,
                action: ExposurePath.appeal(id),
                back: principal.may(.beResident) ? ExposurePath.board : ExposurePath.show(id), faults: faults), status: status)
    }

    private func appeal(_ call: Call) async throws -> Answer {
        let id: ID<Exposure> = try call.id("exposure")
        do {
            _ = try await AppealExposure(desk)(
                id, words: call.form["words"] ?? "", by: try call.signedIn(), request: call.clientID())
            return call.done(ExposurePath.appeal(id), flash: "points.appeal.flash.entered")
        } catch let invalid as Invalid {
            return try await appealForm(call, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await appealForm(call, faults: [Fault("/words", conflict.reason)], status: 409)
        }
    }

    // MARK: For the staff

    private func list(_ call: Call, section: String = "", faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let found = try await ReadExposures(desk: desk).list(by: try call.signedIn())
        return call.page(
            ExposuresPage(call, found.villages, found.found, found.addresses, section: section, faults: faults), status: status)
    }

    private func warn(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        do {
            guard let card = PublicNumber(card: call.form["card"] ?? "") else { throw Invalid("/card", "card-wrong") }
            let household = try await desk.database.read { try WalletStore($0, town: principal.town).find(card: card)?.household }
            guard let household else { throw Invalid("/card", "card-unknown") }
            let exposure = try await WarnHousehold(desk)(
                household, words: call.form["words"] ?? "", isMinors: call.form["minors"] == "yes", by: principal,
                request: call.clientID())
            return call.done(ExposurePath.show(exposure.id), flash: "points.exposure.flash.warned")
        } catch let invalid as Invalid {
            return try await list(call, section: "warn", faults: invalid.faults, status: 422)
        } catch is NotFound {
            return try await list(call, section: "warn", faults: [Fault("/card", "card-unknown")], status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await list(call, section: "warn", faults: [Fault("/words", conflict.reason)], status: 409)
        }
    }

    private func setPolicy(_ call: Call) async throws -> Answer {
        do {
            guard let village = ID<GridNode>(call.form["village"] ?? "") else { throw Invalid("/decision", "required") }
            try await SetExposurePolicy(desk)(
                village, decision: call.form["decision"] ?? "", on: Day(call.form["decidedOn"] ?? ""),
                days: call.form["days"] ?? "",
                by: try call.signedIn(), request: call.clientID())
            return call.done(ExposurePath.office, flash: "points.exposure.flash.decided")
        } catch let invalid as Invalid {
            return try await list(call, section: "policy", faults: invalid.faults, status: 422)
        }
    }

    private func show(_ call: Call, faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let sight = try await ReadExposures(desk: desk)(try call.id("exposure"), by: try call.signedIn())
        return call.page(ExposurePage(call, sight, faults: faults), status: status)
    }

    private func picture(_ call: Call) async throws -> Answer {
        let sight = try await ReadExposures(desk: desk)(try call.id("exposure"), by: try call.signedIn())
        guard let picture = sight.exposure.picture ?? sight.draft else { throw NotFound() }
        return try await .photo(picture, from: photos)
    }

    private func upload(_ call: Call) async throws -> Answer {
        let (id, principal) = (try call.id("exposure", of: Exposure.self), try call.signedIn())
        let scope = try principal.scope(for: .managePoints)
        let intake = try await ClaimPhotoIntake(call.form, limit: 1, darkroom, photos)
        guard intake.faults.isEmpty, let photo = intake.photos.first else {
            let faults = intake.faults.isEmpty ? [Fault("/photos", "required")] : intake.faults
            return try await show(call, faults: faults, status: 422)
        }
        try await desk.database.write { tx in
            let store = ExposureStore(tx, town: principal.town)
            guard try store.find(id, in: scope) != nil else { throw NotFound() }
            try store.setDraft(id, photo.full)
        }
        return .seeOther(ExposurePath.show(id) + "#publish")
    }

    private func publish(_ call: Call) async throws -> Answer {
        let (id, principal) = (try call.id("exposure", of: Exposure.self), try call.signedIn())
        do {
            let sight = try await ReadExposures(desk: desk)(id, by: principal)
            var picture: String?
            if let draft = sight.draft, call.form["clean"] == "yes" {
                picture = try await painted(draft, call.form.all("square").compactMap { Int($0) })
            }
            _ = try await PublishExposure(desk)(
                id, picture: picture, isClean: call.form["clean"] == "yes", by: principal, request: call.clientID())
            return call.done(ExposurePath.show(id), flash: "points.exposure.flash.published")
        } catch let invalid as Invalid {
            return try await show(call, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, faults: [Fault("/clean", conflict.reason)], status: 409)
        }
    }

    /// The picture with the marked squares painted over, stored under its own name.
    private func painted(_ draft: String, _ squares: [Int]) async throws -> String {
        do {
            guard let name = BlobName(draft), let bytes = try await photos.read(name) else { throw NotFound() }
            return try await photos.put(try await darkroom.paint(over: Mosaic.boxes(squares), in: bytes).picture).description
        } catch is BlobProblem {
            throw Problem.photosBusy
        } catch is PhotographProblem {
            throw Problem.photosBusy
        }
    }

    private func end(_ call: Call) async throws -> Answer {
        let id: ID<Exposure> = try call.id("exposure")
        do {
            guard let end = Exposure.End(rawValue: call.form["end"] ?? "") else { throw Invalid("/end", "required") }
            _ = try await EndExposure(desk)(id, as: end, by: try call.signedIn(), request: call.clientID())
            return call.done(ExposurePath.show(id), flash: "points.exposure.flash.\(end.rawValue)")
        } catch let invalid as Invalid {
            return try await show(call, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, faults: [Fault("/end", conflict.reason)], status: 409)
        }
    }
}
