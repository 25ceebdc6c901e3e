package import Kernel
import Storage

/// When what a reporter said in thanks may stand where everybody reads it 感谢的话 (domain.md F21).
package enum QuoteRules {
    package enum State: String, Sendable, CaseIterable, Codable, SQLValue {
        /// The reporter agreed; the office has not looked yet.
        case waiting
        case shown
        case hidden
        /// The reporter does not want it any more. For good.
        case withdrawn
    }

    package enum Act: String, Sendable, CaseIterable, Codable, SQLValue {
        case show
        case hide
        case withdraw
    }

    /// The longest name to show, in characters.
    package static let nameLimit = 20
    /// The longest reason, in characters.
    package static let reasonLimit = 200

    /// Only thanks are quoted: satisfied, 4 or 5, and something said.
    /// - Returns: the code of what is missing; nil when it may be offered.
    package static func missing(satisfied: Bool, stars: Int, words: String) -> String? {
        guard satisfied, RatingRules.isGood(stars) else { return "quote-no-thanks" }
        return words.isEmpty ? "quote-no-words" : nil
    }

    /// - Throws: ``Conflict`` `quote-` and the state in which it cannot be done.
    package static func after(_ act: Act, in state: State) throws(Conflict) -> State {
        switch (act, state) {
        case (_, .withdrawn), (.show, .shown), (.hide, .hidden): throw Conflict("quote-\(state.rawValue)")
        case (.show, _): return .shown
        case (.hide, _): return .hidden
        case (.withdraw, _): return .withdrawn
        }
    }

    /// Of hiding, and of withdrawing for somebody, the office says why; the reporter owes nobody a reason.
    package static func needsReason(_ act: Act, byReporter: Bool) -> Bool { !byReporter && act != .show }

    package static func allows(_ act: Act, in state: State) -> Bool { (try? after(act, in: state)) != nil }
}
