import Kernel
import Web

/// A sample as programs are told of it: enough to draw it again.
struct SampleDocument: Encodable {
    struct Part: Encodable {
        let matter: String
        let satisfied: Bool?
        let way: String?
        let at: String?
    }
    let id: String
    let unit: String
    let month: String
    let percent: Int
    let eligible: Int
    let seed: String
    let drawnAt: String
    let satisfiedPercent: Int?
    let matters: [Part]

    init(_ sample: Sample) {
        (id, unit, month) = (sample.id.description, sample.unit.description, sample.month.description)
        (percent, eligible, seed) = (sample.percent, sample.eligible, sample.seed)
        drawnAt = sample.at.rfc3339
        satisfiedPercent = sample.satisfiedPercent
        matters = sample.lines.map {
            Part(
                matter: $0.matter.description, satisfied: $0.finding?.satisfied, way: $0.finding?.way.rawValue,
                at: $0.finding?.at.rfc3339)
        }
    }

    static let schema = Schema.object([
        .init("id", .uuid), .init("unit", .uuid), .init("month", .string(pattern: "^[0-9]{4}-[0-9]{2}$")),
        .init("percent", .integer(minimum: 1, maximum: 100)),
        .init("eligible", .integer(minimum: 1), "Of how many it was drawn."),
        .init("seed", .string(), "Each matter's lot is SHA-256 of `seed|id`; the lowest are drawn."),
        .init("drawnAt", .string(format: "date-time")),
        .init("satisfiedPercent", .integer(minimum: 0, maximum: 100), required: false, "Of what was looked at so far."),
        .init(
            "matters",
            .array(
                .object([
                    .init("matter", .uuid), .init("satisfied", .boolean, required: false),
                    .init("way", .choice(FollowUpWay.byStaff.map(\.rawValue)), required: false),
                    .init("at", .string(format: "date-time"), required: false),
                ]))),
    ])
}

/// The body of drawing.
struct DrawBody: Decodable {
    let unit: ID<GridNode>
    let month: String
    let percent: Int

    static let schema = Schema.object([
        .init("unit", .uuid, "A village, or a level-2 grid."), .init("month", .string(pattern: "^[0-9]{4}-[0-9]{2}$")),
        .init(
            "percent", .integer(minimum: 1, maximum: 100), "At least \(SampleRules.least) are drawn, as far as there are so many."
        ),
    ])
}

/// The body of a finding.
struct FindingBody: Decodable {
    let matter: ID<Matter>
    let version: Int
    let way: FollowUpWay
    let satisfied: Bool
    let words: String?

    static let schema = Schema.object([
        .init("matter", .uuid), .init("version", .integer(minimum: 1), "The version that was seen."),
        .init("way", .choice(FollowUpWay.byStaff.map(\.rawValue))), .init("satisfied", .boolean),
        .init("words", .string(maxLength: Matter.noteLimit), required: false, "Needed when not satisfied."),
    ])
}
