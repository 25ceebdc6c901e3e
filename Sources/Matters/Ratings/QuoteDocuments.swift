import Kernel
import Web

/// The body of taking back: nothing is to be said.
struct WithdrawalBody: Decodable {
    private enum Key: CodingKey {}

    init(from decoder: any Decoder) throws {
        // An object it must be.
        _ = try decoder.container(keyedBy: Key.self)
    }

    static let schema = Schema.object([])
}

/// The body of a decision about thanks.
struct DecisionBody: Decodable {
    let act: QuoteRules.Act
    let reason: String?

    static let schema = Schema.object([
        .init("act", .choice(QuoteRules.Act.allCases.map(\.rawValue))),
        .init(
            "reason", .string(maxLength: QuoteRules.reasonLimit), required: false, "For the staff; needed unless they are shown."),
    ])
}

struct QuoteStateDocument: Encodable {
    let state: String

    static let schema = Schema.object([.init("state", .choice(QuoteRules.State.allCases.map(\.rawValue)))])
}

/// Thanks as the office sees them.
struct QuotesDocument: Encodable {
    struct Line: Encodable {
        let id: String
        let matter: String
        let number: String
        let category: String
        let grid: String
        let words: String
        let name: String?
        let stars: Int
        let state: String
        let at: String

        init(_ line: QuoteLine) {
            (id, matter) = (line.quote.rating.description, line.quote.matter.description)
            (number, category, grid) = (line.number.digits, line.category, line.grid.description)
            (words, name) = (line.words, line.quote.name.isEmpty ? nil : line.quote.name)
            (stars, state, at) = (line.stars, line.quote.state.rawValue, line.quote.at.rfc3339)
        }
    }
    let thanks: [Line]

    static let schema = Schema.object([
        .init(
            "thanks",
            .array(
                .object([
                    .init("id", .uuid), .init("matter", .uuid), .init("number", .string(pattern: "^[0-9]{12}$")),
                    .init("category", .string()), .init("grid", .uuid), .init("words", .string()),
                    .init("name", .string(), required: false), .init("stars", .integer(minimum: 1, maximum: 5)),
                    .init("state", .choice(QuoteRules.State.allCases.map(\.rawValue))),
                    .init("at", .string(format: "date-time")),
                ])))
    ])
}
