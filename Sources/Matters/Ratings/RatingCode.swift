import Identity
import Kernel

/// Six digits that the text message tells a reporter when the work is called done 评价码. They follow from the matter, the round and the
/// reporter under the town's key, so nothing is kept, and no page shows them: who knows the number does not know the code.
struct RatingCode: Sendable {
    let vault: Vault

    func digits(_ matter: ID<Matter>, round: Int, _ rater: ID<Reporter>) -> String {
        let mark = vault.mark("\(matter)|\(round)|\(rater)", kind: "rating-code")
        let value = String((UInt64(mark.prefix(15), radix: 16) ?? 0) % 1_000_000)
        return String(repeating: "0", count: 6 - value.count) + value
    }

    /// Whether somebody typed the code: full-width digits and blanks are forgiven.
    func isRight(_ typed: String, _ matter: ID<Matter>, round: Int, _ rater: ID<Reporter>) -> Bool {
        var plain = ""
        for character in typed where !character.isWhitespace {
            plain += character.wholeNumberValue.map { String($0) } ?? String(character)
        }
        return plain == digits(matter, round: round, rater)
    }
}
