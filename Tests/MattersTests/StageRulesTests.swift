import Kernel
import Testing

@testable import Matters

struct StageRulesTests {
    /// Every act in every stage: nil where it is allowed, otherwise the reason.
    static let table: [(MatterAct, MatterStage, String?)] =
        [
            (.siteCheck, .collected, nil), (.siteCheck, .accepted, "already-checked"), (.siteCheck, .handled, "already-handled"),
            (.siteCheck, .closed, "closed"),
            (.handle, .collected, "site-check-first"), (.handle, .accepted, nil), (.handle, .handled, "already-handled"),
            (.handle, .closed, "closed"),
            (.escalate, .collected, nil), (.escalate, .accepted, nil), (.escalate, .handled, "already-handled"),
            (.escalate, .closed, "closed"),
            (.return, .collected, nil), (.return, .accepted, nil), (.return, .handled, "already-handled"),
            (.return, .closed, "closed"),
            (.followUp, .collected, "not-handled-yet"), (.followUp, .accepted, "not-handled-yet"), (.followUp, .handled, nil),
            (.followUp, .closed, "closed"),
        ] + MatterAct.allCases.map { ($0, .merged, "part-of-another") }

    @Test func `the table names every act in every stage`() {
        #expect(Self.table.count == MatterAct.allCases.count * MatterStage.allCases.count)
    }

    @Test(arguments: table) func `allows or refuses an act in a stage`(_ act: MatterAct, _ stage: MatterStage, _ refusal: String?)
    {
        #expect(StageRules.allows(act, in: stage) == (refusal == nil))
        if let refusal {
            #expect(throws: Conflict(refusal)) { try StageRules.check(act, in: stage) }
        }
    }

    @Test func `nothing but a satisfied follow-up closes`() {
        #expect(Finding.allCases.map { StageRules.after($0).stage } == [.accepted, .handled, .handled])
        #expect(StageRules.after(.notAsReported).outcome == .notAsReported)
        #expect(StageRules.afterFollowUp(satisfied: true) == .closed)
        #expect(StageRules.afterFollowUp(satisfied: false) == .accepted)
    }
}
