import Kernel
import Web

/// The body of a rating.
struct RatingBody: Decodable {
    let satisfied: Bool
    let stars: Int
    let words: String?
    let code: String?
    let quote: Bool?
    let name: String?

    static let schema = Schema.object([
        .init("satisfied", .boolean, "`false` opens the matter again."),
        .init("stars", .integer(minimum: 1, maximum: 5), "1 and 2 go with not satisfied, 4 and 5 with satisfied."),
        .init("words", .string(maxLength: Matter.noteLimit), required: false, "For the staff, unless they may be quoted."),
        .init(
            "code", .string(maxLength: 20), required: false, "As the text message told it: with it, satisfied closes the matter."),
        .init("quote", .boolean, required: false, "Whether the words may be quoted; `false` when absent."),
        .init(
            "name", .string(maxLength: QuoteRules.nameLimit), required: false, "What to call them there; nobody is named without."
        ),
    ])
}

/// A rating as whoever sent it is told of it.
struct RatingDocument: Encodable {
    let id: String
    let satisfied: Bool
    let stars: Int
    let at: String

    init(_ rating: Rating) {
        (id, satisfied, stars, at) = (rating.id.description, rating.satisfied, rating.stars, rating.at.rfc3339)
    }

    static let schema = Schema.object([
        .init("id", .uuid), .init("satisfied", .boolean), .init("stars", .integer(minimum: 1, maximum: 5)),
        .init("at", .string(format: "date-time")),
    ])
}

/// A rating as the staff see it.
struct SaidDocument: Encodable {
    let id: String
    let satisfied: Bool
    let stars: Int
    let words: String
    let at: String

    init(_ rating: Rating) {
        (id, satisfied, stars) = (rating.id.description, rating.satisfied, rating.stars)
        (words, at) = (rating.words, rating.at.rfc3339)
    }

    static let schema = Schema.object([
        .init("id", .uuid), .init("satisfied", .boolean), .init("stars", .integer(minimum: 1, maximum: 5)),
        .init("words", .string()), .init("at", .string(format: "date-time")),
    ])
}

/// Thanks as everybody may read them.
struct ThanksDocument: Encodable {
    struct Line: Encodable {
        let id: String
        let category: String
        let words: String
        let name: String?
        let stars: Int
        let at: String

        init(_ line: QuoteLine) {
            (id, category, words) = (line.quote.rating.description, line.category, PublicWords.masked(line.words))
            name = line.quote.name.isEmpty ? nil : PublicWords.masked(line.quote.name)
            (stars, at) = (line.stars, line.quote.at.rfc3339)
        }

        static let schema = Schema.object([
            .init("id", .uuid), .init("category", .string()), .init("words", .string(), "Long numbers are hidden."),
            .init("name", .string(), required: false), .init("stars", .integer(minimum: 1, maximum: 5)),
            .init("at", .string(format: "date-time")),
        ])
    }
    let thanks: [Line]
    let next: String?

    static let schema = Schema.object([
        .init("thanks", .array(Line.schema)), .init("next", .uuid, required: false, "Where to go on."),
    ])
}
