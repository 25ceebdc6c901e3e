import Kernel
import Web

/// The page on which a photo is painted over, what is sent from it, and the pictures that everybody may see.
struct RedactionRoutes: Sendable {
    let desk: PhotoDesk

    static func page(of photo: MatterPhoto) -> String { "/office/matters/\(photo.matter)/photos/\(photo.id)" }
    private static let path = "/office/matters/{matter}/photos/{photo}"

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.handleMatter)) { call in try await show(call) },
            route("redactions", redact), route("showings", setShown), route("reveals", reveal), route("destructions", destroy),
            Route(.get, "/pictures/{picture}", .anyone, perMinute: 600, handle: picture),
        ]
    }

    private func route(_ name: String, _ handle: @escaping @Sendable (Call) async throws -> Answer) -> Route {
        Route(.post, "\(Self.path)/\(name)", .holder(.handleMatter), bodyLimit: 64 << 10, handle: handle)
    }

    private func show(
        _ call: Call, typed: [TypedBox] = [], isPreview: Bool = false, faults: [Fault] = [], status: Int = 200
    ) async throws -> Answer {
        let sight = try await ReadPhotos(desk: desk.matters)(
            try call.id("photo"), of: try call.id("matter"), for: try call.signedIn())
        let wording = try await desk.matters.wording(call)
        return call.page(RedactPage(sight, wording, typed: typed, isPreview: isPreview, faults: faults), status: status)
    }

    private func order(_ call: Call) throws -> PhotoOrder {
        // A form without what it has seen has seen nothing that stands.
        PhotoOrder(
            id: call.clientID(), photo: try call.id("photo"), of: try call.id("matter"),
            edition: Int(call.form["seen"] ?? "") ?? -1,
            by: try call.signedIn(), address: call.address)
    }

    private func redact(_ call: Call) async throws -> Answer {
        let typed = TypedBox.all(call.form)
        let said = typed.filter { !$0.isEmpty }.map(\.said)
        do {
            switch call.form["step"] {
            case "more":
                let more = TypedBox(row: typed.count, left: "", top: "", width: "", height: "")
                return try await show(call, typed: typed + [more])
            case "preview":
                _ = try RedactionRules.check(said)
                return try await show(call, typed: typed, isPreview: true)
            default:
                let wish = RedactPhoto.Wish(
                    keepsOriginal: call.form["original"] != "destroy", isFit: call.form["fit"] == "yes")
                let photo = try await RedactPhoto(desk)(try order(call), said, wish)
                return call.done(Self.page(of: photo), flash: "redact.flash.redacted")
            }
        } catch let invalid as Invalid {
            return try await show(call, typed: typed, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            // The page shows the picture as it is now, with what was drawn still over it.
            return try await show(call, typed: typed, faults: [Fault("/boxes", conflict.reason)], status: 409)
        }
    }

    private func setShown(_ call: Call) async throws -> Answer {
        let known = ["yes": true, "no": false]
        do {
            guard let isFit = known[call.form["fit"] ?? ""] else { throw Invalid("/shown", "not-a-choice") }
            let photo = try await ShowPhoto(desk.matters)(try order(call), isFit: isFit)
            return call.done(Self.page(of: photo), flash: isFit ? "redact.flash.shown" : "redact.flash.hidden")
        } catch let invalid as Invalid {
            return try await show(call, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, faults: [Fault("/shown", conflict.reason)], status: 409)
        }
    }

    private func reveal(_ call: Call) async throws -> Answer {
        do {
            let picture = try await RevealOriginal(desk.matters)(
                try call.id("photo"), of: try call.id("matter"), by: try call.signedIn(), reason: call.form["reason"] ?? "",
                address: call.address)
            return Answer(headers: [("Content-Type", "image/jpeg"), ("Cache-Control", "no-store")], body: picture)
        } catch let invalid as Invalid {
            return try await show(call, faults: invalid.faults, status: 422)
        }
    }

    private func destroy(_ call: Call) async throws -> Answer {
        let (matter, photo): (ID<Matter>, ID<MatterPhoto>) = (try call.id("matter"), try call.id("photo"))
        try await DestroyOriginals(desk.matters)(try order(call))
        return call.done("/office/matters/\(matter)/photos/\(photo)", flash: "redact.flash.destroyed")
    }

    // MARK: For everybody

    private func picture(_ call: Call) async throws -> Answer {
        let photo = try await ReadPublicMatters(desk.matters).picture(try call.id("picture"), town: call.town)
        return try await PhotoAnswer(photos: desk.photos)(photo.files, named: photo.id, call)
    }
}
