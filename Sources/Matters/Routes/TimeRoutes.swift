import Kernel
import Storage
import Web

/// The forms about a matter's time. What cannot be done shows the matter again, with every word kept.
struct TimeRoutes: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(
                .post, "/office/matters/{matter}/time-requests", .holders([.handleMatter, .routeMatter]), bodyLimit: 64 << 10,
                handle: ask),
            Route(.post, "/office/matters/{matter}/time-decisions", .holder(.routeMatter), bodyLimit: 64 << 10, handle: decide),
            Route(.post, "/office/matters/{matter}/resumptions", .holder(.handleMatter), bodyLimit: 64 << 10, handle: takeUp),
        ]
    }

    private func ask(_ call: Call) async throws -> Answer {
        let fields = ["kind": "kind", "limit": "amount", "day": "day", "reason": "reason", "words": "words"]
        return try await act(call, "time", fields: fields) { order in
            let (ask, words) = try await self.asked(call, order)
            try await AskForTime(desk)(order, ask, words: words)
        }
    }

    /// What the form asks for. The unit of an extension is that of the matter's own limit.
    private func asked(_ call: Call, _ order: ClockOrder) async throws -> (ClockAsk, String) {
        let form = call.form
        var validation = Validation()
        let kind = ClockAsk.Kind(rawValue: form["kind"] ?? "")
        let reason = ClockAsk.Reason(rawValue: form["reason"] ?? "")
        validation.check(kind != nil, at: "/kind", "required")
        validation.check(reason != nil, at: "/reason", "required")
        let typed = (form["day"] ?? "").trimmed
        let day = Day(typed)
        if kind != nil, kind != .extend { validation.check(typed.isEmpty || day != nil, at: "/day", "not-a-date") }
        try validation.finish()
        guard let kind, let reason else { throw Invalid("/kind", "required") }
        let (town, id) = (order.principal.town, order.matter)
        let matter = try await desk.database.read { try MatterStore($0, town: town).find(id, for: order.principal) }
        guard let matter else { throw NotFound() }
        let unit: TimeLimit.Unit = matter.clock.finish?.isAroundTheClock == true ? .hours : .workingDays
        let limit = Int((form["amount"] ?? "").trimmed).flatMap {
            (0..<1000).contains($0) ? TimeLimit(tenths: $0 * 10, unit) : nil
        }
        let ask = ClockAsk(kind, reason: reason, limit: kind == .extend ? limit : nil, day: kind == .extend ? nil : day)
        return (ask, form["words"] ?? "")
    }

    private func decide(_ call: Call) async throws -> Answer {
        let grants = ["yes": true, "no": false]
        return try await act(
            call, "decide", fields: ["grant": "grant", "words": "words"],
            choices: ["yes": ("grant", "yes"), "no": ("grant", "no")]
        ) { order in
            try await DecideOnTime(desk)(order, grant: grants[call.form["grant"] ?? ""], words: call.form["words"] ?? "")
        }
    }

    private func takeUp(_ call: Call) async throws -> Answer {
        try await act(call, "take-up", fields: ["words": "words"]) { order in
            try await TakeUp(desk)(order, words: call.form["words"] ?? "")
        }
    }

    private func act(
        _ call: Call, _ section: String, fields: [String: String], choices: [String: (field: String, value: String)] = [:],
        perform: (ClockOrder) async throws -> Void
    ) async throws -> Answer {
        try await MatterSheet(desk: desk).act(call, section, fields: fields, choices: choices) { id in
            try await perform(ClockOrder(id: call.clientID(), matter: id, by: try call.signedIn(), address: call.address))
            return id
        }
    }
}
