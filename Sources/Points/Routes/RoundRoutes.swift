import Directory
import Identity
import Kernel
import Web

/// The staff's pages of a round: its state, the sheets, notice, objections, posting.
struct RoundRoutes: Sendable {
    let desk: PointsDesk

    /// Some hundred households, each with some ticks.
    private static let bodyLimit = 1 << 20

    var routes: [Route] {
        [
            Route(.get, "/office/points/rounds/{round}", .holder(.readPoints)) { try await show($0) },
            Route(.post, "/office/points/rounds/{round}/notice", .holder(.managePoints), bodyLimit: 16_384, handle: notice),
            Route(.post, "/office/points/rounds/{round}/postings", .holder(.managePoints), bodyLimit: 16_384, handle: post),
            Route(.post, "/office/points/rounds/{round}/answers", .holder(.managePoints), bodyLimit: 16_384, handle: answer),
            Route(.get, "/office/points/rounds/{round}/sheets/{target}", .holder(.inspectPoints)) { try await sheet($0) },
            Route(
                .post, "/office/points/rounds/{round}/sheets/{target}", .holder(.inspectPoints), bodyLimit: Self.bodyLimit,
                handle: handIn),
            Route(.post, "/points/rounds/{notice}/objections", .holder(.beResident), bodyLimit: 16_384, handle: object),
        ]
    }

    private func show(_ call: Call, _ faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let sight = try await ReadRound(desk: desk)(try call.id("round"), by: try call.signedIn())
        return call.page(RoundPage(call, sight, faults: faults), status: status)
    }

    private func attempt(
        _ call: Call, flash: String, _ act: (ID<InspectionRound>, Principal) async throws -> Void
    ) async throws -> Answer {
        let id: ID<InspectionRound> = try call.id("round")
        do {
            try await act(id, try call.signedIn())
            return call.done(PointsPath.round(id), flash: flash)
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, [Fault("/actions", conflict.reason)], status: 409)
        }
    }

    private func notice(_ call: Call) async throws -> Answer {
        try await attempt(call, flash: "points.flash.notice") { id, principal in
            try await GiveNotice(desk)(id, by: principal, request: call.clientID())
        }
    }

    private func post(_ call: Call) async throws -> Answer {
        try await attempt(call, flash: "points.flash.posted") { id, principal in
            try await PostRound(desk)(id, by: principal, request: call.clientID())
        }
    }

    private func answer(_ call: Call) async throws -> Answer {
        try await attempt(call, flash: "points.flash.answered") { _, principal in
            guard let objection = ID<Objection>(call.form["objection"] ?? "") else {
                throw Invalid("/objections", "not-a-choice")
            }
            let isUpheld = call.form["upheld"] == "yes"
            let deducted = Int(call.form["deducted"]?.trimmed ?? "")
            if isUpheld, deducted == nil { throw Invalid("/deducted", "not-a-number") }
            try await AnswerObjection(desk)(
                objection, deducted: isUpheld ? deducted : nil, answer: call.form["answer"] ?? "", by: principal,
                request: call.clientID())
        }
    }

    // MARK: Sheets

    private func sheet(_ call: Call, _ faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let sight = try await ReadRound(desk: desk).sheet(
            try call.id("round"), try call.id("target"), by: try call.signedIn())
        return call.page(SheetPage(call, sight, faults: faults), status: status)
    }

    /// Every household of the form counts as seen with nothing wrong, unless a tick says otherwise: only what is ticked is sent.
    private func handIn(_ call: Call) async throws -> Answer {
        let (round, target): (ID<InspectionRound>, ID<GridNode>) = (try call.id("round"), try call.id("target"))
        let principal = try call.signedIn()
        let sight = try await ReadRound(desk: desk).sheet(round, target, by: principal, isRetry: true)
        let lines = sight.doors.map { door in
            SheetRules.Line(
                household: door.household, seen: call.form["u.\(door.household)"] == nil,
                items: Dictionary(call.form.all("i.\(door.household)").map { ($0, 1) }) { first, _ in first })
        }
        do {
            try await HandInSheet(desk)(call.clientID(), round: round, target: target, lines, by: principal)
            return call.done(PointsPath.round(round), flash: "points.flash.sheet")
        } catch let invalid as Invalid {
            return try await self.sheet(call, invalid.faults, status: 422)
        }
    }

    private func object(_ call: Call) async throws -> Answer {
        do {
            try await ObjectToRound(desk)(
                try call.id("notice"), words: call.form["words"] ?? "", by: try call.signedIn(), request: call.clientID())
            return call.done(PointsPath.mine, flash: "points.flash.objected")
        } catch let invalid as Invalid {
            let sight = try await ReadWallet(desk: desk).mine(nil, after: nil, by: try call.signedIn())
            guard let sight else { throw invalid }
            return call.page(WalletPage(call, sight, isOffice: false, faults: invalid.faults), status: 422)
        }
    }
}
