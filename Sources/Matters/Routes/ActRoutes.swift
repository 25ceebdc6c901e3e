import Kernel
import Media
import Web

/// The forms by which the staff act on a matter.
struct ActRoutes: Sendable {
    let desk: MatterDesk
    let darkroom: Darkroom
    let photos: BlobStore

    var routes: [Route] {
        [
            route("site-checks", .handleMatter, siteCheck), route("handlings", .handleMatter, handle),
            route("escalations", .routeMatter, escalate), route("returns", .routeMatter, sendBack),
            route("follow-ups", .followUpMatter, followUp),
        ]
    }

    private func route(_ name: String, _ permission: Permission, _ handle: @escaping @Sendable (Call) async throws -> Answer)
        -> Route
    {
        Route(.post, "/office/matters/{matter}/\(name)", .holder(permission), bodyLimit: ResidentRoutes.bodyLimit, handle: handle)
    }

    private func siteCheck(_ call: Call) async throws -> Answer {
        let form = call.form
        return try await act(
            call, "check", fields: ["finding": "outcome", "reply": "words", "note": "note", "photos": "photos"],
            choices: [
                "confirmed": ("outcome", "confirmed"), "solved": ("outcome", "solved-on-spot"),
                "different": ("outcome", "not-as-reported"),
            ]
        ) { order in
            try await CheckOnSite(desk)(
                order, finding: Finding(rawValue: form["outcome"] ?? ""), reply: form["words"] ?? "", note: form["note"] ?? "")
        }
    }

    private func handle(_ call: Call) async throws -> Answer {
        let form = call.form
        return try await act(
            call, "handle", fields: ["reply": "words", "note": "note", "outcome": "outcome", "photos": "photos"]
        ) { order in
            try await HandleMatter(desk)(
                order, outcome: Outcome(rawValue: form["outcome"] ?? "") ?? .resolved, reply: form["words"] ?? "",
                note: form["note"] ?? "")
        }
    }

    private func escalate(_ call: Call) async throws -> Answer {
        let reason = call.form["reason"] ?? ""
        return try await act(call, "escalate", fields: ["reason": "reason"]) { order in
            try await EscalateMatter(desk)(order, reason: reason)
        }
    }

    private func sendBack(_ call: Call) async throws -> Answer {
        let (reason, to) = (call.form["reason"] ?? "", call.form["to"]?.trimmed ?? "")
        return try await act(call, "send-back", fields: ["reason": "reason", "to": "to"]) { order in
            if !to.isEmpty, ID<GridNode>(to) == nil { throw Invalid("/to", "not-a-choice") }
            return try await ReturnMatter(desk)(order, reason: reason, to: ID(to))
        }
    }

    private func followUp(_ call: Call) async throws -> Answer {
        let form = call.form
        let satisfied: [String: Bool] = ["yes": true, "no": false]
        return try await act(
            call, "follow-up", fields: ["way": "how", "satisfied": "satisfied", "rating": "score", "note": "words"],
            choices: [
                "phone": ("how", "phone"), "visit": ("how", "visit"), "on-site": ("how", "on-site"), "yes": ("satisfied", "yes"),
                "no": ("satisfied", "no"),
            ]
        ) { order in
            let score = form["score"]?.trimmed ?? ""
            return try await FollowUpMatter(desk)(
                order, way: FollowUpWay(rawValue: form["how"] ?? ""), satisfied: satisfied[form["satisfied"] ?? ""],
                rating: score.isEmpty ? nil : Int(score) ?? 0, note: form["words"] ?? "")
        }
    }

    private func act(
        _ call: Call, _ section: String, fields: [String: String], choices: [String: (field: String, value: String)] = [:],
        perform: (ActOrder) async throws -> Matter
    ) async throws -> Answer {
        try await MatterSheet(desk: desk).act(call, section, fields: fields, choices: choices) { id in
            let intake = try await PhotoIntake(call.form, darkroom, photos)
            let order = ActOrder(
                id: call.clientID(), matter: id, version: Int(call.form["seen"] ?? "") ?? 0, by: try call.signedIn(),
                address: call.address, photos: intake.files, faults: intake.faults)
            _ = try await perform(order)
            return id
        }
    }
}
