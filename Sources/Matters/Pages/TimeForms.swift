import Kernel
import Web

/// The forms by which time is asked for, decided on and taken up again.
struct TimePart: Sendable {
    let mayAsk: Bool
    let mayTakeUp: Bool
    let mayDecide: Bool
    /// Whether asking is granting, because the reader stands above.
    let grantsAtOnce: Bool
    /// Who asked for what and why, while nobody has decided.
    let pending: String?
    let pendingWords: String?
    let whoDecides: String
    let unit: String
    let kinds: [ChoicePart]
    let reasons: [ChoicePart]
    let pauseLimit: String
    let reviewLimit: String

    init(_ sight: MatterSight, _ wording: Wording, typed: [String: String]) {
        let call = wording.call
        let finish = sight.clocks.last { $0.kind == .finish && !$0.isStopped }
        let pending = sight.clockEvents.pending
        mayAsk = finish != nil && pending == nil && (sight.mayAskForTime || sight.mayGrantTime)
        grantsAtOnce = sight.mayGrantTime
        mayDecide = pending != nil && sight.mayDecideOnTime
        mayTakeUp = finish?.isPaused == true && sight.mayAskForTime
        self.pending = pending.map { asked in
            call.text(
                "matters.time.pending",
                ["who": asked.actor?.name ?? "", "what": asked.ask.map(wording.ask) ?? "", "when": wording.short(asked.at)])
        }
        pendingWords = pending?.words
        whoDecides = sight.above.map(wording.holder) ?? wording.holder(.town)
        unit = call.text(finish?.limit.isAroundTheClock == true ? "matters.time.unit.hours" : "matters.time.unit.days")
        kinds = ClockAsk.Kind.allCases.map {
            ChoicePart(
                value: $0.rawValue, label: call.text("matters.time.kind.\($0.rawValue)"),
                chosen: typed["time-kind"] == $0.rawValue)
        }
        reasons = ClockAsk.Reason.allCases.map {
            ChoicePart(
                value: $0.rawValue, label: call.text("matters.time.reason.\($0.rawValue)"),
                chosen: typed["time-reason"] == $0.rawValue)
        }
        pauseLimit = String(ClockAskRules.longestPause)
        reviewLimit = String(ClockAskRules.longestReview)
    }
}

extension Wording {
    /// What was asked for: `延期 2 个工作日（等材料）`.
    func ask(_ ask: ClockAsk) -> String {
        call.text(
            "matters.time.asked.\(ask.kind.rawValue)",
            [
                "limit": ask.limit.map(limit) ?? "", "day": ask.day.map { day($0.start()) } ?? "",
                "reason": call.text("matters.time.reason.\(ask.reason.rawValue)"),
            ])
    }

    func title(_ event: ClockEvent) -> String {
        let clock = event.clock.map { call.text("matters.clock.\($0.rawValue)") } ?? ""
        return call.text("matters.clock.event.\(event.kind.rawValue)", ["clock": clock, "what": event.ask.map(ask) ?? ""])
    }
}
