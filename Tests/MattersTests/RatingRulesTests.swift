import Kernel
import TestSupport
import Testing

@testable import Matters

struct RatingRulesTests {
    private static let closing = moment("2026-03-02 09:00")

    @Test(
        arguments: [
            // stage, satisfied, proven, days and minutes since the closing; what it does, or why not
            (MatterStage.collected, true, true, 0, nil, "not-handled-yet"), (.accepted, false, true, 0, nil, "not-handled-yet"),
            (.merged, true, true, 0, nil, "part-of-another"), (.merged, false, false, 0, nil, "part-of-another"),
            // Waits for a follow-up: only who is beyond doubt the reporter closes; whoever has the number opens again.
            (.handled, true, true, 0, .closes, nil), (.handled, true, false, 0, .keeps, nil),
            (.handled, false, true, 0, .reopens, nil), (.handled, false, false, 0, .reopens, nil),
            // Closed: for thirty days, the last moment included.
            (.closed, true, true, 0, .keeps, nil), (.closed, true, false, 0, .keeps, nil),
            (.closed, false, false, 0, .reopens, nil),
            (.closed, false, true, 30 * 1440, .reopens, nil), (.closed, true, false, 30 * 1440, .keeps, nil),
            (.closed, false, true, 30 * 1440 + 1, nil, "rating-over"), (.closed, true, true, 30 * 1440 + 1, nil, "rating-over"),
        ] as [(MatterStage, Bool, Bool, Int64, RatingRules.Effect?, String?)])
    func `a rating closes, opens again or is only kept`(
        _ stage: MatterStage, _ satisfied: Bool, _ isProven: Bool, _ minutes: Int64, _ effect: RatingRules.Effect?,
        _ refusal: String?
    ) {
        var (found, reason): (RatingRules.Effect?, String?) = (nil, nil)
        do {
            found = try RatingRules.effect(
                stage, closedAt: stage == .closed ? Self.closing : nil, satisfied: satisfied, isProven: isProven,
                at: Self.closing + .minutes(minutes))
        } catch {
            reason = error.reason
        }
        #expect(found == effect && reason == refusal)
    }

    @Test(arguments: [
        (1, true, false), (2, true, false), (3, true, true), (4, true, true), (5, true, true), (1, false, true), (2, false, true),
        (3, false, true), (4, false, false), (5, false, false),
    ])
    func `the score agrees with the answer`(_ stars: Int, _ satisfied: Bool, _ agrees: Bool) {
        #expect(RatingRules.agrees(stars, satisfied: satisfied) == agrees)
    }

    @Test(arguments: [(0, 0, nil), (0, 1, 0), (1, 1, 100), (2, 3, 66), (199, 200, 99)] as [(Int, Int, Int?)])
    func `the share of good ratings is rounded down, and there is none before anybody rated`(
        _ good: Int, _ rated: Int, _ percent: Int?
    ) {
        #expect(RatingRules.goodPercent(good, of: rated) == percent)
        #expect(RatingCount(rated: rated, good: good).goodPercent == percent)
    }

    @Test(
        arguments: [
            (true, 5, "谢谢", nil), (true, 4, "谢谢", nil), (true, 3, "谢谢", "quote-no-thanks"), (false, 3, "没修好", "quote-no-thanks"),
            (false, 1, "没修好", "quote-no-thanks"), (true, 5, "", "quote-no-words"), (true, 3, "", "quote-no-thanks"),
        ] as [(Bool, Int, String, String?)])
    func `only thanks in words are quoted`(_ satisfied: Bool, _ stars: Int, _ words: String, _ missing: String?) {
        #expect(QuoteRules.missing(satisfied: satisfied, stars: stars, words: words) == missing)
    }

    @Test(
        arguments: [
            (.waiting, .show, .shown, nil), (.waiting, .hide, .hidden, nil), (.waiting, .withdraw, .withdrawn, nil),
            (.shown, .show, nil, "quote-shown"), (.shown, .hide, .hidden, nil), (.shown, .withdraw, .withdrawn, nil),
            (.hidden, .show, .shown, nil), (.hidden, .hide, nil, "quote-hidden"), (.hidden, .withdraw, .withdrawn, nil),
            (.withdrawn, .show, nil, "quote-withdrawn"), (.withdrawn, .hide, nil, "quote-withdrawn"),
            (.withdrawn, .withdraw, nil, "quote-withdrawn"),
        ] as [(QuoteRules.State, QuoteRules.Act, QuoteRules.State?, String?)])
    func `what is taken back stays taken back`(
        _ state: QuoteRules.State, _ act: QuoteRules.Act, _ after: QuoteRules.State?, _ refusal: String?
    ) {
        var (found, reason): (QuoteRules.State?, String?) = (nil, nil)
        do {
            found = try QuoteRules.after(act, in: state)
        } catch {
            reason = error.reason
        }
        #expect(found == after && reason == refusal)
        #expect(QuoteRules.allows(act, in: state) == (after != nil))
    }

    @Test func `the office says why it hides or takes back, the reporter does not`() {
        #expect(QuoteRules.Act.allCases.filter { QuoteRules.needsReason($0, byReporter: false) } == [.hide, .withdraw])
        #expect(!QuoteRules.Act.allCases.contains { QuoteRules.needsReason($0, byReporter: true) })
    }

    @Test func `a number follows up and does nothing else`() {
        for act in MatterAct.allCases {
            #expect(((try? ActorRules.checkReporter(act)) != nil) == (act == .followUp))
        }
    }

    @Test func `what is rated is the last time the work was called done`() {
        let ambient = Ambient.fixed()
        let (matter, grid): (ID<Matter>, ID<GridNode>) = (ambient.newID(), ambient.newID())
        func event(_ kind: MatterEvent.Kind, _ from: MatterStage?, _ to: MatterStage, _ version: Int) -> MatterEvent {
            let holder = Holder(grid: grid, level: 3)
            return MatterEvent(
                id: ambient.newID(), matter: matter, kind: kind, at: ambient.now(), actor: nil, fromStage: from, toStage: to,
                fromHolder: holder, toHolder: holder, version: version)
        }
        var history = [event(.reported, nil, .collected, 1)]
        #expect(RatingRules.round([]) == nil && RatingRules.round(history) == nil)
        history += [event(.siteChecked, .collected, .accepted, 2), event(.handled, .accepted, .handled, 3)]
        #expect(RatingRules.round(history) == 3)
        // Neither a handover nor the closing makes a new round.
        history += [event(.handedOver, .handled, .handled, 4), event(.followedUp, .handled, .closed, 5)]
        #expect(RatingRules.round(history) == 3)
        history += [event(.followedUp, .closed, .accepted, 6)]
        #expect(RatingRules.round(history) == 3)
        history += [event(.handled, .accepted, .handled, 7)]
        #expect(RatingRules.round(history) == 7)
    }
}
